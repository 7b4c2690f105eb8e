import { meetingRoutes } from '../../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../../api/call.ts';
import { useResource } from '../../../state/use-resource.ts';

/** Below the case's own address: the way of one notice to each creditor. */
export const deliveriesAt = (meetingId: string, noticeId: string): string =>
  `?${new URLSearchParams({ tab: 'notices', meeting: meetingId, notice: noticeId }).toString()}`;

/** The case's tab of notices, for pages that know the meeting alone; undefined until the case is known. */
export function useNoticesPath(meetingId: string): string | undefined {
  const { data } = useResource(meetingId === '' ? undefined : `case-of/${meetingId}`, () =>
    call(meetingRoutes.getMeeting, { params: { meetingId } }),
  );
  return data && `/staff/cases/${data.caseId}?tab=notices`;
}
