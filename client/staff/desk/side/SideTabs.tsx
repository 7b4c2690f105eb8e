import { Tabs } from 'antd';
import { useRoom } from '../../../state/room.ts';
import { useWords } from '../../parts/use-words.ts';
import { AttendanceTab } from './AttendanceTab.tsx';
import { IncidentsTab } from './IncidentsTab.tsx';
import { QueueTab } from './QueueTab.tsx';

/** 签到, 发言队列, 事件. */
export function SideTabs({ meetingId }: { readonly meetingId: string }) {
  const { t } = useWords();
  const hands = useRoom((store) => store.state.queue?.hands.length ?? 0);
  return (
    <aside className="desk-side" aria-label={t('staff.side.label')}>
      <Tabs
        size="small"
        defaultActiveKey="queue"
        items={[
          {
            key: 'attendance',
            label: t('staff.side.attendance'),
            children: <AttendanceTab meetingId={meetingId} />,
          },
          { key: 'queue', label: t('staff.side.queue', { count: hands }), children: <QueueTab /> },
          { key: 'incidents', label: t('staff.side.incidents'), children: <IncidentsTab /> },
        ]}
      />
    </aside>
  );
}
