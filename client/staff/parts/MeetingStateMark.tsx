import type { MeetingState } from '../../../server/protocol/rest/meeting-routes.ts';
import { Mark, type MarkShape } from './Mark.tsx';
import { useWords } from './use-words.ts';

const SHAPES: Record<MeetingState, MarkShape> = {
  draft: 'waiting',
  'not-started': 'waiting',
  'signing-in': 'waiting',
  'in-progress': 'live',
  voting: 'live',
  verifying: 'live',
  adjourned: 'paused',
  'voting-after': 'live',
  'verifying-after': 'live',
  closed: 'done',
  halted: 'blocks',
};

export function MeetingStateMark({ state }: { readonly state: MeetingState }) {
  const { t } = useWords();
  return <Mark shape={SHAPES[state]} word={t(`staff.meetingState.${state}`)} />;
}
