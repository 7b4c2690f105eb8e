import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { PersonalState } from '../../server/protocol/room.ts';
import type { RoomState } from '../../server/protocol/room-slices.ts';
import { matterOf } from '../format/matter.ts';
import { announce } from '../state/announcements.ts';
import { serverNowMs } from '../state/clock.ts';
import { resolutionsOf, votesToCast } from '../state/rights.ts';
import { useRoom } from '../state/room.ts';

/** Announced when a vote has this long to go. */
const WARNINGS_MS = [300_000, 60_000] as const;
const CHECK_EVERY_MS = 1_000;

function tellVotes(before: RoomState, now: RoomState, t: TFunction): void {
  for (const resolution of resolutionsOf(now)) {
    const earlier = before[`resolution:${resolution.resolutionId}`];
    if (earlier === undefined) continue;
    const title = matterOf(resolution, t);
    const isVerification = resolution.type === 'R01';
    if (resolution.status === 'open' && earlier.status !== 'open') {
      announce(t(isVerification ? 'claims.isOpen' : 'announce.voteOpened', { title }), true);
    }
    if (
      resolution.status === 'open' &&
      earlier.status === 'open' &&
      resolution.closesAt !== earlier.closesAt
    ) {
      announce(t(isVerification ? 'claims.verdict.extended' : 'announce.voteExtended', { title }), true);
    }
    if (resolution.verdict !== null && earlier.verdict === null) {
      const outcome = t(`verdict.outcome.${resolution.verdict.outcome}`);
      announce(t(isVerification ? 'claims.verdict.ended' : 'announce.verdict', { title, outcome }), true);
    }
  }
}

function tellFloor(before: PersonalState | undefined, now: PersonalState | undefined, t: TFunction): void {
  if (before === undefined || now === undefined || before.floor === now.floor) return;
  if (now.floor === 'offered') announce(t('announce.floorOffered'), true);
  if (before.floor === 'speaking' && now.floor === 'none') announce(t('announce.floorEnded'), true);
}

/** Tells a deadline's 5 minutes and 1 minute once each, to those who still have to vote. */
function watchDeadlines(t: TFunction): () => void {
  const told = new Set<string>();
  let lastMs = serverNowMs();
  const timer = setInterval(() => {
    const nowMs = serverNowMs();
    const { state, personal } = useRoom.getState();
    for (const { resolution } of votesToCast(state, personal)) {
      const closesMs = Date.parse(resolution.closesAt ?? '');
      for (const leftMs of WARNINGS_MS) {
        const key = `${resolution.resolutionId}.${resolution.closesAt}.${leftMs}`;
        const isCrossed = closesMs - lastMs > leftMs && closesMs - nowMs <= leftMs;
        if (!isCrossed || told.has(key)) continue;
        told.add(key);
        announce(t('announce.timeLeft', { title: matterOf(resolution, t), minutes: leftMs / 60_000 }), true);
      }
    }
    lastMs = nowMs;
  }, CHECK_EVERY_MS);
  return () => clearInterval(timer);
}

/** Announces what matters while a person is anywhere in a meeting. */
export function useRoomEvents(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const stopWatching = watchDeadlines(t);
    const unsubscribe = useRoom.subscribe((now, before) => {
      if (now.state !== before.state) tellVotes(before.state, now.state, t);
      if (now.personal !== before.personal) tellFloor(before.personal, now.personal, t);
    });
    return () => {
      stopWatching();
      unsubscribe();
    };
  }, [t]);
}
