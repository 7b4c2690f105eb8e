import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../../server/protocol/rest/case-routes.ts';
import {
  caseSettingsRoutes,
  type CaseSettingsView,
} from '../../../server/protocol/rest/case-settings-routes.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { ChoiceFields } from './settings/ChoiceFields.tsx';
import { HeadsFields } from './settings/HeadsFields.tsx';
import { SilenceField } from './settings/SilenceField.tsx';

const REASON_MAX = 500;

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
  const { isBusy, error, run } = useAction();
  const isChanged = JSON.stringify(settings) !== JSON.stringify(saved.settings);
  const save = () =>
    run(async () => {
      const next = await call(caseSettingsRoutes.changeCaseSettings, {
        params: { caseId },
        body: { settings, revision: saved.revision, reason: reason.trim() },
      });
      setSaved(next);
      setSettings(next.settings);
      setReason('');
    });
  const fields = { caseId, settings, isReadOnly: !saved.mayChange, onChange: setSettings };
  return (
    <div className="panel case-settings">
      <Alert type="info" showIcon title={t('staff.settings.intro')} />
      <ChoiceFields {...fields} defaults={saved.defaults} />
      <SilenceField {...fields} />
      <HeadsFields {...fields} />
      {error === undefined ? null : <ErrorNotice error={error} />}
      {saved.mayChange ? (
        <footer className="sticky-actions">
          <Input
            value={reason}
            maxLength={REASON_MAX}
            aria-label={t('staff.settings.reason')}
            placeholder={t('staff.settings.reason')}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button disabled={!isChanged} onClick={() => setSettings(saved.settings)}>
            {t('staff.settings.discard')}
          </Button>
          <Button
            type="primary"
            loading={isBusy}
            disabled={!isChanged || reason.trim().length < 2}
            onClick={() => void save()}
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
