import { Link } from 'react-router';
import { useTranslation } from 'react-i18next';
import { matterOf } from '../../format/matter.ts';
import { votesDone, type OpenVote } from '../../state/rights.ts';
import { ChangeBallot } from '../ballot/after/ChangeBallot.tsx';
import { useMeeting } from '../use-meeting.ts';

/** ✓ 您已表决 — in each open vote in which nothing is left for this person to cast. */
export function VotedCards() {
  const { state, personal } = useMeeting();
  return votesDone(state, personal).map((vote) => (
    <VotedCard key={`${vote.resolution.resolutionId}.${vote.resolution.round}`} vote={vote} />
  ));
}

function VotedCard({ vote: { resolution, units } }: { readonly vote: OpenVote }) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  const [only, another] = units;
  const own = another === undefined ? only : undefined;
  const { resolutionId } = resolution;
  const title = matterOf(resolution, t);
  const mayChange = units.some((unit) => unit.mayChange);
  return (
    <section className="card" role="status" aria-label={t('voted.of', { title })}>
      <p>
        <strong>
          <span aria-hidden="true">✓ </span>
          {t('voted.of', { title })}
        </strong>
      </p>
      {own !== undefined && own.receipt !== null ? (
        <>
          <p>
            {t('voted.one', { choice: t(`choice.${own.receipt.choice}`), seq: own.receipt.seq })}{' '}
            <Link to={`${base}/vote/${resolutionId}/${own.unitId}/receipt`}>{t('myBallots.receipt')}</Link>
          </p>
          <ChangeBallot resolution={resolution} right={own} />
        </>
      ) : (
        <p>
          {t('voted.many', { count: units.length })}{' '}
          <Link to={`${base}/my-ballots`}>{t(mayChange ? 'voted.seeOrChange' : 'voted.seeAll')}</Link>
        </p>
      )}
    </section>
  );
}
