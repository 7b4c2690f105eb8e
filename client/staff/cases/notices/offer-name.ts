import type { TFunction } from 'i18next';
import type { NoticeOffer } from '../../../../server/protocol/rest/notice-routes.ts';

/** What is told, and that it corrects what was told before. */
export function offerName({ kind, about, correction }: NoticeOffer, t: TFunction): string {
  return correction === null
    ? t(`staff.notices.about.${kind}`, { title: about })
    : t('staff.notices.correction', { title: about, revision: correction });
}
