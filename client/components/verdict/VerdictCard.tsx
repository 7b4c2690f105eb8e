import { useTranslation } from 'react-i18next';
import type { VerdictView } from '../../../server/protocol/room-slices.ts';
import type { RulingView } from '../../../server/protocol/vote/slices.ts';
import { CourtDecisions } from './CourtDecisions.tsx';
import { GroupVerdict } from './GroupVerdict.tsx';
import { OtherCounts, SettingsList } from './VerdictBasis.tsx';
import { resultWords } from './result-words.ts';
import './verdict.css';

const NO_RULINGS: readonly RulingView[] = [];

interface VerdictCardProps {
  readonly title: string;
  readonly verdict: VerdictView;
  /** Decisions of the court on the item; left out of a verdict that is no longer in force. */
  readonly rulings?: readonly RulingView[];
  /** Where those entitled record one. */
  readonly recordAt?: string | undefined;
}

/**
 * The verdict, to be followed line by line: a word, the article, each group's tests as bars with figures and a
 * table in text, how the open points of law were decided, the same ballots counted otherwise, what follows.
 */
export function VerdictCard({ title, verdict, rulings = NO_RULINGS, recordAt }: VerdictCardProps) {
  const { t } = useTranslation();
  const words = resultWords(verdict);
  return (
    <section className="verdict" aria-label={t(`${words}.of`, { title })}>
      <p
        className={
          verdict.passed || verdict.outcome === 'RECORDED'
            ? 'verdict__word'
            : 'verdict__word verdict__word--failed'
        }
      >
        {t(`verdict.outcome.${verdict.outcome}`)}
      </p>
      {verdict.followUp.map((key) => (
        <p key={key}>{t(`followUp.${key}`, { defaultValue: key })}</p>
      ))}
      <CourtDecisions rulings={rulings} recordAt={recordAt} />
      <p className="small">
        {t(`verdict.law.${verdict.ruleId}`, {
          article: verdict.article,
          defaultValue: t('verdict.article', { article: verdict.article }),
        })}
        {verdict.round !== '1' && t(`${words}.round`, { round: verdict.round })}
        {verdict.revision !== '0' && t('verdict.corrected', { revision: verdict.revision })}
      </p>
      {verdict.warnings.length > 0 && (
        <ul className="verdict__warnings">
          {verdict.warnings.map((warning) => (
            <li key={warning}>{t(`verdict.warning.${warning}`, { defaultValue: warning })}</li>
          ))}
        </ul>
      )}
      {verdict.groups.map((group) => (
        <GroupVerdict key={group.group} group={group} verdict={verdict} />
      ))}
      <OtherCounts counts={verdict.otherCounts} />
      <SettingsList settings={verdict.settings} />
      <p className="muted">{t('verdict.entry', { seq: verdict.seq })}</p>
    </section>
  );
}
