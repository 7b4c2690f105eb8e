import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { meetingRoutes } from '../../../../../server/protocol/rest/meeting-routes.ts';
import type { RoomRequest } from '../../../../../server/protocol/room.ts';
import type { SettingView } from '../../../../../server/protocol/vote/slices.ts';
import { call } from '../../../../api/call.ts';
import { useRoom } from '../../../../state/room.ts';
import { useResource } from '../../../../state/use-resource.ts';
import { useNoticesPath } from '../../../cases/notices/notices-path.ts';
import { useWords } from '../../../parts/use-words.ts';
import { useDeskRights } from '../../desk-state.ts';

const STATEMENT_MAX = 500;
const SEARCH_ROWS = 50;

/** What the host has to state where the case's settings ask for it; kept until the vote is opened. */
export interface Statements {
  readonly carriesOver: boolean;
  readonly carryOver: string;
  readonly silence: string;
  readonly undelivered: readonly { readonly value: string; readonly label: string }[];
}

export const NO_STATEMENTS: Statements = { carriesOver: false, carryOver: '', silence: '', undelivered: [] };

export interface NeededStatements {
  readonly mayCarryOver: boolean;
  readonly settings: readonly SettingView[];
}

function takesSilence({ settings }: NeededStatements): boolean {
  return settings.some(({ name, value }) => name === 'silence' && value === 'CONSENT');
}

/** What is still to be stated: words are `staff.vote.obstacle.<code>`. */
export function findMissingStatement(
  statements: Statements,
  needed: NeededStatements,
): 'carryOver' | 'silence' | undefined {
  if (statements.carriesOver && statements.carryOver.trim() === '') return 'carryOver';
  return takesSilence(needed) && statements.silence.trim() === '' ? 'silence' : undefined;
}

export function toStatements(
  { carriesOver, carryOver, silence, undelivered }: Statements,
  needed: NeededStatements,
): Pick<RoomRequest<'vote:open'>, 'carryOver' | 'silence'> {
  return {
    ...(needed.mayCarryOver && carriesOver && { carryOver: { statement: carryOver.trim() } }),
    ...(takesSilence(needed) && {
      silence: {
        statement: silence.trim(),
        undeliveredCreditorIds: undelivered.map(({ value }) => value),
      },
    }),
  };
}

interface StatementFieldsProps {
  readonly statements: Statements;
  readonly needed: NeededStatements;
  readonly onChange: (statements: Statements) => void;
}

export function StatementFields({ statements, needed, onChange }: StatementFieldsProps) {
  const { t } = useWords();
  return (
    <div className="vote-statements">
      {needed.mayCarryOver ? (
        <Checkbox
          checked={statements.carriesOver}
          onChange={(event) => onChange({ ...statements, carriesOver: event.target.checked })}
        >
          {t('staff.vote.carryOver')}
        </Checkbox>
      ) : null}
      {statements.carriesOver ? (
        <label className="labelled">
          {t('staff.vote.carryOverStatement')}
          <Input
            value={statements.carryOver}
            maxLength={STATEMENT_MAX}
            onChange={(event) => onChange({ ...statements, carryOver: event.target.value })}
          />
        </label>
      ) : null}
      {takesSilence(needed) ? <SilenceFields statements={statements} onChange={onChange} /> : null}
    </div>
  );
}

/** Silence taken as consent counts for those alone whom the notice reached. */
function SilenceFields({ statements, onChange }: Omit<StatementFieldsProps, 'needed'>) {
  const { t } = useWords();
  const { meetingId = '' } = useRoom((store) => store.state.meeting) ?? {};
  const [search, setSearch] = useState('');
  const { mayFollowNotices } = useDeskRights();
  const noticesPath = useNoticesPath(mayFollowNotices ? meetingId : '');
  const loaded = useResource(search === '' ? undefined : `silence/${search}`, () =>
    call(meetingRoutes.roster, { params: { meetingId }, query: { search, page: 1, pageSize: SEARCH_ROWS } }),
  );
  return (
    <>
      <label className="labelled">
        {t('staff.vote.silenceStatement')}
        <Input
          value={statements.silence}
          maxLength={STATEMENT_MAX}
          onChange={(event) => onChange({ ...statements, silence: event.target.value })}
        />
      </label>
      <label className="labelled">
        {t('staff.vote.undelivered')}
        <Select
          mode="multiple"
          labelInValue
          showSearch={{ filterOption: false, onSearch: (text) => setSearch(text.trim()) }}
          placeholder={t('staff.vote.undeliveredHint')}
          value={[...statements.undelivered]}
          options={(loaded.data?.rows ?? []).map(({ creditorId, name }) => ({
            value: creditorId,
            label: name,
          }))}
          onChange={(undelivered) => onChange({ ...statements, undelivered })}
        />
      </label>
      {noticesPath === undefined ? null : (
        <a href={noticesPath} target="_blank" rel="noopener">
          {t('staff.notices.desk.proofs')}
        </a>
      )}
    </>
  );
}
