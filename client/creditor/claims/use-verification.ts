import { useEffect, useRef } from 'react';
import { objectionRoutes, type OwnVerificationView } from '../../../server/protocol/rest/objection-routes.ts';
import { call } from '../../api/call.ts';
import { useResource, type Resource } from '../../state/use-resource.ts';
import { useMeeting } from '../use-meeting.ts';

/** Thousands of open pages must not ask at once when one objection is filed. */
const SPREAD_MS = 3_000;

/** Own rows and objections; read again soon after an objection of anybody's was filed, answered or withdrawn. */
export function useVerification(): Resource<OwnVerificationView> {
  const { meeting, state } = useMeeting();
  const { meetingId } = meeting;
  const { verification } = state;
  const status = state[`resolution:${verification?.resolutionId ?? ''}`]?.status ?? '';
  const resource = useResource(`verification/${meetingId}`, () =>
    call(objectionRoutes.ownVerification, { params: { meetingId } }),
  );
  const { reload } = resource;
  const news = `${verification?.lastSeq ?? ''}/${status}`;
  const known = useRef(news);
  useEffect(() => {
    if (known.current === news) return undefined;
    known.current = news;
    const timer = setTimeout(reload, Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [news, reload]);
  return resource;
}

/** The verification is open and this person acts for somebody: the way to the claims table, else undefined. */
export function useClaimsPath(): string | undefined {
  const { state, personal, base } = useMeeting();
  const { resolutionId = '' } = state.verification ?? {};
  const isOpen = state[`resolution:${resolutionId}`]?.status === 'open';
  return isOpen && personal.capacities.length > 0 ? `${base}/claims` : undefined;
}
