import { useMemo } from 'react';
import { useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { BallotBody, ReceiptView, UnitRight } from '../../../server/protocol/room.ts';
import type { ResolutionSlice } from '../../../server/protocol/room-slices.ts';
import type { Choice } from '../../../server/protocol/scalars.ts';
import { yuanWithUnit } from '../../format/money.ts';
import { createNonce, toBallotKey, useBallots, type BallotProgress } from '../../state/ballots.ts';
import { usePreferences } from '../../state/preferences.ts';
import { findResolution, rightsIn } from '../../state/rights.ts';
import { useNatures } from '../RightsCard.tsx';
import { useMeeting } from '../use-meeting.ts';

export interface BallotSubject {
  readonly resolution: ResolutionSlice;
  readonly right: UnitRight;
  /** Key of the ballot on this phone. */
  readonly key: string;
  readonly progress: BallotProgress | undefined;
  /** From this page's own cast or from the person's state; undefined until the server has answered. */
  readonly receipt: ReceiptView | undefined;
  /** Path of this ballot; `/confirm` and `/receipt` lie below it. */
  readonly path: string;
}

/** The ballot that the address names; undefined when there is no such resolution or unit for this person. */
export function useBallotSubject(): BallotSubject | undefined {
  const { resolutionId = '', unitId = '' } = useParams();
  const { state, personal, base } = useMeeting();
  const ballots = useBallots((store) => store.ballots);
  const resolution = findResolution(state, resolutionId);
  const right = rightsIn(personal, resolutionId).find((one) => one.unitId === unitId);
  if (resolution === undefined || right === undefined) return undefined;
  const key = toBallotKey({ personId: personal.personId, resolutionId, round: resolution.round, unitId });
  const progress = ballots[key];
  const receipt = progress?.kind === 'received' ? progress.receipt : (right.receipt ?? undefined);
  return { resolution, right, key, progress, receipt, path: `${base}/vote/${resolutionId}/${unitId}` };
}

/** Titles are quoted once: 《财产管理方案》. */
function quoted(title: string): string {
  return title.startsWith('《') ? title : `《${title}》`;
}

/** 江南某某有限公司（普通债权，1,234,567.89 元）对《财产管理方案》：不同意。 Own vote: 您本人. */
export function useBallotSentence(): (
  subject: BallotSubject,
  choice: Choice,
  tense: 'now' | 'past',
) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const natures = useNatures();
  return useMemo(
    () =>
      ({ resolution, right }, choice, tense) =>
        t(tense === 'now' ? 'vote.sentence' : 'vote.sentencePast', {
          who: right.capacityKind === 'self' ? t('vote.yourself') : right.creditorName,
          natures: natures(right),
          amount: yuanWithUnit(right.amountFen, language),
          title: quoted(resolution.title),
          choice: t(`choice.${choice}`),
        }),
    [t, language, natures],
  );
}

/** What is sent; made once, at the moment of confirming. Undefined while the roll is not frozen. */
export function createBallotBody(
  origin: string,
  { resolution, right }: BallotSubject,
  choice: Choice,
): BallotBody | undefined {
  if (resolution.rollRoot === null) return undefined;
  return {
    v: '1',
    origin,
    resolutionId: resolution.resolutionId,
    round: resolution.round,
    rollRoot: resolution.rollRoot,
    unitId: right.unitId,
    choice,
    version: '0',
    actingAs: right.capacityId,
    documentsRoot: resolution.documentsRoot,
    nonce: createNonce(),
    clientTs: new Date().toISOString(),
  };
}
