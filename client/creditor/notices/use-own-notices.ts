import { noticeRoutes, type OwnNotice } from '../../../server/protocol/rest/notice-routes.ts';
import { call } from '../../api/call.ts';
import { useResource, type Resource } from '../../state/use-resource.ts';
import { useMeeting } from '../use-meeting.ts';

/** Notices to the creditors in whose name the person acts, newest first; nothing is asked for who acts for none. */
export function useOwnNotices(): Resource<{ readonly rows: readonly OwnNotice[] }> {
  const { meeting, personal } = useMeeting();
  const { meetingId } = meeting;
  return useResource(personal.capacities.length === 0 ? undefined : `own-notices/${meetingId}`, () =>
    call(noticeRoutes.ownNotices, { params: { meetingId } }),
  );
}

/** To one of the creditors no delivery is proved. */
export const isUnread = ({ deliveries }: OwnNotice): boolean =>
  deliveries.some(({ deliveredOn }) => deliveredOn === null);
