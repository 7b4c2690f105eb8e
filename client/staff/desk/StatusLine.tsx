import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Amount } from '../../components/Amount.tsx';
import { ConnectionBadge } from '../../components/ConnectionState.tsx';
import { clockTime } from '../../format/time.ts';
import { useServerNow } from '../../state/clock.ts';
import { useRoom } from '../../state/room.ts';
import { RecordStatus } from '../attest/RecordStatus.tsx';
import { DemoMark } from '../parts/DemoMark.tsx';
import { useWords } from '../parts/use-words.ts';
import { useDeskRights } from './desk-state.ts';
import { TakeHostModal } from './TakeHostModal.tsx';

function ServerClock() {
  const nowMs = useServerNow();
  return <time className="num">{clockTime(new Date(nowMs).toISOString())}</time>;
}

function HostState() {
  const { t } = useWords();
  const host = useRoom((store) => store.state.host);
  const { isHost, mayTakeHost } = useDeskRights();
  const [isTaking, setTaking] = useState(false);
  if (host === undefined) return null;
  return (
    <span className="desk-host">
      {isHost ? t('staff.desk.youHost') : t('staff.desk.operatedBy', { label: host.label })}
      {mayTakeHost ? (
        <Button size="small" onClick={() => setTaking(true)}>
          {t('staff.desk.takeHost')}
        </Button>
      ) : null}
      {isTaking ? <TakeHostModal host={host} onClose={() => setTaking(false)} /> : null}
    </span>
  );
}

/** Only where claims are verified. */
function ObjectionsLink() {
  const { t } = useWords();
  const meetingId = useRoom((store) => store.state.meeting?.meetingId);
  const verification = useRoom((store) => store.state.verification);
  if (meetingId === undefined || verification === undefined) return null;
  return <Link to={`/staff/meetings/${meetingId}/objections`}>{t('staff.objections.title')}</Link>;
}

/** The top line, of one height: who is here, whether it is recorded, who conducts, the time; leaving is here, closing is not. */
export function StatusLine() {
  const { t } = useWords();
  const meeting = useRoom((store) => store.state.meeting);
  const attendance = useRoom((store) => store.state.attendance);
  return (
    <header className="desk-status">
      <div className="desk-meeting">
        <h1 title={meeting?.title}>{meeting?.title}</h1>
        <small>
          {meeting?.caseNumber} <DemoMark isDemonstration={meeting?.isDemonstration ?? false} />
        </small>
      </div>
      {attendance === undefined ? null : (
        <span className="desk-pair">
          <span>
            {t('staff.desk.signedIn', { signedIn: attendance.signedInUnits, due: attendance.dueUnits })}
          </span>
          <small>
            {t('staff.desk.present')} <Amount fen={attendance.signedInFen} />
          </small>
        </span>
      )}
      <span className="desk-pair">
        <span>{t(`staff.phase.${meeting?.phase ?? 'published'}`)}</span>
        <small>
          <ServerClock />
        </small>
      </span>
      <span className="desk-pair">
        <RecordStatus />
        <small>
          <ConnectionBadge />
        </small>
      </span>
      <HostState />
      {meeting === undefined ? null : (
        <Link to={`/staff/meetings/${meeting.meetingId}/papers`}>{t('staff.papers.title')}</Link>
      )}
      <ObjectionsLink />
      <Link to="/staff">{t('staff.desk.leave')}</Link>
    </header>
  );
}
