/** What is checked of one ballot after the other; knows what came before it. */
import type { Entry } from '../../../protocol/entries.ts';
import { fromBase64 } from '../base64.ts';
import { entriesOf, type Recorded, type VoteHistory } from '../history/meeting-history.ts';
import { rollInForce } from '../history/roll-in-force.ts';
import { ballotMessage, isSignatureWellFormed } from '../keys.ts';
import { requireRecord, requireRolls, type VerifyContext } from './context.ts';
import type { Findings } from './report.ts';

type Cast = Entry<'ballot.cast'>;

export interface BallotChecks {
  /** Everything but the signature's mathematics; in the order of the entries. */
  place(cast: Cast): void;
  /** The signature. */
  signature(cast: Cast): Promise<void>;
  /** What was declared void is a ballot of that unit. */
  voids(): void;
  readonly counts: { signed: number; unsigned: number; entered: number; voids: number };
}

/** What a vote's ballots are held against. */
interface Frame {
  readonly vote: VoteHistory;
  /** Units with a vote, by version of the roll; read when a ballot asks for it. */
  readonly units: Map<string, ReadonlySet<string>>;
  /** Last version cast by each unit. */
  readonly cast: Map<string, number>;
}

export function createBallotChecks(context: VerifyContext, findings: Findings): BallotChecks {
  const { origin, history } = requireRecord(context);
  const frames = new Map(history.votes.map((vote) => [nameOf(vote), toFrame(vote)]));
  const keys = new Map(entriesOf(history, 'key.bind').map((entry) => [entry.body.keyId, entry]));
  const firstKeyOf = firstKeys(keys.values());
  const cast = new Map<string, string>();
  const counts = { signed: 0, unsigned: 0, entered: 0, voids: 0 };

  function checkFrame({ seq, body: { ballot, receivedAt } }: Cast): void {
    const frame = frames.get(nameOf(ballot));
    const opened = frame?.vote.opened;
    if (ballot.origin !== origin) findings.add('BALLOT_ORIGIN', seq);
    if (!frame || !opened || Number(seq) < Number(opened.seq)) return findings.add('BALLOT_NOT_OPEN', seq);
    const roll = rollInForce(frame.vote, seq);
    if (ballot.rollRoot !== roll?.body.root) findings.add('BALLOT_ROLL', seq);
    if (ballot.documentsRoot !== opened.body.documentsRoot) findings.add('BALLOT_DOCUMENTS', seq);
    if (!unitsOf(context, frame, roll).has(ballot.unitId)) findings.add('BALLOT_UNIT', seq);
    const { closed } = frame.vote;
    const isLate = closed && (Number(seq) > Number(closed.seq) || receivedAt > closed.body.effectiveAt);
    if (isLate) findings.add('BALLOT_LATE', seq);
    checkVersion({ frame, ballot, seq, allowsChange: opened.body.allowChange });
  }

  function checkVersion({ frame, ballot, seq, allowsChange }: Versioned): void {
    const before = frame.cast.get(ballot.unitId);
    const expected = before === undefined ? 0 : before + 1;
    if (before !== undefined && !allowsChange) findings.add('BALLOT_TWICE', seq);
    else if (ballot.version !== String(expected) || ballot.supersedes !== textOf(before)) {
      findings.add('BALLOT_VERSION', seq);
    }
    frame.cast.set(ballot.unitId, expected);
  }

  /** It makes its unit present, so it must be one of the roll, and two people must have read it. */
  function checkInvalid(body: Entry<'ballot.void'>['body'], seq: string): void {
    const frame = frames.get(nameOf(body));
    const units = frame && unitsOf(context, frame, rollInForce(frame.vote, seq));
    if (units?.has(body.unitId) !== true) findings.add('BALLOT_UNIT', seq);
    const isByTwo = body.enteredBy !== undefined && body.enteredBy.personId !== body.actor?.personId;
    if (!isByTwo) findings.add('BALLOT_ONE_PERSON', seq);
  }

  return {
    counts,
    place(entry) {
      checkFrame(entry);
      checkAuth(entry, { keys, firstKeyOf, counts, findings });
      cast.set(entry.seq, `${nameOf(entry.body.ballot)}/${entry.body.ballot.unitId}`);
    },
    async signature({ seq, body: { ballot, auth } }) {
      const key = auth.method === 'signed' ? keys.get(auth.keyId) : undefined;
      if (auth.method !== 'signed' || !key || context.weakKeys.has(auth.keyId)) return;
      if (key.body.alg !== auth.alg) return;
      const signature = fromBase64(auth.signature);
      if (!isSignatureWellFormed(auth.alg, signature)) return findings.add('BALLOT_SIGNATURE_FORM', seq);
      const publicKey = fromBase64(key.body.publicKey);
      const signed = { alg: auth.alg, publicKey, message: ballotMessage(ballot), signature };
      if (!(await context.crypto.verifySignature(signed))) findings.add('BALLOT_SIGNATURE', seq);
    },
    voids() {
      for (const { body, seq } of entriesOf(history, 'ballot.void')) {
        counts.voids += 1;
        const voided = body.voidedSeq === undefined ? undefined : cast.get(body.voidedSeq);
        const isOfUnit = voided === `${nameOf(body)}/${body.unitId}`;
        if (body.voidedSeq !== undefined && !isOfUnit) findings.add('VOID_UNKNOWN', seq);
        if (body.cause === 'INVALID') checkInvalid(body, seq);
      }
    },
  };
}

interface AuthFrame {
  readonly keys: ReadonlyMap<string, Recorded<'key.bind'>>;
  readonly firstKeyOf: ReadonlyMap<string, number>;
  readonly counts: BallotChecks['counts'];
  readonly findings: Findings;
}

/** How the sender was known; the signature itself is checked apart. */
function checkAuth({ seq, body: { auth } }: Cast, { keys, firstKeyOf, counts, findings }: AuthFrame): void {
  if (auth.method === 'entered') {
    counts.entered += 1;
    if (auth.enteredBy.personId === auth.confirmedBy.personId) findings.add('BALLOT_ONE_PERSON', seq);
  } else if (auth.method === 'unsigned') {
    counts.unsigned += 1;
    if ((firstKeyOf.get(auth.personId) ?? Infinity) < Number(seq)) findings.add('BALLOT_UNSIGNED', seq);
  } else {
    counts.signed += 1;
    const key = keys.get(auth.keyId);
    if (!key || Number(key.seq) > Number(seq)) findings.add('BALLOT_KEY_UNBOUND', seq);
    else if (key.body.personId !== auth.personId || key.body.alg !== auth.alg)
      findings.add('BALLOT_KEY_OTHER', seq);
  }
}

interface Versioned {
  readonly frame: Frame;
  readonly ballot: Cast['body']['ballot'];
  readonly seq: string;
  readonly allowsChange: boolean;
}

const nameOf = ({ resolutionId, round }: { resolutionId: string; round: string }) =>
  `${resolutionId}/${round}`;
const textOf = (version: number | undefined) => (version === undefined ? undefined : String(version));

const toFrame = (vote: VoteHistory): Frame => ({ vote, units: new Map(), cast: new Map() });

function unitsOf(
  context: VerifyContext,
  { vote, units }: Frame,
  roll: Recorded<'roll.freeze'> | undefined,
): ReadonlySet<string> {
  const version = roll?.body.version ?? '';
  const known = units.get(version);
  if (known) return known;
  const rolls = requireRolls(context);
  const freeze = rolls.find(vote, version);
  const rows = freeze ? rolls.rows(freeze) : [];
  const read = new Set(rows.flatMap((row) => (row.status === 'excluded' ? [] : [row.unitId])));
  units.set(version, read);
  return read;
}

/** Number of the entry that bound a person's first key. */
function firstKeys(bindings: Iterable<Recorded<'key.bind'>>): Map<string, number> {
  const first = new Map<string, number>();
  for (const { body, seq } of bindings) {
    if (!first.has(body.personId)) first.set(body.personId, Number(seq));
  }
  return first;
}
