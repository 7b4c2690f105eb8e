import { useTranslation } from 'react-i18next';

const USUAL_HEIGHTS: readonly number[] = [2, 5, 5];

/** Keeps the place of what is being loaded. Heights in rem, one block each. */
export function Skeleton({ heights = USUAL_HEIGHTS }: { readonly heights?: readonly number[] }) {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status" aria-label={t('common.loading')}>
      {heights.map((height, index) => (
        <div key={index} className="skeleton" style={{ height: `${height}rem` }} />
      ))}
    </div>
  );
}
