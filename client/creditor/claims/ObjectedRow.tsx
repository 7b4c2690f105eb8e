import { useTranslation } from 'react-i18next';
import type { ObjectionView } from '../../../server/protocol/rest/objection-routes.ts';

/** Which row an objection is to, and what of it is doubted. */
export function ObjectedRow({ claimName, claimNo, point }: ObjectionView) {
  const { t } = useTranslation();
  return (
    <p>
      {t('claims.objectionTo', { name: claimName, claimNo })}
      {' · '}
      {t(`claims.point.${point}`)}
    </p>
  );
}
