import { App, Button } from 'antd';
import type { TFunction } from 'i18next';
import { isVerification } from '../../../server/protocol/resolution-types.ts';
import {
  meetingRoutes,
  type ChecklistLine,
  type MeetingPreparation,
} from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Mark } from '../parts/Mark.tsx';
import { mayPublish } from '../parts/permissions.ts';
import { useAction } from '../parts/use-action.ts';
import { useWords, wordOr } from '../parts/use-words.ts';

const STATE_ORDER: Record<ChecklistLine['state'], number> = { blocks: 0, warning: 1, done: 2 };

/** What is wrong has its own words where the plain statement would not say it. */
function checkText(t: TFunction, { code, state, params }: ChecklistLine): string {
  const plain = wordOr(t, `staff.checklist.${code}`, { code, params });
  return state === 'done' ? plain : wordOr(t, `staff.checklistProblem.${code}`, { code: plain, params });
}

function Checklist({ lines }: { readonly lines: readonly ChecklistLine[] }) {
  const { t } = useWords();
  const sorted = lines.toSorted((a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state]);
  return (
    <ul className="checklist">
      {sorted.map((line, index) => (
        <li key={`${line.code}/${index}`}>
          <Mark shape={line.state} word={t(`staff.checkState.${line.state}`)} />
          <span>{checkText(t, line)}</span>
        </li>
      ))}
    </ul>
  );
}

interface PublishPanelProps {
  readonly preparation: MeetingPreparation;
  readonly isDirty: boolean;
  readonly onPublished: (preparation: MeetingPreparation) => void;
}

/** The checklist, and publication with its one confirmation. */
export function PublishPanel({ preparation, isDirty, onPublished }: PublishPanelProps) {
  const { t, language } = useWords();
  const { modal } = App.useApp();
  const { isBusy, error, run } = useAction();
  const { meeting, checklist } = preparation;
  const isBlocked = checklist.some(({ state }) => state === 'blocks');
  const obstacle = !mayPublish(meeting.myRole)
    ? 'leadOnly'
    : isDirty
      ? 'saveFirst'
      : isBlocked
        ? 'blocked'
        : undefined;
  const publish = () =>
    run(async () => {
      onPublished(await call(meetingRoutes.publishMeeting, { params: { meetingId: meeting.meetingId } }));
    });
  const verifications = meeting.resolutions.filter(isVerification).length;
  const ask = () => {
    void modal.confirm({
      title: t('staff.publish.title'),
      content: t('staff.publish.sentence', {
        title: meeting.title,
        time: dateTime(meeting.startsAt, language),
        items: meeting.agenda.length,
        resolutions: meeting.resolutions.length - verifications,
        verification: verifications === 0 ? '' : t('staff.publish.verification', { count: verifications }),
      }),
      okText: t('staff.publish.confirm'),
      cancelText: t('staff.common.back'),
      onOk: () => void publish(),
    });
  };
  return (
    <aside className="panel panel-sticky" aria-labelledby="checklist-heading">
      <h2 id="checklist-heading">{t('staff.publish.checklist')}</h2>
      <Checklist lines={checklist} />
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Button
        block
        size="large"
        type={isDirty ? 'default' : 'primary'}
        disabled={obstacle !== undefined}
        loading={isBusy}
        onClick={ask}
      >
        {t('staff.publish.action')}
      </Button>
      {obstacle === undefined ? null : <p className="muted">{t(`staff.publish.obstacle.${obstacle}`)}</p>}
    </aside>
  );
}
