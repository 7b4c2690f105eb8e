import { useEffect } from 'react';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { noticeRoutes } from '../../../../server/protocol/rest/notice-routes.ts';
import { call } from '../../../api/call.ts';
import { calendarDate } from '../../../format/time.ts';
import { useRoom } from '../../../state/room.ts';
import { useResource } from '../../../state/use-resource.ts';
import { useNoticesPath } from '../../cases/notices/notices-path.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { useWords } from '../../parts/use-words.ts';
import { useDeskRights } from '../desk-state.ts';

/** After a verdict: that its notice is due and until when (司法解释三 art. 11(1)), or how far it is delivered. */
export function ResultNotice({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t, language } = useWords();
  const { mayFollowNotices } = useDeskRights();
  const { meetingId = '' } = useRoom((store) => store.state.meeting) ?? {};
  const { resolutionId, type, verdict } = resolution;
  // A verification of claims has no result that is told.
  const isShown = mayFollowNotices && verdict !== null && type !== 'R01';
  const list = useResource(isShown ? `result-notice/${meetingId}/${verdict.seq}` : undefined, () =>
    call(noticeRoutes.notices, { params: { meetingId } }),
  );
  const path = useNoticesPath(isShown ? meetingId : '');
  const { reload } = list;
  useEffect(() => {
    // The notice is issued in another window: on coming back the line must not be an old one.
    window.addEventListener('focus', reload);
    return () => window.removeEventListener('focus', reload);
  }, [reload]);
  if (list.error !== undefined) return <ErrorNotice error={list.error} onRetry={reload} />;
  if (list.data === undefined) return null;
  const { today, notices, offers } = list.data;
  const offer = offers.find((one) => one.resolutionId === resolutionId);
  const issued = notices.find((one) => one.resolutionId === resolutionId);
  const link =
    path === undefined ? null : (
      <a href={path} target="_blank" rel="noopener">
        {t('staff.notices.desk.open')}
      </a>
    );
  if (offer !== undefined) {
    const isOverdue = offer.dueOn !== null && offer.dueOn < today;
    return (
      <p className="result-notice" role="status">
        <Mark
          shape={isOverdue ? 'blocks' : 'warning'}
          word={t(`staff.notices.desk.${isOverdue ? 'overdue' : 'due'}`, {
            date: offer.dueOn === null ? '' : calendarDate(offer.dueOn, language),
          })}
        />{' '}
        {link}
      </p>
    );
  }
  if (issued === undefined) return null;
  const { recipients, delivered } = issued;
  const unproved = recipients - delivered;
  return (
    <p className="result-notice" role="status">
      <Mark
        shape={unproved === 0 ? 'done' : 'waiting'}
        word={t('staff.notices.desk.issued', { recipients, delivered, unproved })}
      />{' '}
      {link}
    </p>
  );
}
