import { Checkbox, InputNumber, Radio } from 'antd';
import type { ResolutionParticulars, SeatKind } from '../../../../server/protocol/vote/particulars.ts';
import { CreditorSelect } from '../../parts/CreditorSelect.tsx';
import { useWords } from '../../parts/use-words.ts';

/** Seats by art. 67: at most eight elected representatives and one of employees or the union. */
const SEATS_MAX: Record<SeatKind, number> = { CREDITOR: 8, EMPLOYEE: 1 };
const COMMITTEE_MAX = 9;
const NONE: ResolutionParticulars = {};
const GROUPS = ['SECURED', 'EMPLOYEE', 'TAX', 'ORDINARY', 'SMALL'] as const;

export interface ParticularsEditorProps {
  readonly caseId: string;
  readonly particulars: ResolutionParticulars | undefined;
  readonly onChange: (particulars: ResolutionParticulars, suggestedTitle?: string) => void;
}

/** R06: which groups the plan leaves untouched, and whether it changes the investors' rights. */
function PlanGroups({ particulars: drafted, onChange }: ParticularsEditorProps) {
  const { t } = useWords();
  const particulars = drafted ?? NONE;
  return (
    <>
      <fieldset className="plain-fieldset">
        <legend>{t('staff.particulars.unaffected')}</legend>
        <Checkbox.Group
          value={[...(particulars.unaffectedGroups ?? [])]}
          options={GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
          onChange={(unaffectedGroups) => onChange({ ...particulars, unaffectedGroups })}
        />
      </fieldset>
      <Checkbox
        checked={particulars.hasInvestorGroup ?? false}
        onChange={(event) => onChange({ ...particulars, hasInvestorGroup: event.target.checked })}
      >
        {t('staff.particulars.investors')}
      </Checkbox>
    </>
  );
}

/** R08: one candidate of the election; candidates of one kind of seat belong to one election. */
function CandidateFields({ caseId, particulars, onChange }: ParticularsEditorProps) {
  const { t } = useWords();
  const candidacy = particulars?.candidateOf;
  const seatKind = candidacy?.seatKind ?? 'CREDITOR';
  const held = Number(candidacy?.held ?? '0');
  const base = {
    electionId: `election-${seatKind}`,
    seats: candidacy?.seats ?? '1',
    seatKind,
    ...(held > 0 && { held: String(held) }),
  };
  return (
    <div className="field-pair">
      <label className="labelled">
        {t('staff.particulars.candidate')}
        <CreditorSelect
          caseId={caseId}
          label={t('staff.particulars.candidate')}
          chosen={candidacy?.creditorId === undefined ? [] : [candidacy.creditorId]}
          onChange={([creditorId], [name]) =>
            onChange({ candidateOf: { ...base, ...(creditorId !== undefined && { creditorId }) } }, name)
          }
        />
      </label>
      <div className="labelled">
        {t('staff.particulars.seatKind')}
        <Radio.Group
          value={seatKind}
          options={(['CREDITOR', 'EMPLOYEE'] as const).map((value) => ({
            value,
            label: t(`staff.particulars.seat.${value}`),
          }))}
          onChange={(event) => {
            const kind = event.target.value as SeatKind;
            const creditor = candidacy?.creditorId === undefined ? {} : { creditorId: candidacy.creditorId };
            onChange({
              candidateOf: { electionId: `election-${kind}`, seats: '1', seatKind: kind, ...creditor },
            });
          }}
        />
      </div>
      <label className="labelled">
        {t('staff.particulars.seats')}
        <InputNumber
          min={1}
          max={SEATS_MAX[seatKind] - held}
          value={Number(base.seats)}
          onChange={(seats) =>
            onChange({ candidateOf: { ...base, ...candidacy, seats: String(seats ?? 1) } })
          }
        />
      </label>
      {seatKind === 'CREDITOR' && (
        <label className="labelled">
          {t('staff.particulars.held')}
          <InputNumber
            min={0}
            max={SEATS_MAX.CREDITOR - Number(base.seats)}
            value={held}
            onChange={(next) => {
              const { held: _before, ...others } = { ...base, ...candidacy };
              onChange({ candidateOf: { ...others, ...(next && { held: String(next) }) } });
            }}
          />
        </label>
      )}
    </div>
  );
}

/** R12: all members of the committee, who are the base of its majority. */
function CommitteeMembers({ caseId, particulars, onChange }: ParticularsEditorProps) {
  const { t } = useWords();
  return (
    <div className="labelled">
      {t('staff.particulars.members')}
      <CreditorSelect
        caseId={caseId}
        label={t('staff.particulars.members')}
        chosen={particulars?.committeeMembers ?? []}
        max={COMMITTEE_MAX}
        onChange={(ids) => onChange(ids.length === 0 ? {} : { committeeMembers: [...ids] })}
      />
    </div>
  );
}

const editors: Readonly<Record<string, (props: ParticularsEditorProps) => React.ReactNode>> = {
  R06: PlanGroups,
  R08: CandidateFields,
  R12: CommitteeMembers,
};

/** What a resolution of some types needs beside its text; nothing for the others. */
export function ParticularsEditor({ type, ...props }: ParticularsEditorProps & { readonly type: string }) {
  const Editor = editors[type];
  return Editor === undefined ? null : <Editor {...props} />;
}
