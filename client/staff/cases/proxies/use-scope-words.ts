import { meetingRoutes } from '../../../../server/protocol/rest/meeting-routes.ts';
import type { ItemScope } from '../../../../server/protocol/rest/proxy-routes.ts';
import { call } from '../../../api/call.ts';
import { useResource } from '../../../state/use-resource.ts';
import { useWords } from '../../parts/use-words.ts';

export interface KnownResolution {
  readonly resolutionId: string;
  readonly title: string;
  readonly meetingTitle: string;
}

/** Resolutions of the case's published meetings, newest meeting first; undefined until they are known. */
export function useCaseResolutions(caseId: string): readonly KnownResolution[] | undefined {
  const { data } = useResource(`case-resolutions/${caseId}`, async () => {
    const { rows } = await call(meetingRoutes.myMeetings, { query: { caseId, pageSize: 200 } });
    const published = rows.filter(({ state }) => state !== 'draft');
    const views = await Promise.all(
      published.map(({ meetingId }) => call(meetingRoutes.getMeeting, { params: { meetingId } })),
    );
    return views.flatMap(({ title: meetingTitle, resolutions }) =>
      resolutions.map(({ resolutionId, title }) => ({ resolutionId, title, meetingTitle })),
    );
  });
  return data;
}

/** 全部事项, or the resolutions and types by name. */
export function useScopeWords(caseId: string): (scope: ItemScope) => string {
  const { t } = useWords();
  const known = useCaseResolutions(caseId);
  const titles = new Map(known?.map(({ resolutionId, title }) => [resolutionId, title]));
  return (scope) => {
    if (scope.kind === 'all') return t('staff.proxyScope.all');
    if (scope.kind === 'types')
      return scope.types.map((type) => t(`staff.resolutionType.${type}`)).join('、');
    const named = scope.resolutionIds.flatMap((id) => titles.get(id) ?? []);
    const others = scope.resolutionIds.length - named.length;
    if (others > 0) named.push(t('staff.proxyScope.others', { count: others }));
    return named.join('、');
  };
}
