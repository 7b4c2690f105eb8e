import { Button, Input, Select } from 'antd';
import type { CaseSettings } from '../../../../server/protocol/case-settings.ts';
import { CreditorSelect } from '../../parts/CreditorSelect.tsx';
import { useWords } from '../../parts/use-words.ts';
import { statusAt, type SettingsFields } from './fields.ts';
import { RequiredLabel } from './RequiredLabel.tsx';

const REFERENCE_MAX = 200;
const JOINED_MAX = 1_000;

type Exclusion = CaseSettings['exclusions'][number];
type Joined = CaseSettings['joinedHeads'][number];

const EXCLUSION_REASONS: readonly Exclusion['reason'][] = ['EXCLUDED_BY_COURT', 'RECOURSE_FILED_IN_FULL'];
const JOINED_REASONS: readonly Joined['reason'][] = ['JOINT_CREDITORS', 'SPLIT_CLAIM', 'BRANCHES'];

interface RowProps<T> {
  readonly caseId: string;
  readonly row: T;
  /** Where the row stands in the settings. */
  readonly place: string;
  readonly wrong: ReadonlySet<string>;
  readonly isReadOnly: boolean;
  readonly onChange: (row: T) => void;
  readonly onRemove: () => void;
}

function ExclusionRow(props: RowProps<Exclusion>) {
  const { caseId, row, place, wrong, isReadOnly, onChange, onRemove } = props;
  const { t } = useWords();
  return (
    <li className="setting-row">
      <RequiredLabel text={t('staff.settings.creditor')}>
        <CreditorSelect
          caseId={caseId}
          label={t('staff.settings.creditor')}
          chosen={row.creditorId === '' ? [] : [row.creditorId]}
          isDisabled={isReadOnly}
          isRequired
          status={statusAt(wrong, `${place}/creditorId`)}
          onChange={([creditorId = '']) => onChange({ ...row, creditorId })}
        />
      </RequiredLabel>
      <label className="labelled">
        {t('staff.settings.because')}
        <Select
          disabled={isReadOnly}
          aria-label={t('staff.settings.because')}
          value={row.reason}
          options={EXCLUSION_REASONS.map((value) => ({ value, label: t(`staff.noVote.${value}`) }))}
          onChange={(reason) => onChange({ ...row, reason })}
        />
      </label>
      <Reference row={row} place={place} wrong={wrong} isReadOnly={isReadOnly} onChange={onChange} />
      <Button disabled={isReadOnly} onClick={onRemove}>
        {t('staff.settings.remove')}
      </Button>
    </li>
  );
}

function Reference<T extends { readonly reference: string }>({
  row,
  place,
  wrong,
  isReadOnly,
  onChange,
}: Pick<RowProps<T>, 'row' | 'place' | 'wrong' | 'isReadOnly' | 'onChange'>) {
  const { t } = useWords();
  const status = statusAt(wrong, `${place}/reference`);
  return (
    <RequiredLabel text={t('staff.settings.reference')}>
      <Input
        disabled={isReadOnly}
        value={row.reference}
        maxLength={REFERENCE_MAX}
        aria-label={t('staff.settings.reference')}
        aria-required
        aria-invalid={status === 'error'}
        status={status}
        onChange={(event) => onChange({ ...row, reference: event.target.value })}
      />
    </RequiredLabel>
  );
}

function JoinedRow(props: RowProps<Joined>) {
  const { caseId, row, place, wrong, isReadOnly, onChange, onRemove } = props;
  const { t } = useWords();
  return (
    <li className="setting-row">
      <RequiredLabel text={t('staff.settings.representative')}>
        <CreditorSelect
          caseId={caseId}
          label={t('staff.settings.representative')}
          chosen={row.representativeId === '' ? [] : [row.representativeId]}
          isDisabled={isReadOnly}
          isRequired
          status={statusAt(wrong, `${place}/representativeId`)}
          onChange={([representativeId = '']) => onChange({ ...row, representativeId })}
        />
      </RequiredLabel>
      <RequiredLabel text={t('staff.settings.joined')}>
        <CreditorSelect
          caseId={caseId}
          label={t('staff.settings.joined')}
          chosen={row.creditorIds}
          max={JOINED_MAX}
          isDisabled={isReadOnly}
          isRequired
          status={statusAt(wrong, `${place}/creditorIds`)}
          onChange={(creditorIds) => onChange({ ...row, creditorIds: [...creditorIds] })}
        />
      </RequiredLabel>
      <label className="labelled">
        {t('staff.settings.because')}
        <Select
          disabled={isReadOnly}
          aria-label={t('staff.settings.because')}
          value={row.reason}
          options={JOINED_REASONS.map((value) => ({ value, label: t(`staff.settings.join.${value}`) }))}
          onChange={(reason) => onChange({ ...row, reason })}
        />
      </label>
      <Reference row={row} place={place} wrong={wrong} isReadOnly={isReadOnly} onChange={onChange} />
      <Button disabled={isReadOnly} onClick={onRemove}>
        {t('staff.settings.remove')}
      </Button>
    </li>
  );
}

/** Who has no vote by decision, who counts with another as one head, and who votes for the employees. */
export function HeadsFields({ caseId, settings, isReadOnly, wrong, onChange }: SettingsFields) {
  const { t } = useWords();
  const { exclusions, joinedHeads, employeeMode, employeeRepresentativeId } = settings;
  return (
    <>
      {employeeMode === 'COLLECTIVE_ONE' ? (
        <RequiredLabel text={t('staff.settings.employeeRepresentative')}>
          <CreditorSelect
            caseId={caseId}
            label={t('staff.settings.employeeRepresentative')}
            chosen={employeeRepresentativeId === null ? [] : [employeeRepresentativeId]}
            isDisabled={isReadOnly}
            isRequired
            status={statusAt(wrong, 'employeeRepresentativeId')}
            onChange={([id]) => onChange({ ...settings, employeeRepresentativeId: id ?? null })}
          />
        </RequiredLabel>
      ) : null}
      <fieldset className="setting-field">
        <legend>{t('staff.settings.exclusions')}</legend>
        <ul className="setting-rows">
          {exclusions.map((row, index) => (
            <ExclusionRow
              key={index}
              caseId={caseId}
              row={row}
              place={`exclusions/${index}`}
              wrong={wrong}
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
              place={`joinedHeads/${index}`}
              wrong={wrong}
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
