import { Button, Select, Table } from 'antd';
import { useState } from 'react';
import { caseRoutes, type CaseView, type MemberView } from '../../../server/protocol/rest/case-routes.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { mayPublish } from '../parts/permissions.ts';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';

interface AddMemberProps {
  readonly caseId: string;
  readonly candidates: readonly MemberView[];
  readonly onAdded: () => void;
}

/** A candidate is a staff member in a role that the account has; the case gives no role of its own. */
function AddMember({ caseId, candidates, onAdded }: AddMemberProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const { isBusy, error, run } = useAction();
  const keyOf = (member: MemberView) => `${member.personId}/${member.role}`;
  const candidate = candidates.find((member) => keyOf(member) === chosen);
  const add = ({ personId, role }: MemberView) =>
    run(async () => {
      await call(caseRoutes.addMember, { params: { caseId }, body: { personId, role } });
      setChosen(undefined);
      onAdded();
    });
  return (
    <>
      {error === undefined ? null : <ErrorNotice error={error} />}
      <div className="toolbar">
        <Select
          className="filter-wide"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('staff.member.choose')}
          placeholder={t('staff.member.choose')}
          value={chosen ?? null}
          onChange={(key: string | null) => setChosen(key ?? undefined)}
          options={candidates.map((member) => ({
            value: keyOf(member),
            label: `${member.name}（${t(`staff.role.${member.role}`)}，${member.username}）`,
          }))}
          notFoundContent={t('staff.member.noCandidates')}
        />
        <Button
          type="primary"
          loading={isBusy}
          disabled={candidate === undefined}
          onClick={() => {
            if (candidate !== undefined) void add(candidate);
          }}
        >
          {t('staff.member.add')}
        </Button>
      </div>
    </>
  );
}

/** Staff on the case: administrator, judge, clerk. */
export function MembersTab({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const team = useResource(`members/${view.caseId}`, () =>
    call(caseRoutes.listMembers, { params: { caseId: view.caseId } }),
  );
  return (
    <div className="panel">
      <Loaded resource={team}>
        {({ members, candidates }) => (
          <>
            {mayPublish(view.myRole) ? (
              <AddMember caseId={view.caseId} candidates={candidates} onAdded={team.reload} />
            ) : null}
            <Table<MemberView>
              rowKey={(member) => `${member.personId}/${member.role}`}
              size="small"
              pagination={false}
              dataSource={members}
              columns={[
                { title: t('staff.member.name'), dataIndex: 'name' },
                { title: t('staff.member.username'), dataIndex: 'username' },
                { title: t('staff.member.role'), render: (_, member) => t(`staff.role.${member.role}`) },
              ]}
            />
          </>
        )}
      </Loaded>
    </div>
  );
}
