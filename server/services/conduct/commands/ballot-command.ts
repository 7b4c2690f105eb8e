import { DomainError } from '../../../domain/errors.ts';
import { judgeBallot } from '../../../domain/meeting/ballot-rules.ts';
import {
  judgeSignature,
  type CheckedSignature,
  type SignatureVerdict,
} from '../../../domain/meeting/key-rules.ts';
import type { CastBallot, MeetingState } from '../../../domain/meeting/state.ts';
import { groupWords } from '../../../domain/minutes/words.ts';
import type { BallotAuth } from '../../../protocol/entry-bodies/vote.ts';
import type { Group } from '../../../protocol/entry-parts.ts';
import type { Capacity } from '../../../domain/master-data.ts';
import { findProxyBar } from '../../../domain/people/proxies.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import type { BallotBody, ReceiptView } from '../../../protocol/room.ts';
import type { Choice } from '../../../protocol/scalars.ts';
import type { Command } from './command.ts';
import type { FrozenRoll } from '../vote/frozen-roll.ts';

export interface Casting {
  readonly ballot: BallotBody;
  readonly personId: string;
  /** The device's signature, checked; undefined when the ballot came without one. */
  readonly signature: CheckedSignature | undefined;
  /** The person's capacity for the unit, named in the ballot; undefined when it is none of the person's. */
  readonly capacity: Capacity | undefined;
  /** It was revoked or has come to its end. */
  readonly hasEnded: boolean;
  /** Roll of the vote; undefined before opening. */
  readonly roll: FrozenRoll | undefined;
  /** RFC 3339, taken when the request arrived. */
  readonly receivedAt: string;
}

type Recorded = Pick<
  CastBallot,
  'seq' | 'leafHash' | 'ts' | 'version' | 'choice' | 'channel' | 'isSigned'
> & {
  /** The ballot that this one took the place of. */
  readonly previous: Pick<CastBallot, 'seq'> | null;
  /** Its receipt, when it was recorded just now. */
  readonly proof?: () => string;
};

/** One ballot of one unit. Answers with what is recorded, now or by the same request before. */
export function castBallot(casting: Casting): Command<Recorded & { readonly isRepeated: boolean }> {
  const { ballot, personId, capacity, roll, receivedAt } = casting;
  return {
    privates: [],
    decide: (state) => {
      const signature = judgeSignature(state, personId, casting.signature);
      const verdict = judgeBallot({
        ballot,
        resolution: state.resolutions.get(ballot.resolutionId),
        origin: state.origin,
        isOwnUnit: capacity !== undefined,
        actorBar: actorBarOf(casting, state),
        actor: { personId, isProxy: capacity?.kind === 'proxy' },
        proxyDocHash: capacity?.proxy?.documentSha256,
        rollRow: rowOf(roll, ballot.unitId),
        signature,
        receivedAt,
      });
      if (verdict.kind === 'refuse') {
        throw new DomainError(verdict.code, verdict.params ? { params: verdict.params } : {});
      }
      if (verdict.kind === 'repeat')
        return { entries: [], reply: () => ({ ...verdict.cast, isRepeated: true }) };
      const auth = toAuth(personId, signature);
      const previous = state.resolutions.get(ballot.resolutionId)?.ballots.get(ballot.unitId) ?? null;
      return {
        entries: [{ t: 'ballot.cast', body: { ballot, auth, channel: 'online', receivedAt } }],
        reply: ([appended]) => {
          if (!appended) throw new Error('ballot answered without its entry');
          const { choice, version } = ballot;
          const isSigned = auth.method === 'signed';
          return { ...appended, version, choice, channel: 'online', isSigned, previous, isRepeated: false };
        },
      };
    },
  };
}

function toAuth(personId: string, signature: SignatureVerdict): BallotAuth {
  if (signature.kind !== 'signed') return { method: 'unsigned', personId };
  const { keyId, alg } = signature.key;
  return { method: 'signed', personId, keyId, alg, signature: signature.signature };
}

/** Why the person, who has or had this capacity, may not cast the ballot now. */
function actorBarOf({ ballot, capacity, hasEnded }: Casting, state: MeetingState): ErrorCode | undefined {
  if (capacity === undefined) return undefined;
  if (hasEnded) return 'PROXY_ENDED';
  const { resolutionId } = ballot;
  const type = state.resolutions.get(resolutionId)?.published.type ?? '';
  return findProxyBar(capacity, { resolutionId, type }, state.ownPresence.has(capacity.creditorId));
}

function rowOf(roll: FrozenRoll | undefined, unitId: string) {
  if (roll?.units.has(unitId)) return { mayVote: true, reason: null };
  const excluded = roll?.excluded.get(unitId);
  return excluded && { mayVote: false, reason: excluded.reason };
}

/** How a choice is written in receipts and minutes. */
export const choiceNames: Readonly<Record<Choice, string>> = {
  for: '同意',
  against: '不同意',
  abstain: '弃权',
};

/** Whose ballot on what a receipt is about. */
export interface ReceiptSubject {
  readonly resolutionId: string;
  readonly round: string;
  readonly unitId: string;
  readonly group: Group;
  readonly creditorName: string;
  readonly resolutionTitle: string;
}

export function toReceipt(state: MeetingState, recorded: Recorded, about: ReceiptSubject): ReceiptView {
  const { seq, leafHash, ts, version, choice, channel, isSigned } = recorded;
  const { resolutionId, round, unitId, group } = about;
  return {
    origin: state.origin,
    seq,
    leafHash,
    ts,
    resolutionId,
    round,
    unitId,
    group,
    choice,
    version,
    channel,
    isSigned,
    sentence: sentenceOf(recorded, about),
  };
}

/** `第 12 号：江南某某公司（普通债权组）对《重整计划草案》：同意。` */
function sentenceOf({ seq, choice, previous }: Recorded, about: ReceiptSubject): string {
  const { group, round, creditorName, resolutionTitle } = about;
  const inGroup = group === 'ALL' ? '' : `（${groupWords[group]}）`;
  const inRound = round === '1' ? '' : `（第 ${round} 次表决）`;
  const changes = previous ? `（更改，代替第 ${previous.seq} 号）` : '';
  return `第 ${seq} 号：${creditorName}${inGroup}对《${resolutionTitle}》${inRound}：${choiceNames[choice]}${changes}。`;
}
