import { Skeleton } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { enterRoom, leaveRoom, useRoom } from '../../state/room.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useWords } from '../parts/use-words.ts';
import { RolledBack } from '../rollback/RolledBack.tsx';
import { AgendaPanel } from './AgendaPanel.tsx';
import { DeskFoot } from './DeskFoot.tsx';
import { ItemControl } from './ItemControl.tsx';
import { LostNotice } from './LostNotice.tsx';
import { SideTabs } from './side/SideTabs.tsx';
import { StagePanel } from './stage/StagePanel.tsx';
import { StatusLine } from './StatusLine.tsx';
import { ClockNotice } from './items/ClockNotice.tsx';
import { PendingVote } from './vote/opening/PendingVote.tsx';
import './desk.css';

/** The desk in the live meeting: the host conducts, the judge overrides, the others look on. */
export function DeskPage() {
  const { meetingId = '' } = useParams();
  const { t } = useWords();
  const title = useRoom((store) => store.state.meeting?.title);
  const refusal = useRoom((store) => store.refusal);
  useEffect(() => {
    enterRoom(meetingId);
    return leaveRoom;
  }, [meetingId]);
  useEffect(() => {
    if (title !== undefined) document.title = title;
  }, [title]);
  if (refusal !== undefined) {
    return (
      <main className="staff-main">
        <PageTitle title={title ?? t('room.title')} />
        {refusal.code === 'ROLLBACK' ? <RolledBack meetingId={meetingId} /> : <ErrorNotice error={refusal} />}
        <Link to="/staff">{t('staff.desk.backToCases')}</Link>
      </main>
    );
  }
  if (title === undefined) {
    return (
      <main className="staff-main" aria-busy="true">
        <LostNotice />
        <Skeleton active />
      </main>
    );
  }
  return (
    <div className="desk">
      <StatusLine />
      <AgendaPanel />
      <main className="desk-middle">
        <LostNotice />
        <ClockNotice />
        <PendingVote />
        <StagePanel />
        <ItemControl />
      </main>
      <SideTabs meetingId={meetingId} />
      <DeskFoot />
    </div>
  );
}
