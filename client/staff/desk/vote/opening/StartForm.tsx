import { App, Button } from 'antd';
import { useState } from 'react';
import type { RollPreview } from '../../../../../server/protocol/vote/roll-views.ts';
import type { ResolutionSlice } from '../../../../../server/protocol/room-slices.ts';
import { findReading, yuanWithUnit } from '../../../../format/money.ts';
import { dateTime } from '../../../../format/time.ts';
import { serverNowMs } from '../../../../state/clock.ts';
import { useRoom } from '../../../../state/room.ts';
import { useWords } from '../../../parts/use-words.ts';
import { usePhase } from '../../desk-state.ts';
import { confirmedRoll } from './confirmed-roll.ts';
import { findDeadline, type DeadlineChoice } from '../deadline-choice.ts';
import { DeadlinePicker } from '../DeadlinePicker.tsx';
import { startPending, usePendingVote } from './pending-vote.ts';
import { findMissingStatement, NO_STATEMENTS, StatementFields, toStatements } from './StatementFields.tsx';

const PRESETS_MINUTES = [5, 10, 15, 30, 60];
const DEFAULT_MINUTES = 10;

interface StartFormProps {
  readonly resolution: ResolutionSlice;
  readonly position: number;
  readonly nextRound: NonNullable<ResolutionSlice['nextRound']>;
  readonly roll: RollPreview;
}

/** Why the vote cannot be started now: words are `staff.vote.obstacle.<code>`. */
function useObstacle({ roll, resolution }: StartFormProps, hasDeadline: boolean): string | undefined {
  const phase = usePhase();
  const pending = usePendingVote((store) => store.pending);
  const isConnected = useRoom((store) => store.connection === 'connected');
  const { adHoc } = resolution;
  if (!isConnected) return 'lost';
  if (phase !== 'in-progress' && phase !== 'closed') return 'notInProgress';
  if (pending !== undefined) return 'pending';
  if (roll.units === 0) return 'rollEmpty';
  if (adHoc !== null && Date.parse(adHoc.openNotBefore) > serverNowMs()) return 'reading';
  return hasDeadline ? undefined : 'deadline';
}

const SENTENCES: Readonly<Record<string, string>> = {
  GROUP_84: 'staff.vote.sentenceGroups',
  VERIFY_58: 'staff.verify.sentence',
};

/** The sentence that is confirmed: item, round, who votes with what, until when. */
function useSentence({ roll, resolution, position, nextRound }: StartFormProps) {
  const { t, language } = useWords();
  return (deadline: DeadlineChoice, closesAt: string | undefined): string => {
    const amountFen = resolution.ruleId === 'GROUP_84' ? roll.amountFen : roll.unsecuredFen;
    const reading = findReading(amountFen, language);
    return t(SENTENCES[resolution.ruleId] ?? 'staff.vote.sentence', {
      position,
      title: resolution.title,
      round: nextRound.round,
      heads: roll.heads,
      groups: roll.groups.map(({ group, units }) => `${t(`group.${group}`)} ${units}`).join('、'),
      amount: `${yuanWithUnit(amountFen, language)}${reading === undefined ? '' : `（${reading}）`}`,
      deadline:
        deadline.kind === 'minutes'
          ? t('staff.vote.inMinutes', { minutes: deadline.minutes })
          : closesAt === undefined
            ? ''
            : dateTime(closesAt, language),
    });
  };
}

export function StartForm(props: StartFormProps) {
  const { roll, resolution, nextRound } = props;
  const { t } = useWords();
  const { modal } = App.useApp();
  const [deadline, setDeadline] = useState<DeadlineChoice>({ kind: 'minutes', minutes: DEFAULT_MINUTES });
  const [statements, setStatements] = useState(NO_STATEMENTS);
  const closesAt = findDeadline(deadline, serverNowMs());
  const needed = { mayCarryOver: nextRound.mayCarryOver, settings: roll.settings };
  const missing = findMissingStatement(statements, needed);
  const obstacle = useObstacle(props, closesAt !== undefined) ?? missing;
  const sentence = useSentence(props)(deadline, closesAt);
  const words = `staff.${resolution.type === 'R01' ? 'verify' : 'vote'}`;
  const ask = () => {
    void modal.confirm({
      title: t(`${words}.confirmTitle`, { title: resolution.title }),
      content: (
        <>
          <p>{sentence}</p>
          <p>{t(`${words}.irreversible`)}</p>
        </>
      ),
      okText: t(`${words}.confirm`),
      cancelText: t('staff.common.back'),
      width: 520,
      onOk: () =>
        startPending({
          announcement: t(`${words}.pendingTitle`, { title: resolution.title }),
          sentence,
          deadline,
          request: {
            resolutionId: resolution.resolutionId,
            round: nextRound.round,
            ...confirmedRoll(roll),
            ...toStatements(statements, needed),
          },
        }),
    });
  };
  return (
    <>
      <StatementFields statements={statements} needed={needed} onChange={setStatements} />
      <div className="vote-start">
        <DeadlinePicker
          label={t(`${words}.deadline`)}
          presetsMinutes={PRESETS_MINUTES}
          presetKey="staff.deadline.minutes"
          choice={deadline}
          onChange={setDeadline}
        />
        <Button type="primary" size="large" disabled={obstacle !== undefined} onClick={ask}>
          {t(`${words}.start`)}
        </Button>
        {obstacle === undefined ? null : (
          <span className="muted">{t(`staff.vote.obstacle.${obstacle}`)}</span>
        )}
      </div>
    </>
  );
}
