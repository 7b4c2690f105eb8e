import type { TFunction } from 'i18next';
import type { DeliveryRow, NoticeView } from '../../../../server/protocol/rest/notice-routes.ts';

/** Whom a step concerns: the creditors chosen, or all without a proved delivery where none is. */
export interface ConcernedProps {
  readonly meetingId: string;
  readonly notice: NoticeView;
  readonly chosen: readonly DeliveryRow[];
  readonly onDone: (isDone: boolean) => void;
}

/** Named one by one up to here. */
const NAMED_MAX = 5;

interface Concerned {
  readonly count: number;
  /** As the routes take it. */
  readonly body: { readonly creditorIds?: string[] };
}

export function concernedOf({ notice, chosen }: Pick<ConcernedProps, 'notice' | 'chosen'>): Concerned {
  if (chosen.length === 0) return { count: notice.recipients - notice.delivered, body: {} };
  return { count: chosen.length, body: { creditorIds: chosen.map(({ creditorId }) => creditorId) } };
}

/** The first ones by name, as a confirmation repeats them. */
export function namesOf(chosen: readonly DeliveryRow[], t: TFunction): string {
  const names = chosen.slice(0, NAMED_MAX).map(({ name }) => name);
  const listed = names.join(t('common.listComma'));
  return chosen.length > names.length ? t('staff.notices.andOthers', { names: listed }) : listed;
}
