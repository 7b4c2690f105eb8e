import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { meetingRoutes, type RosterRow } from '../../../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../../../api/call.ts';
import { useRoom } from '../../../../state/room.ts';
import { useToldAction } from '../../../parts/use-action.ts';
import { useWords } from '../../../parts/use-words.ts';

/** Long enough for a call; a number that is needed no more does not stay on the screen. */
const SHOWN_MS = 5 * 60_000;

interface TelephoneProps {
  readonly resolutionId: string;
  readonly row: RosterRow;
}

/** The masked number, and the whole of it on demand: who looks, and that it is to remind, is kept. */
export function Telephone({ resolutionId, row }: TelephoneProps) {
  const { t } = useWords();
  const { meetingId = '' } = useRoom((store) => store.state.meeting) ?? {};
  const [mobile, setMobile] = useState<string | undefined>(undefined);
  const { isBusy, run } = useToldAction();
  useEffect(() => {
    if (mobile === undefined) return undefined;
    const timer = setTimeout(() => setMobile(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [mobile]);
  const show = () =>
    run(async () => {
      const params = { meetingId, resolutionId, unitId: row.unitId };
      const shown = await call(meetingRoutes.notVotedTelephone, { params });
      setMobile(shown.mobile);
    });
  if (mobile !== undefined) return <strong role="status">{mobile}</strong>;
  return (
    <>
      {row.mobileMasked}{' '}
      <Button
        size="small"
        loading={isBusy}
        aria-label={t('staff.notVoted.showMobileOf', { name: row.name })}
        onClick={() => void show()}
      >
        {t('staff.notVoted.showMobile')}
      </Button>
    </>
  );
}
