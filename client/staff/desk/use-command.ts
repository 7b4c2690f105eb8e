import type { TFunction } from 'i18next';
import { useCallback, useState } from 'react';
import { create } from 'zustand';
import type { RoomRequest, RoomRequestName } from '../../../server/protocol/room.ts';
import type { Language } from '../../../server/protocol/scalars.ts';
import { errorText, toAppError, type AppError } from '../../api/app-error.ts';
import { dateTimeWithSeconds } from '../../format/time.ts';
import { request, useRoom } from '../../state/room.ts';
import { useWords } from '../parts/use-words.ts';

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
    case 'round':
    case 'version':
      return t(`staff.stale.${field}`);
    default:
      return t('staff.stale.other');
  }
}

function refusalText(error: AppError, t: TFunction, language: Language): string {
  return error.code === 'STALE_COMMAND'
    ? `${t('staff.stale.title')} ${whatHappened(error, t, language)}`
    : `${t('staff.command.refused')} ${errorText(error, t)}`;
}

/** The last refusal, shown at the foot of the desk, where it covers nothing, until it was read. */
export const useRefusal = create<{ readonly text: string | undefined }>(() => ({ text: undefined }));

export function dismissRefusal(): void {
  useRefusal.setState({ text: undefined });
}

interface Command {
  readonly isBusy: boolean;
  /** Sends a command; true when the server carried it out. */
  readonly send: <N extends RoomRequestName>(name: N, payload: RoomRequest<N>) => Promise<boolean>;
}

function useSend(onRefused: (text: string | undefined) => void): Command {
  const { t, language } = useWords();
  const [isBusy, setBusy] = useState(false);
  const send = useCallback(
    async <N extends RoomRequestName>(name: N, payload: RoomRequest<N>) => {
      setBusy(true);
      onRefused(undefined);
      try {
        await request(name, payload);
        return true;
      } catch (thrown) {
        onRefused(refusalText(toAppError(thrown), t, language));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [onRefused, t, language],
  );
  return { isBusy, send };
}

const tellAtFoot = (text: string | undefined): void => useRefusal.setState({ text });

/** A command by a button of the desk: a refusal is told at the foot with what happened instead. */
export function useCommand(): Command {
  return useSend(tellAtFoot);
}

/** A command by a form: the refusal stands in the form, and what was typed stays. */
export function useFormCommand(): Command & { readonly refusal: string | undefined } {
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  return { ...useSend(setRefusal), refusal };
}
