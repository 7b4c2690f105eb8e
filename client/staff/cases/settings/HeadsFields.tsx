import { Button, Input, Select } from 'antd';
import type { CaseSettings } from '../../../../server/protocol/case-settings.ts';
import { CreditorSelect } from '../../parts/CreditorSelect.tsx';
import { useWords } from '../../parts/use-words.ts';
import type { SettingsFields } from './fields.ts';

const REFERENCE_MAX = 200;
const JOINED_MAX = 1_000;

type Exclusion = CaseSettings['exclusions'][number];
type Joined = CaseSettings['joinedHeads'][number];

const EXCLUSION_REASONS: readonly Exclusion['reason'][] = ['EXCLUDED_BY_COURT', 'RECOURSE_FILED_IN_FULL'];
const JOINED_REASONS: readonly Joined['reason'][] = ['JOINT_CREDITORS', 'SPLIT_CLAIM', 'BRANCHES'];

interface RowProps<T> {
  readonly caseId: string;
  readonly row: T;
  readonly isReadOnly: boolean;
  readonly onChange: (row: T) => void;
  readonly onRemove: () => void;
}

function ExclusionRow({ caseId, row, isReadOnly, onChange, onRemove }: RowProps<Exclusion>) {
  const { t } = useWords();
  return (
    <li className="setting-row">
      <CreditorSelect
        caseId={caseId}
        label={t('staff.settings.creditor')}
        chosen={row.creditorId === '' ? [] : [row.creditorId]}
        onChange={([creditorId = '']) => onChange({ ...row, creditorId })}
      />
      <Select
        disabled={isReadOnly}
        aria-label={t('staff.settings.because')}
        value={row.reason}
        options={EXCLUSION_REASONS.map((value) => ({ value, label: t(`staff.noVote.${value}`) }))}
        onChange={(reason) => onChange({ ...row, reason })}
      />
      <Reference row={row} isReadOnly={isReadOnly} onChange={onChange} />
      <Button disabled={isReadOnly} onClick={onRemove}>
        {t('staff.settings.remove')}
      </Button>
    </li>
  );
}

function Reference<T extends { readonly reference: string }>({
  row,
  isReadOnly,
  onChange,
}: Pick<RowProps<T>, 'row' | 'isReadOnly' | 'onChange'>) {
  const { t } = useWords();
  return (
    <Input
      disabled={isReadOnly}
      value={row.reference}
      maxLength={REFERENCE_MAX}
      aria-label={t('staff.settings.reference')}
      placeholder={t('staff.settings.reference')}
      onChange={(event) => onChange({ ...row, reference: event.target.value })}
    />
  );
}

function JoinedRow({ caseId, row, isReadOnly, onChange, onRemove }: RowProps<Joined>) {
  const { t } = useWords();
  return (
    <li className="setting-row">
      <CreditorSelect
        caseId={caseId}
        label={t('staff.settings.representative')}
        chosen={row.representativeId === '' ? [] : [row.representativeId]}
        onChange={([representativeId = '']) => onChange({ ...row, representativeId })}
      />
      <CreditorSelect
        caseId={caseId}
        label={t('staff.settings.joined')}
        chosen={row.creditorIds}
        max={JOINED_MAX}
        onChange={(creditorIds) => onChange({ ...row, creditorIds: [...creditorIds] })}
      />
      <Select
        disabled={isReadOnly}
        aria-label={t('staff.settings.because')}
        value={row.reason}
        options={JOINED_REASONS.map((value) => ({ value, label: t(`staff.settings.join.${value}`) }))}
        onChange={(reason) => onChange({ ...row, reason })}
      />
      <Reference row={row} isReadOnly={isReadOnly} onChange={onChange} />
      <Button disabled={isReadOnly} onClick={onRemove}>
        {t('staff.settings.remove')}
      </Button>
    </li>
  );
}

/** Who has no vote by decision, who counts with another as one head, and who votes for the employees. */
export function HeadsFields({ caseId, settings, isReadOnly, onChange }: SettingsFields) {
  const { t } = useWords();
  const { exclusions, joinedHeads, employeeMode, employeeRepresentativeId } = settings;
  return (
    <>
      {employeeMode === 'COLLECTIVE_ONE' ? (
        <label className="labelled">
          {t('staff.settings.employeeRepresentative')}
          <CreditorSelect
            caseId={caseId}
            label={t('staff.settings.employeeRepresentative')}
            chosen={employeeRepresentativeId === null ? [] : [employeeRepresentativeId]}
            onChange={([id]) => onChange({ ...settings, employeeRepresentativeId: id ?? null })}
          />
        </label>
      ) : null}
      <fieldset className="setting-field">
        <legend>{t('staff.settings.exclusions')}</legend>
        <ul className="setting-rows">
          {exclusions.map((row, index) => (
            <ExclusionRow
              key={index}
              caseId={caseId}
              row={row}
              isReadOnly={isReadOnly}
              onChange={(next) => onChange({ ...settings, exclusions: exclusions.with(index, next) })}
              onRemove={() => onChange({ ...settings, exclusions: exclusions.toSpliced(index, 1) })}
            />
          ))}
        </ul>
        <Button
          disabled={isReadOnly}
          onClick={() =>
            onChange({
              ...settings,
              exclusions: [...exclusions, { creditorId: '', reason: 'EXCLUDED_BY_COURT', reference: '' }],
            })
          }
        >
          {t('staff.settings.add')}
        </Button>
      </fieldset>
      <fieldset className="setting-field">
        <legend>{t('staff.settings.joinedHeads')}</legend>
        <ul className="setting-rows">
          {joinedHeads.map((row, index) => (
            <JoinedRow
              key={index}
              caseId={caseId}
              row={row}
              isReadOnly={isReadOnly}
              onChange={(next) => onChange({ ...settings, joinedHeads: joinedHeads.with(index, next) })}
              onRemove={() => onChange({ ...settings, joinedHeads: joinedHeads.toSpliced(index, 1) })}
            />
          ))}
        </ul>
        <Button
          disabled={isReadOnly}
          onClick={() =>
            onChange({
              ...settings,
              joinedHeads: [
                ...joinedHeads,
                { representativeId: '', creditorIds: [], reason: 'JOINT_CREDITORS', reference: '' },
              ],
            })
          }
        >
          {t('staff.settings.add')}
        </Button>
      </fieldset>
    </>
  );
}
