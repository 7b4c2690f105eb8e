import type { objectionRoutes } from '../../../server/protocol/rest/objection-routes.ts';
import type { ReplyOf } from '../../../server/protocol/rest/rest.ts';
import { calendarDate, dateTime } from '../../format/time.ts';
import { useWords } from '../parts/use-words.ts';

type Queue = ReplyOf<typeof objectionRoutes.objections>;

/** Until when objections come in and are answered, and how many rows go to the court for confirmation. */
export function VerificationSummary({ view }: { readonly view: Queue }) {
  const { t, language } = useWords();
  const { verification, claims } = view;
  const { state, endsAt, answerDueAt, suitUntil, claimsObjectedTo } = verification;
  const found = [
    [
      t('staff.objections.objections'),
      t('staff.objections.counts', { filed: verification.filed, open: verification.open }),
    ],
    [
      t('staff.objections.claims'),
      t('staff.objections.claimCounts', {
        claims,
        objected: claimsObjectedTo,
        without: claims - claimsObjectedTo,
      }),
    ],
    [t('staff.objections.none'), t('staff.objections.noneCount', { count: verification.withoutObjection })],
  ];
  const facts = [
    [t('staff.objections.state'), t(`claims.period.${state}`)],
    endsAt !== null && [
      t(state === 'ended' ? 'staff.objections.endedAt' : 'staff.objections.endsAt'),
      dateTime(endsAt, language),
    ],
    answerDueAt !== null && [t('staff.objections.answerDue'), dateTime(answerDueAt, language)],
    suitUntil !== null && [t('staff.objections.suitUntil'), calendarDate(suitUntil, language)],
    ...(state === 'none' ? [] : found),
  ].filter((fact) => fact !== false);
  return (
    <>
      <p className="muted">{t('staff.objections.rule')}</p>
      <dl className="verification-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
