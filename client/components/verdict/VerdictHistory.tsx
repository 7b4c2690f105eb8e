import { useTranslation } from 'react-i18next';
import type { ResolutionSlice } from '../../../server/protocol/room-slices.ts';
import type { RoundView } from '../../../server/protocol/vote/slices.ts';
import { dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
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

function EarlierRound({ round, title }: { readonly round: RoundView; readonly title: string }) {
  const { t } = useTranslation();
  const word =
    round.status === 'aborted'
      ? t('verdict.aborted')
      : t(`verdict.outcome.${round.verdict?.outcome ?? 'FAILED'}`);
  return (
    <details>
      <summary>{t('verdict.earlierRound', { round: round.round, outcome: word })}</summary>
      {round.status === 'aborted' && (
        <p>
          {t('verdict.abortedBallots', { count: round.ballots })}{' '}
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

function Rulings({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useTranslation();
  if (resolution.rulings.length === 0) return null;
  return (
    <section>
      <h3>{t('ruling.title')}</h3>
      <ul>
        {resolution.rulings.map(({ rulingId, kind, group, decidedOn, reference, text }) => (
          <li key={rulingId}>
            <strong>{t(`ruling.kind.${kind}`, { defaultValue: kind })}</strong>
            {group && `（${t(`group.${group}`)}）`}
            {'：'}
            {[reference, decidedOn, text].filter(Boolean).join(' · ')}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What stands beside the verdict in force: replaced verdicts, corrected rolls, earlier rounds, the court's decisions. */
export function VerdictHistory({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useTranslation();
  const { title, earlierVerdicts, earlierRounds } = resolution;
  return (
    <div className="verdict-history">
      <Rulings resolution={resolution} />
      <Corrections resolution={resolution} />
      {earlierVerdicts.map((verdict) => (
        <details key={verdict.revision}>
          <summary>
            {t('verdict.replaced', { seq: verdict.seq, outcome: t(`verdict.outcome.${verdict.outcome}`) })}
          </summary>
          <VerdictCard title={title} verdict={verdict} />
        </details>
      ))}
      {earlierRounds.map((round) => (
        <EarlierRound key={round.round} round={round} title={title} />
      ))}
    </div>
  );
}
