import type { ObjectionView } from '../../../server/protocol/rest/objection-routes.ts';
import { useWords } from '../parts/use-words.ts';

/** What a dialog is about: to which claim, on what point, and in the objector's own words. */
export function QuotedObjection({ objection }: { readonly objection: ObjectionView }) {
  const { t } = useWords();
  return (
    <>
      <p>
        {t('claims.objectionTo', { name: objection.claimName, claimNo: objection.claimNo })} ·{' '}
        {t(`claims.point.${objection.point}`)}
      </p>
      <p className="objection-text objection-quote">{objection.text}</p>
    </>
  );
}
