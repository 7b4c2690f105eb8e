import { Button } from 'antd';
import { useState } from 'react';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { Countdown } from '../../../components/Countdown.tsx';
import { dateTimeWithSeconds } from '../../../format/time.ts';
import { useRoom } from '../../../state/room.ts';
import { useWords } from '../../parts/use-words.ts';
import { findTally, useDeskRights } from '../desk-state.ts';
import { AbortVote } from './AbortVote.tsx';
import { CloseVote } from './CloseVote.tsx';
import { CorrectRoll } from './CorrectRoll.tsx';
import { ExtendVote } from './ExtendVote.tsx';
import { LiveTally } from './count/LiveTally.tsx';
import { NotVoted } from './count/NotVoted.tsx';

function Extensions({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t, language } = useWords();
  if (resolution.extensions.length === 0) return null;
  return (
    <ul className="muted">
      {resolution.extensions.map(({ from, to, at }) => (
        <li key={at}>
          {t('staff.vote.extended', {
            from: dateTimeWithSeconds(from, language),
            to: dateTimeWithSeconds(to, language),
          })}
        </li>
      ))}
    </ul>
  );
}

/** While a vote is open: all staff see that and until when; the host alone how it stands. */
export function OpenVote({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t, language } = useWords();
  const { isHost } = useDeskRights();
  const tally = useRoom((store) => findTally(store.state, resolution.resolutionId));
  const [asked, setAsked] = useState<'extend' | 'close' | 'abort' | undefined>(undefined);
  const { closesAt } = resolution;
  const isVerification = resolution.type === 'R01';
  return (
    <>
      <div className="vote-open">
        <strong>▣ {t(isVerification ? 'staff.verify.isOpen' : 'staff.vote.isOpen')}</strong>
        {closesAt === null ? null : (
          <span>
            {t('staff.vote.closesAt', { time: dateTimeWithSeconds(closesAt, language) })}{' '}
            {t('staff.vote.left')} <Countdown until={closesAt} label={t('staff.vote.left')} />
          </span>
        )}
        {isHost ? (
          <span className="toolbar-end">
            <Button onClick={() => setAsked('extend')}>
              {t(isVerification ? 'staff.verify.extend' : 'staff.extend.action')}
            </Button>
            <Button onClick={() => setAsked('close')}>
              {t(isVerification ? 'staff.verify.close' : 'staff.closeVote.action')}
            </Button>
            <Button danger onClick={() => setAsked('abort')}>
              {t(isVerification ? 'staff.verify.abort' : 'staff.abort.action')}
            </Button>
          </span>
        ) : null}
      </div>
      <Extensions resolution={resolution} />
      {tally === undefined || isVerification ? (
        isHost || isVerification ? null : (
          <p className="muted">{t('staff.vote.onlyHostSees')}</p>
        )
      ) : (
        <>
          <LiveTally tally={tally} />
          <NotVoted
            resolutionId={resolution.resolutionId}
            castHeads={tally.castHeads}
            groups={tally.groups.map(({ group }) => group)}
          />
          <CorrectRoll resolution={resolution} />
        </>
      )}
      {asked === 'extend' && closesAt !== null ? (
        <ExtendVote resolution={resolution} closesAt={closesAt} onClose={() => setAsked(undefined)} />
      ) : null}
      {asked === 'abort' ? <AbortVote resolution={resolution} onClose={() => setAsked(undefined)} /> : null}
      {asked === 'close' ? (
        <CloseVote
          resolution={resolution}
          missingHeads={tally?.notCastHeads ?? 1}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
    </>
  );
}
