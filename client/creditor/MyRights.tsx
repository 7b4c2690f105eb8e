import { useTranslation } from 'react-i18next';
import { resolutionsOf, rightsIn } from '../state/rights.ts';
import { RightLine } from './RightsCard.tsx';
import { useMeeting } from './use-meeting.ts';
import './rights.css';

/** Own rights in every item of the meeting; `heading` is that of an item, one below what stands above it. */
export function MyRights({ heading: Heading }: { readonly heading: 'h2' | 'h3' }) {
  const { t } = useTranslation();
  const { state, personal } = useMeeting();
  const resolutions = resolutionsOf(state);
  if (resolutions.length === 0) return <p className="muted">{t('rights.noItems')}</p>;
  return (
    <ul className="stack">
      {resolutions.map((resolution) => {
        const rights = rightsIn(personal, resolution.resolutionId);
        return (
          <li key={resolution.resolutionId}>
            <Heading>{resolution.title}</Heading>
            {rights.length === 0 && <p className="muted">{t('rights.none')}</p>}
            {rights.map((right) => (
              <RightLine key={right.unitId} right={right} resolution={resolution} />
            ))}
          </li>
        );
      })}
    </ul>
  );
}
