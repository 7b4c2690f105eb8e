import { Button, Popover } from 'antd';
import type { RecordState } from '../../../server/protocol/record-state.ts';
import { clockTime } from '../../format/time.ts';
import { useRoom } from '../../state/room.ts';
import { Mark } from '../parts/Mark.tsx';
import { useWords } from '../parts/use-words.ts';
import { RecordDetails } from './RecordDetails.tsx';

/** On the desk's top line: whether what happens is recorded, until when, and whether others vouch for it. */
export function RecordStatus() {
  const { t } = useWords();
  const connection = useRoom((store) => store.connection);
  const state = useRoom((store) => store.state.record);
  if (connection !== 'connected' || state === undefined) {
    return <Mark shape="unknown" word={t('staff.desk.recordUnknown')} />;
  }
  return (
    <Popover trigger="click" placement="bottom" content={<RecordDetails state={state} />}>
      <Button type="text" size="small" className="record-status" aria-haspopup="dialog">
        <Recording state={state} /> <Witnessing state={state} />
      </Button>
    </Popover>
  );
}

/** Both numbers, so that witnesses who have fallen behind are seen. */
function Witnessing({ state: { checkpoint, witnessed } }: { readonly state: RecordState }) {
  const { t } = useWords();
  if (witnessed === null) return <Mark shape="warning" word={t('staff.attest.notWitnessed')} />;
  const counts = { size: witnessed.size, total: checkpoint?.size ?? witnessed.size };
  return <Mark shape="done" word={t('staff.attest.witnessedOf', counts)} />;
}

function Recording({ state: { checkpoint, isSignerUp } }: { readonly state: RecordState }) {
  const { t } = useWords();
  if (!isSignerUp) return <Mark shape="blocks" word={t('staff.attest.signerDown')} />;
  if (checkpoint === null) return <Mark shape="waiting" word={t('staff.attest.noCheckpoint')} />;
  return <Mark shape="done" word={`${t('staff.desk.recordOk')} ${clockTime(checkpoint.at)}`} />;
}
