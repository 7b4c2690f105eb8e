import { App } from 'antd';
import type { TFunction } from 'i18next';
import { useCallback, useState } from 'react';
import type { RoomRequest, RoomRequestName } from '../../../server/protocol/room.ts';
import type { Language } from '../../../server/protocol/scalars.ts';
import { errorText, toAppError, type AppError } from '../../api/app-error.ts';
import { dateTimeWithSeconds } from '../../format/time.ts';
import { request, useRoom } from '../../state/room.ts';
import { useWords } from '../parts/use-words.ts';

/** A refusal stays long enough to be read aloud to the meeting. */
const REFUSAL_SHOWN_S = 12;

/**
 * What happened instead, from the state that has arrived meanwhile: 张×× 已接管主控, 会议已休会. The
 * command was not carried out.
 */
function whatHappened(error: AppError, t: TFunction, language: Language): string {
  const { state } = useRoom.getState();
  const field = String(error.params['field'] ?? '');
  const actual = String(error.params['actual'] ?? '');
  switch (field) {
    case 'phase':
      return t('staff.stale.phase', { phase: t(`staff.phase.${actual}`) });
    case 'item': {
      const item = state.agenda?.items.find(({ itemId }) => itemId === actual);
      return t('staff.stale.item', { title: item?.title ?? '' });
    }
    case 'host':
      return t('staff.stale.host', { label: state.host?.label ?? '' });
    case 'closesAt':
      return t('staff.stale.closesAt', { time: actual === '' ? '' : dateTimeWithSeconds(actual, language) });
    case 'floor':
      return t('staff.stale.floor', { label: state.floor?.label ?? t('staff.floor.nobody') });
    case 'roll':
      return t('staff.stale.roll');
    default:
      return t('staff.stale.other');
  }
}

interface Command {
  readonly isBusy: boolean;
  /** Sends a command; true when the server carried it out. A refusal is told with what happened. */
  readonly send: <N extends RoomRequestName>(name: N, payload: RoomRequest<N>) => Promise<boolean>;
}

export function useCommand(): Command {
  const { notification } = App.useApp();
  const { t, language } = useWords();
  const [isBusy, setBusy] = useState(false);
  const send = useCallback(
    async <N extends RoomRequestName>(name: N, payload: RoomRequest<N>) => {
      setBusy(true);
      try {
        await request(name, payload);
        return true;
      } catch (thrown) {
        const error = toAppError(thrown);
        const isStale = error.code === 'STALE_COMMAND';
        notification.warning({
          title: t(isStale ? 'staff.stale.title' : 'staff.command.refused'),
          description: isStale ? whatHappened(error, t, language) : errorText(error, t),
          duration: REFUSAL_SHOWN_S,
        });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [notification, t, language],
  );
  return { isBusy, send };
}
