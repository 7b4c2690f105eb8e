import { DocumentList } from '../../components/DocumentList.tsx';
import { findResolution } from '../../state/rights.ts';
import { useRoom } from '../../state/room.ts';
import { useWords } from '../parts/use-words.ts';
import { findCurrentItem } from './desk-state.ts';
import { MeetingControl } from './MeetingControl.tsx';
import { VoteControl } from './vote/VoteControl.tsx';

/** The current item and what can be done with it; before the beginning and after the end, the meeting itself. */
export function ItemControl() {
  const { t } = useWords();
  const state = useRoom((store) => store.state);
  const current = findCurrentItem(state);
  const resolution =
    current === undefined || current.item.resolutionId === null
      ? undefined
      : findResolution(state, current.item.resolutionId);
  return (
    <section className="desk-control" aria-labelledby="current-item">
      <header className="desk-control-head">
        <h2 id="current-item">
          {current === undefined
            ? t('staff.desk.noItem')
            : t('staff.desk.currentItem', { position: current.position, title: current.item.title })}
        </h2>
        <MeetingControl />
      </header>
      {current === undefined || current.item.documents.length === 0 ? null : (
        <DocumentList documents={current.item.documents} />
      )}
      {resolution === undefined || current === undefined ? null : (
        <VoteControl key={resolution.resolutionId} resolution={resolution} position={current.position} />
      )}
    </section>
  );
}
