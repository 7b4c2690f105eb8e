import { Button } from 'antd';
import type { NoticeOffer, NoticesView } from '../../../../server/protocol/rest/notice-routes.ts';
import { calendarDate } from '../../../format/time.ts';
import { Mark, type MarkShape } from '../../parts/Mark.tsx';
import { useWords } from '../../parts/use-words.ts';
import { offerName } from './offer-name.ts';

interface OfferedNoticesProps {
  readonly view: NoticesView;
  readonly onDraft: (offer: NoticeOffer) => void;
}

/** What is to be told, each with its last day; the convening also again, when matters were added. */
export function OfferedNotices({ view, onDraft }: OfferedNoticesProps) {
  const { t, language } = useWords();
  const convened = view.notices.filter(({ kind }) => kind === 'CONVENING').length;
  return (
    <ul className="row-list notices-offers">
      {view.offers.map((offer) => {
        const { kind, resolutionId, dueOn } = offer;
        const standing = standingOf(offer, view.today, convened);
        const name = offerName(offer, t);
        return (
          <li key={resolutionId ?? kind}>
            <div>
              <strong>{name}</strong>
              <p className="muted">
                {t(`staff.notices.rule.${standing === 'again' ? 'again' : kind}`, {
                  date: dueOn === null ? '' : calendarDate(dueOn, language),
                })}
              </p>
            </div>
            <Mark
              shape={SHAPES[standing]}
              word={t(`staff.notices.standing.${standing}`, { count: convened })}
            />
            {view.mayIssue ? (
              <Button
                type={kind === 'RESULT' ? 'primary' : 'default'}
                aria-label={t('staff.notices.draftOf', { name })}
                onClick={() => onDraft(offer)}
              >
                {t('staff.notices.draft')}
              </Button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

type Standing = 'due' | 'overdue' | 'again';

const SHAPES: Readonly<Record<Standing, MarkShape>> = { due: 'warning', overdue: 'blocks', again: 'done' };

function standingOf({ kind, dueOn }: NoticeOffer, today: string, convened: number): Standing {
  if (kind === 'CONVENING' && convened > 0) return 'again';
  return dueOn !== null && dueOn < today ? 'overdue' : 'due';
}
