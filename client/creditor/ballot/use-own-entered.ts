import {
  enteredBallotRoutes,
  type OwnEnteredBallot,
} from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { useRoom } from '../../state/room.ts';
import { useMeeting } from '../use-meeting.ts';

/** What staff entered for one's creditors; asked for anew when one's receipts change. */
export function useOwnEntered(): readonly OwnEnteredBallot[] {
  const { meetingId } = useMeeting().meeting;
  const receipts = useRoom((store) =>
    Object.values(store.personal?.rights ?? {})
      .flat()
      .map((right) => right.receipt?.seq ?? '')
      .join('/'),
  );
  const own = useResource(`own-entered/${meetingId}/${receipts}`, () =>
    call(enteredBallotRoutes.ownEnteredBallots, { params: { meetingId } }),
  );
  return own.data?.rows ?? [];
}
