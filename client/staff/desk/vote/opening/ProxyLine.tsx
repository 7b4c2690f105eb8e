import { proxyRoutes } from '../../../../../server/protocol/rest/proxy-routes.ts';
import { call } from '../../../../api/call.ts';
import { useRoom } from '../../../../state/room.ts';
import { useResource } from '../../../../state/use-resource.ts';
import { Mark } from '../../../parts/Mark.tsx';
import { useWords } from '../../../parts/use-words.ts';

/** 3 份委托未审核: a line of the check before a vote; whose document nobody has seen votes all the same. */
export function ProxyLine() {
  const { t } = useWords();
  const meetingId = useRoom((store) => store.state.meeting?.meetingId);
  const check = useResource(meetingId && `proxy-check/${meetingId}`, () =>
    call(proxyRoutes.checkProxies, { params: { meetingId: meetingId ?? '' } }),
  );
  if (check.data === undefined) return null;
  const { unreviewed } = check.data;
  const shape = unreviewed > 0 ? 'warning' : 'done';
  return (
    <li>
      <Mark shape={shape} word={t(`staff.checkState.${shape}`)} />
      <span>
        {unreviewed > 0
          ? t('staff.preCheck.proxies', { count: unreviewed })
          : t('staff.preCheck.proxiesReviewed')}
      </span>
    </li>
  );
}
