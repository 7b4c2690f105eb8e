import { useTranslation } from 'react-i18next';
import type { ResolutionSlice } from '../../../server/protocol/room-slices.ts';
import type { RoundView } from '../../../server/protocol/vote/slices.ts';
import { dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { CourtDecisions } from './CourtDecisions.tsx';
import { resultWords } from './result-words.ts';
import { VerdictCard } from './VerdictCard.tsx';

function Corrections({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  if (resolution.rollCorrections.length === 0) return null;
  return (
    <section>
      <h3>{t('verdict.rollCorrections')}</h3>
      <ul>
        {resolution.rollCorrections.map(({ version, at, difference, reason, courtConsentNo }) => (
          <li key={version}>
            {t('verdict.rollCorrection', { version, time: dateTime(at, language) })}
            {difference && t('verdict.rollDifference', { ...difference })}{' '}
            {t('verdict.because', { reason, consent: courtConsentNo })}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface EarlierRoundProps {
  readonly round: RoundView;
  readonly resolution: ResolutionSlice;
}

function EarlierRound({ round, resolution }: EarlierRoundProps) {
  const { t } = useTranslation();
  const { title } = resolution;
  const words = resultWords(resolution);
  const word =
    round.status === 'aborted'
      ? t(`${words}.aborted`)
      : t(`verdict.outcome.${round.verdict?.outcome ?? 'FAILED'}`);
  return (
    <details>
      <summary>{t(`${words}.earlierRound`, { round: round.round, outcome: word })}</summary>
      {round.status === 'aborted' && (
        <p>
          {words === 'verdict' && t('verdict.abortedBallots', { count: round.ballots })}{' '}
          {t('verdict.because', { reason: round.closeReason, consent: round.courtConsentNo })}
        </p>
      )}
      {round.verdict && <VerdictCard title={title} verdict={round.verdict} />}
      {round.earlierVerdicts.map((verdict) => (
        <VerdictCard key={verdict.revision} title={title} verdict={verdict} />
      ))}
    </details>
  );
}

/** What stands beside the verdict in force: replaced verdicts, corrected rolls, earlier rounds. */
export function VerdictHistory({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useTranslation();
  const { title, earlierVerdicts, earlierRounds, verdict, rulings } = resolution;
  return (
    <div className="verdict-history">
      {verdict === null && <CourtDecisions rulings={rulings} />}
      <Corrections resolution={resolution} />
      {earlierVerdicts.map((replaced) => (
        <details key={replaced.revision}>
          <summary>
            {t('verdict.replaced', { seq: replaced.seq, outcome: t(`verdict.outcome.${replaced.outcome}`) })}
          </summary>
          <VerdictCard title={title} verdict={replaced} />
        </details>
      ))}
      {earlierRounds.map((round) => (
        <EarlierRound key={round.round} round={round} resolution={resolution} />
      ))}
    </div>
  );
}
