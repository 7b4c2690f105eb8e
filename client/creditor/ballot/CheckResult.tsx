import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { saveText } from '../../record/save-file.ts';
import { hasFailed, type Finding } from '../../record/findings.ts';
import type { Checked } from '../../record/receipt-checking.ts';
import { useHelp } from '../../state/help.ts';
import { useMeeting } from '../use-meeting.ts';

/** What was checked, what was not, and what failed; after a failure what to do and whom to tell. */
export function CheckResult({ checked }: { readonly checked: Checked }) {
  const { t } = useTranslation();
  const { findings } = checked;
  const words = (outcome: Finding['outcome']): string[] =>
    findings
      .filter((finding) => finding.outcome === outcome)
      .map((finding) =>
        finding.outcome === 'ok'
          ? t(`check.ok.${finding.step}`)
          : t(`check.${finding.outcome}.${finding.reason}`),
      );
  const list = (parts: readonly string[]): string => parts.join(t('check.and'));
  const unchecked = words('unchecked');
  const notChecked = unchecked.length > 0 && <p>{t('check.notChecked', { what: list(unchecked) })}</p>;
  if (hasFailed(findings)) {
    return (
      <Notice kind="error" role="alert">
        <p>
          <strong>{t('check.mismatch', { what: list(words('failed')) })}</strong>
        </p>
        {notChecked}
        <WhatToDo checked={checked} />
      </Notice>
    );
  }
  return (
    <Notice role="status">
      <p>
        <span aria-hidden="true">✓ </span>
        {t('check.holds', { what: list(words('ok')) })}
      </p>
      {notChecked}
    </Notice>
  );
}

/** The evidence stays on this phone until it is handed over. */
export function WhatToDo({ checked }: { readonly checked: Checked }) {
  const { t } = useTranslation();
  const { meeting } = useMeeting();
  const { phone } = useHelp();
  const save = (): void =>
    saveText(
      `${t('check.evidenceFile')}-${meeting.meetingId}.json`,
      JSON.stringify(checked.evidence, null, 2),
    );
  return (
    <>
      <p>{t('check.whatToDo', { court: meeting.court })}</p>
      {phone !== undefined && (
        <p>
          {t('check.call')} <a href={`tel:${phone}`}>{phone}</a> · {t('check.courtLine')}{' '}
          <a href="tel:12368">12368</a>
        </p>
      )}
      <Button onClick={save}>{t('check.saveEvidence')}</Button>
    </>
  );
}
