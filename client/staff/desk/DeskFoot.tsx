import { findResolution } from '../../state/rights.ts';
import { Button } from 'antd';
import { useRoom } from '../../state/room.ts';
import { useWords } from '../parts/use-words.ts';
import { CloseMeeting } from './CloseMeeting.tsx';
import { dismissRefusal, useRefusal } from './use-command.ts';
import { findCurrentItem, useDeskRights, usePhase } from './desk-state.ts';

/** What the host would do next, by the rules of the meeting; empty for those who look on. */
function useHint(): string | undefined {
  const state = useRoom((store) => store.state);
  const phase = usePhase();
  const { isHost } = useDeskRights();
  if (!isHost) return undefined;
  if (phase !== 'in-progress') return `staff.hint.${phase}`;
  const current = findCurrentItem(state);
  if (current === undefined) return 'staff.hint.firstItem';
  if ((state.queue?.hands.length ?? 0) > 0 && state.floor?.state === 'free') return 'staff.hint.hands';
  const { item } = current;
  const resolution = item.resolutionId === null ? undefined : findResolution(state, item.resolutionId);
  if (resolution === undefined) return `staff.hint.kind.${item.kind}`;
  return `staff.hint.${resolution.type === 'R01' ? 'verification' : 'vote'}.${resolution.status}`;
}

/** A refused command, read out and kept until it was seen. */
function Refusal({ text }: { readonly text: string }) {
  const { t } = useWords();
  return (
    <span className="desk-refusal" role="alert">
      {text}
      <Button size="small" onClick={dismissRefusal}>
        {t('staff.command.understood')}
      </Button>
    </span>
  );
}

/** The hint for the host, and at the far end 宣布闭会. */
export function DeskFoot() {
  const { t } = useWords();
  const hint = useHint();
  const refusal = useRefusal((store) => store.text);
  const hands = useRoom((store) => store.state.queue?.hands.length ?? 0);
  return (
    <footer className="desk-foot">
      {refusal === undefined ? (
        <span className="desk-hint">
          {hint === undefined
            ? t('staff.hint.readOnly')
            : t('staff.hint.prefix', { hint: t(hint, { hands }) })}
        </span>
      ) : (
        <Refusal text={refusal} />
      )}
      <CloseMeeting />
    </footer>
  );
}
