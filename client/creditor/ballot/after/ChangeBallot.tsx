import { useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { UnitRight } from '../../../../server/protocol/room.ts';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { Button } from '../../../components/Button.tsx';
import { startChange } from '../../../state/ballots.ts';
import { useMeeting } from '../../use-meeting.ts';
import { ballotKeyOf } from '../use-ballot.ts';

interface ChangeBallotProps {
  readonly resolution: ResolutionSlice;
  readonly right: UnitRight;
}

/** Where the vote allows it, a cast ballot may be changed until the deadline; it stays in force until then. */
export function ChangeBallot({ resolution, right }: ChangeBallotProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { personal, base } = useMeeting();
  if (!right.mayChange || right.receipt === null) return null;
  const change = (): void => {
    startChange(ballotKeyOf({ personId: personal.personId, resolution, right }));
    void navigate(`${base}/vote/${resolution.resolutionId}/${right.unitId}`);
  };
  return <Button onClick={change}>{t('vote.changeCast')}</Button>;
}
