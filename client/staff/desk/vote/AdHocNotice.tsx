import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { dateTime } from '../../../format/time.ts';
import { useWords } from '../../parts/use-words.ts';

/** 临时议题: why it was added, with whose consent, and when the time to read is over. */
export function AdHocNotice({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t, language } = useWords();
  const { adHoc } = resolution;
  if (adHoc === null) return null;
  return (
    <p className="ad-hoc">
      <strong>{t('staff.adHoc.mark')}</strong>{' '}
      {t('staff.adHoc.notice', {
        reason: adHoc.reason,
        consent: adHoc.courtConsentNo,
        time: dateTime(adHoc.openNotBefore, language),
      })}
    </p>
  );
}
