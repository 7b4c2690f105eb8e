import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../server/protocol/rest/meeting-routes.ts';
import { deadline } from '../../format/time.ts';
import { serverNowMs } from '../../state/clock.ts';
import { usePreferences } from '../../state/preferences.ts';

/** Shapes beside the words, so that a state is never told by colour alone. */
const SHAPES: Record<MeetingState, string> = {
  draft: '◌',
  'not-started': '○',
  'signing-in': '◔',
  'in-progress': '●',
  voting: '▣',
  verifying: '▤',
  adjourned: '❙❙',
  'voting-after': '▣',
  'verifying-after': '▤',
  closed: '■',
  halted: '✕',
};

/** Something is open until a time. */
const OPEN: readonly MeetingState[] = ['voting', 'voting-after', 'verifying', 'verifying-after'];
const ACTIVE: readonly MeetingState[] = ['signing-in', 'in-progress', ...OPEN];

interface MeetingStateTagProps {
  readonly state: MeetingState;
  readonly votingClosesAt: string | null;
}

export function MeetingStateTag({ state, votingClosesAt }: MeetingStateTagProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <p>
      <span className={ACTIVE.includes(state) ? 'tag tag--strong' : 'tag'}>
        <span aria-hidden="true">{SHAPES[state]} </span>
        {t(`meetingState.${state}`)}
      </span>
      {OPEN.includes(state) && votingClosesAt !== null && (
        <span className="small">
          {' '}
          {t('meetingState.until', { time: deadline(votingClosesAt, serverNowMs(), language) })}
        </span>
      )}
    </p>
  );
}
