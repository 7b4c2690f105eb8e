import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { meetingRoutes, type MeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import { objectionRoutes, type ObjectionView } from '../../../server/protocol/rest/objection-routes.ts';
import { call, routeUrl } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { mayPrepare, mayPublish } from '../parts/permissions.ts';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../parts/use-words.ts';
import { AnswerObjection } from './AnswerObjection.tsx';
import { DebtorsObjection } from './DebtorsObjection.tsx';
import { ObjectionTable } from './ObjectionTable.tsx';
import { VerificationSummary } from './VerificationSummary.tsx';
import { WithdrawDebtorsObjection } from './WithdrawDebtorsObjection.tsx';
import './objections.css';

const PAGE_SIZE = 50;
const LISTS = ['open', 'answered', 'withdrawn', 'all'] as const;
type List = (typeof LISTS)[number];

/** 债权异议: the queue with what is due, the answers, and the list for the court. */
export function ObjectionsPage() {
  const { meetingId = '' } = useParams();
  const meeting = useResource(`meeting/${meetingId}`, () =>
    call(meetingRoutes.getMeeting, { params: { meetingId } }),
  );
  return <Loaded resource={meeting}>{(view) => <Objections meeting={view} />}</Loaded>;
}

function Objections({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords();
  const { get, page, set } = useAddress();
  const { meetingId } = meeting;
  const list = LISTS.find((one) => one === get('list')) ?? 'open';
  const [asked, setAsked] = useState<ObjectionView | undefined>(undefined);
  const [takenBack, setTakenBack] = useState<ObjectionView | undefined>(undefined);
  const query = { page, pageSize: PAGE_SIZE, ...(list !== 'all' && { state: list }) };
  const queue = useResource(`objections/${meetingId}/${JSON.stringify(query)}`, () =>
    call(objectionRoutes.objections, { params: { meetingId }, query }),
  );
  const mayAnswer = mayPrepare(meeting.myRole);
  const [isEntering, setEntering] = useState(false);
  const verification = queue.data?.verification;
  const actions = (
    <span className="toolbar">
      <Link to={`/staff/meetings/${meetingId}/desk`}>{t('staff.meeting.enter')}</Link>
      <Button href={routeUrl(objectionRoutes.objectionsExport, { params: { meetingId } })} download>
        {t('staff.objections.export')}
      </Button>
    </span>
  );
  return (
    <>
      <PageTitle title={t('staff.objections.title')} note={meeting.title} action={actions} />
      <div className="panel">
        <Loaded resource={queue}>{(view) => <VerificationSummary view={view} />}</Loaded>
        <div className="toolbar">
          <Segmented<List>
            value={list}
            options={LISTS.map((value) => ({ value, label: t(`staff.objections.list.${value}`) }))}
            onChange={(next) => set({ list: next })}
          />
          <span className="toolbar-end">
            {mayAnswer && verification?.state === 'open' ? (
              <Button onClick={() => setEntering(true)}>{t('staff.objections.debtor.title')}</Button>
            ) : null}
            <Button onClick={queue.reload}>{t('staff.papers.reload')}</Button>
          </span>
        </div>
        {queue.data === undefined ? null : (
          <ObjectionTable
            meetingId={meetingId}
            rows={queue.data.list.rows}
            empty={<Empty description={t(`staff.objections.empty.${list}`)} />}
            onAnswer={mayAnswer ? setAsked : undefined}
            onWithdraw={mayPublish(meeting.myRole) ? setTakenBack : undefined}
            paging={{
              current: page,
              pageSize: PAGE_SIZE,
              total: queue.data.list.total,
              onChange: (next) => set({ page: String(next) }),
            }}
          />
        )}
      </div>
      {isEntering ? (
        <DebtorsObjection
          meetingId={meetingId}
          resolutionId={verification?.resolutionId ?? ''}
          onClose={() => setEntering(false)}
          onFiled={() => {
            setEntering(false);
            queue.reload();
          }}
        />
      ) : null}
      {asked === undefined ? null : (
        <AnswerObjection
          meetingId={meetingId}
          objection={asked}
          onClose={() => setAsked(undefined)}
          onAnswered={() => {
            setAsked(undefined);
            queue.reload();
          }}
        />
      )}
      {takenBack === undefined ? null : (
        <WithdrawDebtorsObjection
          meetingId={meetingId}
          objection={takenBack}
          onClose={() => setTakenBack(undefined)}
          onWithdrawn={() => {
            setTakenBack(undefined);
            queue.reload();
          }}
        />
      )}
    </>
  );
}
