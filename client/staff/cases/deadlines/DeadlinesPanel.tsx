import { Alert, Button, Empty } from 'antd';
import { useState } from 'react';
import {
  deadlineRoutes,
  type Deadline,
  type DeadlinesView,
} from '../../../../server/protocol/rest/deadline-routes.ts';
import { call } from '../../../api/call.ts';
import { useResource } from '../../../state/use-resource.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Mark, type MarkShape } from '../../parts/Mark.tsx';
import { useWords } from '../../parts/use-words.ts';
import { CaseDatesModal } from './CaseDatesModal.tsx';
import './deadlines.css';

interface DeadlinesPanelProps {
  readonly caseId: string;
  readonly isReorganisation: boolean;
}

/** 期限: every time limit of the law on this case, what it counts from and what has become of it. */
export function DeadlinesPanel({ caseId, isReorganisation }: DeadlinesPanelProps) {
  const loaded = useResource(`case-deadlines/${caseId}`, () =>
    call(deadlineRoutes.deadlines, { params: { caseId } }),
  );
  return (
    <Loaded resource={loaded}>
      {(view) => (
        <Deadlines
          caseId={caseId}
          view={view}
          isReorganisation={isReorganisation}
          onChanged={loaded.reload}
        />
      )}
    </Loaded>
  );
}

interface DeadlinesProps extends DeadlinesPanelProps {
  readonly view: DeadlinesView;
  readonly onChanged: () => void;
}

function Deadlines({ caseId, view, isReorganisation, onChanged }: DeadlinesProps) {
  const { t } = useWords();
  const [isChanging, setChanging] = useState(false);
  const unknownYears = new Set(
    view.deadlines.flatMap(({ isCalendarUnknown, dueOn }) =>
      isCalendarUnknown && dueOn !== null ? [dueOn.slice(0, 4)] : [],
    ),
  );
  return (
    <section aria-labelledby="deadlines-title">
      <div className="deadlines-head">
        <h2 id="deadlines-title">{t('staff.deadlines.title')}</h2>
        {view.mayChange ? (
          <Button onClick={() => setChanging(true)}>{t('staff.deadlines.dates.change')}</Button>
        ) : null}
      </div>
      {unknownYears.size === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={t('staff.deadlines.calendarUnknown', { years: [...unknownYears].sort().join('、') })}
        />
      )}
      {view.deadlines.length === 0 ? (
        <Empty description={t('staff.deadlines.none')} />
      ) : (
        <DeadlineTable deadlines={view.deadlines} />
      )}
      {isChanging ? (
        <CaseDatesModal
          caseId={caseId}
          dates={view.dates}
          isReorganisation={isReorganisation}
          onClose={() => setChanging(false)}
          onChanged={onChanged}
        />
      ) : null}
    </section>
  );
}

function DeadlineTable({ deadlines }: { readonly deadlines: readonly Deadline[] }) {
  const { t } = useWords();
  return (
    <table className="deadlines">
      <thead>
        <tr>
          <th scope="col">{t('staff.deadlines.column.what')}</th>
          <th scope="col">{t('staff.deadlines.column.from')}</th>
          <th scope="col">{t('staff.deadlines.column.due')}</th>
          <th scope="col">{t('staff.deadlines.column.state')}</th>
        </tr>
      </thead>
      <tbody>
        {deadlines.map((deadline) => (
          <DeadlineRow key={keyOf(deadline)} deadline={deadline} />
        ))}
      </tbody>
    </table>
  );
}

function keyOf({ kind, about, countsFrom, meeting, resolution }: Deadline): string {
  const { resolutionId = '', round = '', revision = '' } = resolution ?? {};
  if (about !== null) return [kind, about, countsFrom].join('/');
  return [kind, meeting?.meetingId ?? '', resolutionId, round, revision].join('/');
}

/** Art. 64(2) counts from the resolution, the interpretation from the receipt of its notice. */
const fromOf = ({ kind, act }: Deadline) =>
  kind === 'REVOCATION' && act === 'EBL' ? 'REVOCATION_ON_SITE' : kind;

const shapes: Readonly<Record<Deadline['state'], MarkShape>> = {
  NOT_STARTED: 'waiting',
  DUE: 'live',
  MET: 'done',
  MET_LATE: 'warning',
  OVERDUE: 'blocks',
  EXPIRED: 'paused',
};

function DeadlineRow({ deadline }: { readonly deadline: Deadline }) {
  const { t } = useWords();
  const { kind, act, article, meeting, resolution, countsFrom, dueOn, delivery, state } = deadline;
  const { title = '', round = '1', revision = '0' } = resolution ?? {};
  const vote = round === '1' ? '' : t('verdict.round', { round });
  const correction = revision === '0' ? '' : t('staff.deadlines.corrected', { revision });
  const subject = [deadline.about, meeting?.title, title].filter(Boolean).join(' · ') + vote + correction;
  return (
    <tr>
      <td>
        <div>{t(`staff.deadlines.kind.${kind}`)}</div>
        <div className="muted">
          {t(`staff.deadlines.act.${act}`, { article })}
          {subject === '' ? null : ` · ${subject}`}
        </div>
      </td>
      <td data-label={t('staff.deadlines.column.from')}>
        <div>{countsFrom ?? '—'}</div>
        <div className="muted">{t(`staff.deadlines.from.${fromOf(deadline)}`)}</div>
      </td>
      <td data-label={t('staff.deadlines.column.due')}>
        <div className="deadline-date">{dueOn ?? '—'}</div>
        {deadline.isMoved ? <div className="muted">{t('staff.deadlines.moved')}</div> : null}
        {delivery === null ? null : <div className="muted">{t('staff.deadlines.delivery', delivery)}</div>}
      </td>
      <td data-label={t('staff.deadlines.column.state')}>
        <Mark shape={shapes[state]} word={t(`staff.deadlines.state.${state}`)} />
        {deadline.metOn === null || state === 'NOT_STARTED' ? null : (
          <div className="muted">{t('staff.deadlines.metOn', { date: deadline.metOn })}</div>
        )}
      </td>
    </tr>
  );
}
