import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { isVerification } from '../../../server/protocol/resolution-types.ts';
import type { AgendaItemView, ResolutionSlice } from '../../../server/protocol/room-slices.ts';
import { findResolution } from '../../state/rights.ts';
import { useRoom } from '../../state/room.ts';
import { useWords } from '../parts/use-words.ts';
import { useDeskRights, usePhase } from './desk-state.ts';
import { AddAdHoc } from './items/AddAdHoc.tsx';
import { useCommand } from './use-command.ts';

const VERDICT_WORDS: Readonly<Record<string, string>> = {
  PASSED: 'staff.vote.passed',
  RECORDED: 'staff.verify.recorded',
};

function ResolutionState({ resolution }: { readonly resolution: ResolutionSlice | undefined }) {
  const { t } = useWords();
  if (resolution === undefined) return null;
  const { status, verdict } = resolution;
  const word =
    verdict !== null
      ? t(VERDICT_WORDS[verdict.outcome] ?? 'staff.vote.failed')
      : t(`staff.${isVerification(resolution) ? 'verificationStatus' : 'resolutionStatus'}.${status}`);
  return <small className="agenda-vote">{status === 'open' ? `▣ ${word}` : word}</small>;
}

interface AgendaRowProps {
  readonly item: AgendaItemView;
  readonly position: number;
  readonly currentPosition: number;
  readonly onMove: (() => void) | undefined;
}

function AgendaRow({ item, position, currentPosition, onMove }: AgendaRowProps) {
  const { t } = useWords();
  const state = useRoom((store) => store.state);
  const isCurrent = position === currentPosition;
  const isNext = position === currentPosition + 1;
  const phase = usePhase();
  // Passed over by a jump ahead, or never come to before the end: it was not dealt with.
  const isSkipped = !item.isVisited && (position < currentPosition || phase === 'closed');
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'center' });
  }, [isCurrent]);
  return (
    <li
      ref={row}
      className={isCurrent ? 'agenda-row is-current' : 'agenda-row'}
      aria-current={isCurrent ? 'step' : undefined}
    >
      <span className="agenda-shape" aria-hidden="true">
        {isCurrent ? '▶' : item.isVisited ? '✓' : isSkipped ? '–' : ''}
      </span>
      <span className="agenda-text">
        {position}. {item.title}
        {item.isAdHoc ? <small className="agenda-vote">{t('staff.adHoc.mark')}</small> : null}
        {isSkipped ? <small className="agenda-skipped">{t('staff.desk.skipped')}</small> : null}
        {item.resolutionId === null ? null : (
          <ResolutionState resolution={findResolution(state, item.resolutionId)} />
        )}
      </span>
      {isCurrent || onMove === undefined ? null : (
        <Button
          size="small"
          type={isNext ? 'default' : 'text'}
          onClick={onMove}
          aria-label={t(isNext ? 'staff.desk.moveNextLabel' : 'staff.desk.moveToLabel', {
            position,
            title: item.title,
          })}
        >
          {t(isNext ? 'staff.desk.moveNext' : 'staff.desk.moveTo')}
        </Button>
      )}
    </li>
  );
}

/** The agenda: done, passed over, current, to come; the host moves and everyone follows. */
export function AgendaPanel() {
  const { t } = useWords();
  const agenda = useRoom((store) => store.state.agenda);
  const phase = usePhase();
  const { isHost } = useDeskRights();
  const { isBusy, send } = useCommand();
  const items = agenda?.items ?? [];
  const expectedItemId = agenda?.currentItemId ?? null;
  const currentPosition = items.findIndex(({ itemId }) => itemId === expectedItemId) + 1;
  const mayMove = isHost && phase === 'in-progress' && !isBusy;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and for the court it holds no button
    <nav className="desk-agenda" aria-label={t('staff.desk.agenda')} tabIndex={0}>
      <h2>{t('staff.desk.agenda')}</h2>
      <ol>
        {items.map((item, index) => (
          <AgendaRow
            key={item.itemId}
            item={item}
            position={index + 1}
            currentPosition={currentPosition}
            onMove={
              mayMove ? () => void send('agenda:move', { toItemId: item.itemId, expectedItemId }) : undefined
            }
          />
        ))}
      </ol>
      {isHost && phase === 'in-progress' ? <AddAdHoc /> : null}
    </nav>
  );
}
