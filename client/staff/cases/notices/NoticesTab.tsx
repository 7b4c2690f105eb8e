import { Empty } from 'antd';
import type { CaseView } from '../../../../server/protocol/rest/case-routes.ts';
import { meetingRoutes } from '../../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../../api/call.ts';
import { useResource } from '../../../state/use-resource.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../parts/use-words.ts';
import { Deliveries } from './Deliveries.tsx';
import { MeetingNotices } from './MeetingNotices.tsx';
import './notices.css';

/** 通知: of each meeting what is to be told and what was, newest meeting first; one notice by its address. */
export function NoticesTab({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { get } = useAddress();
  const { caseId } = view;
  const meetings = useResource(`meetings/${caseId}`, () =>
    call(meetingRoutes.myMeetings, { query: { caseId, pageSize: 200 } }),
  );
  const meetingId = get('meeting');
  const noticeId = get('notice');
  if (meetingId !== '' && noticeId !== '')
    return <Deliveries key={noticeId} meetingId={meetingId} noticeId={noticeId} />;
  return (
    <div className="panel">
      <p className="muted">{t('staff.notices.hint')}</p>
      <Loaded resource={meetings}>
        {({ rows }) => {
          const published = rows.filter(({ state }) => state !== 'draft');
          if (published.length === 0) return <Empty description={t('staff.notices.noMeeting')} />;
          return published.map((meeting, index) => (
            <MeetingNotices key={meeting.meetingId} meeting={meeting} isFirst={index === 0} />
          ));
        }}
      </Loaded>
    </div>
  );
}
