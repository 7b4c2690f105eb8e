import { useEffect } from 'react';
import { continuationRoutes, type ContinuationView } from '../../server/protocol/rest/continuation-routes.ts';
import { call } from '../api/call.ts';
import { useRoom } from '../state/room.ts';
import { useResource, type Resource } from '../state/use-resource.ts';

/** What happened to a halted record and where it goes on; asked anew when the room is told something of it. */
export function useContinuation(meetingId: string): Resource<ContinuationView> {
  const told = useResource(`continuation/${meetingId}`, () =>
    call(continuationRoutes.continuation, { params: { meetingId } }),
  );
  const { reload } = told;
  const news = useRoom((store) => store.haltNews);
  useEffect(() => {
    if (news > 0) reload();
  }, [news, reload]);
  return told;
}
