import { Input, Radio, Select } from 'antd';
import { caseRoutes } from '../../../../server/protocol/rest/case-routes.ts';
import { RESOLUTION_TYPE_IDS } from '../../../../server/protocol/resolution-types.ts';
import { call } from '../../../api/call.ts';
import { useResource } from '../../../state/use-resource.ts';
import { useWords } from '../../parts/use-words.ts';
import { statusAt, type SettingsFields } from './fields.ts';
import { RequiredLabel } from './RequiredLabel.tsx';

const REFERENCE_MAX = 200;
/** No vote by silence on claims (R01), nor where every creditor must agree (R07U). */
const TYPES = RESOLUTION_TYPE_IDS.filter((type) => type !== 'R01' && type !== 'R07U');

/** 默示同意: off unless it rests on an adopted rule or the court's document, for the types named. */
export function SilenceField({ caseId, settings, isReadOnly, wrong, onChange }: SettingsFields) {
  const { t } = useWords();
  const { silence } = settings;
  const documents = useResource(`documents/${caseId}`, () =>
    call(caseRoutes.listDocuments, { params: { caseId } }),
  );
  return (
    <fieldset className="setting-field">
      <legend>{t('setting.silence.label')}</legend>
      <Radio.Group
        disabled={isReadOnly}
        value={silence.mode}
        options={[
          { value: 'NONE', label: `${t('setting.silence.NONE')}${t('staff.settings.default')}` },
          { value: 'CONSENT', label: t('setting.silence.CONSENT') },
        ]}
        onChange={(event) =>
          onChange({
            ...settings,
            silence:
              event.target.value === 'CONSENT'
                ? { mode: 'CONSENT', reference: '', noticeDocumentId: null, types: ['R11'] }
                : { mode: 'NONE' },
          })
        }
      />
      {silence.mode === 'NONE' ? null : (
        <>
          <p className="muted">{t('staff.settings.silenceHint')}</p>
          <RequiredLabel text={t('staff.settings.silenceReference')}>
            <Input
              disabled={isReadOnly}
              value={silence.reference}
              maxLength={REFERENCE_MAX}
              aria-required
              status={statusAt(wrong, 'silence/reference')}
              onChange={(event) =>
                onChange({ ...settings, silence: { ...silence, reference: event.target.value } })
              }
            />
          </RequiredLabel>
          <label className="labelled">
            {t('staff.settings.silenceNotice')}
            <Select
              allowClear
              disabled={isReadOnly}
              status={statusAt(wrong, 'silence/noticeDocumentId')}
              value={silence.noticeDocumentId}
              options={(documents.data?.rows ?? []).map(({ documentId, title }) => ({
                value: documentId,
                label: title,
              }))}
              onChange={(noticeDocumentId: string | undefined) =>
                onChange({ ...settings, silence: { ...silence, noticeDocumentId: noticeDocumentId ?? null } })
              }
            />
          </label>
          <RequiredLabel text={t('staff.settings.silenceTypes')}>
            <Select
              mode="multiple"
              disabled={isReadOnly}
              aria-required
              status={statusAt(wrong, 'silence/types')}
              value={[...silence.types]}
              options={TYPES.map((value) => ({ value, label: t(`staff.resolutionType.${value}`) }))}
              onChange={(types) => onChange({ ...settings, silence: { ...silence, types } })}
            />
          </RequiredLabel>
        </>
      )}
    </fieldset>
  );
}
