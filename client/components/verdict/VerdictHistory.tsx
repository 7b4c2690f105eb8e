import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ResolutionSlice, VerdictView } from '../../../server/protocol/room-slices.ts';
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
  const summary = t(`${words}.earlierRound`, { round: round.round, outcome: word });
  return (
    <details>
      <summary>{summary}</summary>
      {round.status === 'aborted' && (
        <p>
          {words === 'verdict' && t('verdict.abortedBallots', { count: round.ballots })}{' '}
          {t('verdict.because', { reason: round.closeReason, consent: round.courtConsentNo })}
        </p>
      )}
      {round.verdict && <VerdictCard title={`${title} · ${summary}`} verdict={round.verdict} />}
      {round.earlierVerdicts.map((verdict) => (
        <VerdictCard
          key={verdict.revision}
          title={`${title} · ${summary} · ${replacedWords(t, verdict)}`}
          verdict={verdict}
        />
      ))}
    </details>
  );
}

/** Of each verdict the name is its own, so that who goes through a page by its parts knows which one it is at. */
const replacedWords = (t: TFunction, { seq, outcome }: VerdictView): string =>
  t('verdict.replaced', { seq, outcome: t(`verdict.outcome.${outcome}`) });

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
          <summary>{replacedWords(t, replaced)}</summary>
          <VerdictCard title={`${title} · ${replacedWords(t, replaced)}`} verdict={replaced} />
        </details>
      ))}
      {earlierRounds.map((round) => (
        <EarlierRound key={round.round} round={round} resolution={resolution} />
      ))}
    </div>
  );
}
