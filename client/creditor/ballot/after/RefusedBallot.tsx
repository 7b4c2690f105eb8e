import { useTranslation } from 'react-i18next';
import { AppError, errorText } from '../../../api/app-error.ts';
import { Button } from '../../../components/Button.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { dateTimeWithSeconds } from '../../../format/time.ts';
import type { KeptRefusal } from '../../../record/kept-receipts.ts';
import { saveText } from '../../../record/save-file.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { quoted } from '../use-ballot.ts';

interface RefusedBallotProps {
  readonly refusal: KeptRefusal;
  /** Told at once where it has just happened. */
  readonly role?: 'alert';
}

/** A ballot that does not count: which one, why not, when it was sent; and the proof, to be kept as a file. */
export function RefusedBallot({ refusal, role }: RefusedBallotProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { body, title, creditorName, code, params } = refusal;
  const { receivedAt, closesAt } = params;
  const isLate = code === 'BALLOT_TOO_LATE' && typeof receivedAt === 'string' && typeof closesAt === 'string';
  const save = (): void =>
    saveText(
      `${t('refused.file')}-${body.resolutionId}-${body.round}.json`,
      JSON.stringify(refusal, null, 2),
    );
  return (
    <div className="stack">
      <Notice kind="error" {...(role !== undefined && { role })}>
        <p>
          <strong>
            {t('refused.sentence', {
              who: creditorName,
              title: quoted(title),
              round: body.round,
              choice: t(`choice.${body.choice}`),
            })}
          </strong>
        </p>
        <p>{errorText(new AppError(code, params), t)}</p>
        {isLate && (
          <p>
            {t('vote.tooLate', {
              received: dateTimeWithSeconds(receivedAt, language),
              closed: dateTimeWithSeconds(closesAt, language),
            })}
          </p>
        )}
      </Notice>
      <p className="muted">
        {t('vote.sentAt', { time: dateTimeWithSeconds(body.clientTs, language) })} {t('refused.kept')}
      </p>
      <Button onClick={save}>{t('refused.save')}</Button>
    </div>
  );
}
