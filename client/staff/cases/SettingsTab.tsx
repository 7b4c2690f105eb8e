import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../../server/protocol/rest/case-routes.ts';
import {
  caseSettingsRoutes,
  type CaseSettingsView,
} from '../../../server/protocol/rest/case-settings-routes.ts';
import { AppError } from '../../api/app-error.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { ChoiceFields } from './settings/ChoiceFields.tsx';
import { HeadsFields } from './settings/HeadsFields.tsx';
import { findUnfilled } from './settings/problems.ts';
import { RequiredLabel } from './settings/RequiredLabel.tsx';
import { SilenceField } from './settings/SilenceField.tsx';

const REASON_MAX = 500;
const REASON_MIN = 2;

/** 表决规则: the points that the law leaves open, as decided for this case; each change with a reason. */
export function SettingsTab({ view }: { readonly view: CaseView }) {
  const { caseId } = view;
  const loaded = useResource(`case-settings/${caseId}`, () =>
    call(caseSettingsRoutes.caseSettings, { params: { caseId } }),
  );
  return (
    <Loaded resource={loaded}>
      {(current) => <SettingsForm key={current.revision} caseId={caseId} initial={current} />}
    </Loaded>
  );
}

function SettingsForm({ caseId, initial }: { readonly caseId: string; readonly initial: CaseSettingsView }) {
  const { t } = useWords();
  const [saved, setSaved] = useState(initial);
  const [settings, setSettings] = useState(initial.settings);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const { isBusy, error: refusal, clearError, run } = useAction();
  const unfilled = isTried ? findUnfilled(settings) : [];
  const [first] = unfilled;
  const error = first === undefined ? refusal : new AppError('UNFILLED', {}, first);
  const wrong = new Set(refusal?.detail === undefined ? unfilled : [...unfilled, refusal.detail]);
  const isChanged = JSON.stringify(settings) !== JSON.stringify(saved.settings);
  const change = (next: typeof settings) => {
    // What the server refused may just have been put right; what is unfilled is seen here at once.
    clearError();
    setSettings(next);
  };
  const save = () => {
    setTried(true);
    if (findUnfilled(settings).length > 0) return;
    void run(async () => {
      const next = await call(caseSettingsRoutes.changeCaseSettings, {
        params: { caseId },
        body: { settings, revision: saved.revision, reason: reason.trim() },
      });
      setSaved(next);
      setSettings(next.settings);
      setReason('');
      setTried(false);
    });
  };
  const fields = { caseId, settings, isReadOnly: !saved.mayChange, wrong, onChange: change };
  return (
    <div className="panel case-settings">
      <Alert type="info" showIcon title={t('staff.settings.intro')} />
      <ChoiceFields {...fields} defaults={saved.defaults} />
      <SilenceField {...fields} />
      <HeadsFields {...fields} />
      {saved.mayChange ? (
        <footer className="sticky-actions settings-actions">
          {error === undefined ? null : <ErrorNotice error={error} />}
          <RequiredLabel text={t('staff.settings.reason')}>
            <Input
              value={reason}
              maxLength={REASON_MAX}
              aria-label={t('staff.settings.reason')}
              aria-required
              onChange={(event) => setReason(event.target.value)}
            />
          </RequiredLabel>
          <Button
            disabled={!isChanged}
            onClick={() => {
              setTried(false);
              change(saved.settings);
            }}
          >
            {t('staff.settings.discard')}
          </Button>
          <Button
            type="primary"
            loading={isBusy}
            disabled={!isChanged || reason.trim().length < REASON_MIN}
            onClick={save}
          >
            {t('staff.settings.save')}
          </Button>
        </footer>
      ) : (
        <p className="muted">{t('staff.settings.onlyLead')}</p>
      )}
    </div>
  );
}
