import { useMemo } from 'react';
import { useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { BallotBody, ReceiptView, UnitRight } from '../../../server/protocol/room.ts';
import type { ResolutionSlice } from '../../../server/protocol/room-slices.ts';
import type { Choice } from '../../../server/protocol/scalars.ts';
import { yuanWithUnit } from '../../format/money.ts';
import { matterOf } from '../../format/matter.ts';
import { findKeptRefusal, type KeptRefusal } from '../../record/kept-receipts.ts';
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
  const { personId } = personal;
  const key = ballotKeyOf({ personId, resolution, right });
  const progress = ballots[key];
  const receipt = receiptOf(right, progress);
  return { resolution, right, key, progress, receipt, path: `${base}/vote/${resolutionId}/${unitId}` };
}

/** Key of the ballot on this phone: of the first one, or of the change that may follow the one in force. */
export function ballotKeyOf(ballot: {
  readonly personId: string;
  readonly resolution: Pick<ResolutionSlice, 'resolutionId' | 'round'>;
  readonly right: UnitRight;
}): string {
  const { personId, resolution, right } = ballot;
  const { resolutionId, round } = resolution;
  const change = right.receipt === null ? {} : { change: String(Number(right.receipt.version) + 1) };
  return toBallotKey({ personId, resolutionId, round, unitId: right.unitId, ...change });
}

/** What this browser keeps of the ballot, where it was refused and none was counted since. */
export function findRefusalOf(
  { resolution, right }: Pick<BallotSubject, 'resolution' | 'right'>,
  origin: string,
): KeptRefusal | undefined {
  const { resolutionId, round } = resolution;
  return findKeptRefusal({ origin, resolutionId, round, unitId: right.unitId });
}

/** While a change is under way there is no receipt to show for it yet; the earlier ballot stays in force. */
function receiptOf(right: UnitRight, progress: BallotProgress | undefined): ReceiptView | undefined {
  if (progress === undefined) return right.receipt ?? undefined;
  return progress.kind === 'received' ? progress.receipt : undefined;
}

/** 普通债权组, or the natures of the claims where the vote is not by classes. */
export function useUnitLabel(): (right: UnitRight) => string {
  const { t } = useTranslation();
  const natures = useNatures();
  return (right) => (right.group === 'ALL' ? natures(right) : t(`group.${right.group}`));
}

/** Titles are quoted once: 《财产管理方案》. */
export function quoted(title: string): string {
  return title.startsWith('《') ? title : `《${title}》`;
}

/** As it stands in a sentence: a title is quoted, the question of an election reads on. */
function quotedMatter(resolution: ResolutionSlice, t: TFunction): string {
  const matter = matterOf(resolution, t);
  return matter === resolution.title ? quoted(matter) : matter;
}

/** 江南某某有限公司（普通债权，1,234,567.89 元）对《财产管理方案》：不同意。 Own vote: 您本人. */
export function useBallotSentence(): (
  subject: BallotSubject,
  choice: Choice,
  tense: 'now' | 'past',
) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const unitLabel = useUnitLabel();
  return useMemo(
    () =>
      ({ resolution, right }, choice, tense) =>
        t(tense === 'now' ? 'vote.sentence' : 'vote.sentencePast', {
          who: right.capacityKind === 'self' ? t('vote.yourself') : right.creditorName,
          natures: unitLabel(right),
          amount: yuanWithUnit(right.amountFen, language),
          title: quotedMatter(resolution, t),
          choice: t(`choice.${choice}`),
        }),
    [t, language, unitLabel],
  );
}

/** What is sent; made once, at the moment of confirming. Undefined while the roll is not frozen. */
export function createBallotBody(
  origin: string,
  { resolution, right }: Pick<BallotSubject, 'resolution' | 'right'>,
  choice: Choice,
): BallotBody | undefined {
  if (resolution.rollRoot === null) return undefined;
  const proxyDocHash = right.proxy?.documentSha256 ?? undefined;
  return {
    v: '1',
    origin,
    resolutionId: resolution.resolutionId,
    round: resolution.round,
    rollRoot: resolution.rollRoot,
    unitId: right.unitId,
    choice,
    ...versionOf(right),
    actingAs: right.capacityId,
    ...(proxyDocHash !== undefined && { proxyDocHash }),
    documentsRoot: resolution.documentsRoot,
    nonce: createNonce(),
    clientTs: new Date().toISOString(),
  };
}

/** A change names the ballot that it takes the place of. */
function versionOf({ receipt }: UnitRight): Pick<BallotBody, 'version' | 'supersedes'> {
  if (receipt === null) return { version: '0' };
  return { version: String(Number(receipt.version) + 1), supersedes: receipt.version };
}
