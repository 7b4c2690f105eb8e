import { credentialKey, type Entry, type EntryType } from '../../protocol/entries.ts';
import type {
  CastBallot,
  DeadlineMove,
  MeetingState,
  ProvedDelivery,
  ResolutionState,
  SignIn,
  VoteRound,
} from './state.ts';

/** Incidents kept in the state; all of them are in the ledger. */
const KEPT_INCIDENTS = 50;

/** An entry with the hash of its leaf, hexadecimal. */
type Applied<T extends EntryType> = Entry<T> & { readonly leafHash: string };
type Appliers = { readonly [T in EntryType]?: (state: MeetingState, entry: Applied<T>) => void };

/**
 * Folds one durable entry into the state. The entry is taken as true: whether it may be appended was
 * decided before (`rules` of the commands); a fold that refused could not be rebuilt from the ledger.
 */
export function applyEntry(state: MeetingState, entry: Entry, leafHash: string): void {
  const apply = appliers[entry.t] as ((state: MeetingState, entry: Applied<EntryType>) => void) | undefined;
  apply?.(state, { ...entry, leafHash });
  state.lastTs = entry.ts;
  state.size += 1;
}

const appliers: Appliers = {
  'meeting.convene': (state, { origin, body }) => {
    state.origin = origin;
    state.convened = body;
  },
  'writer.epoch': (state) => {
    state.previousWriterTs = state.lastTs;
  },
  'host.assign': (state, { body, ts }) => {
    state.host = { personId: body.hostPersonId, role: body.hostRole, since: ts };
  },
  'agenda.move': applyMove,
  'doc.publish': (state, { body }) => void state.documents.set(body.documentId, body),
  'resolution.publish': (state, { body, ts }) => {
    state.resolutions.set(body.resolutionId, emptyResolution(body, ts));
  },
  'key.bind': (state, { body, seq }) => {
    state.keys.set(body.keyId, { ...body, seq });
    state.keyCounts.set(body.personId, (state.keyCounts.get(body.personId) ?? 0) + 1);
  },
  presence: applyPresence,
  floor: applyFloor,
  objection: applyObjection,
  incident: (state, { body, ts }) => {
    if (body.code === 'HEARTBEAT') return;
    if (body.code === 'CLOCK_JUMP') state.isClockSuspect = true;
    if (body.code === 'CLOCK_CONFIRMED') state.isClockSuspect = false;
    state.incidents.push({ ts, code: body.code });
    if (state.incidents.length > KEPT_INCIDENTS) state.incidents.shift();
  },
  'roll.freeze': (state, { body, ts, seq }) => {
    const resolution = requireResolution(state, body.resolutionId);
    if (resolution.round !== body.round) startRound(resolution, body.round);
    resolution.roll = body;
    resolution.rolls.push({ body, ts, seq });
  },
  'ballot.open': (state, { body, ts, seq }) => {
    const resolution = requireResolution(state, body.resolutionId);
    resolution.opened = { body, ts, seq };
    resolution.closesAt = body.closesAt;
    resolution.status = 'open';
  },
  'ballot.extend': (state, entry) => moveDeadline(state, entry, 'extension'),
  'ballot.cast': applyBallot,
  'ballot.void': (state, { body, seq, ts }) => {
    const { ballots, voided, voids, invalid } = requireResolution(state, body.resolutionId);
    if (body.nonce !== undefined) voided.set(body.nonce, { seq, ts, cause: body.cause });
    if (body.cause === 'INVALID') invalid.set(body.unitId, { seq, ts });
    const cast = ballots.get(body.unitId);
    if (cast === undefined || cast.seq !== body.voidedSeq) return;
    ballots.delete(body.unitId);
    voids.set(body.unitId, cast);
  },
  'ballot.interrupt': (state, { body }) => {
    const resolution = requireResolution(state, body.resolutionId);
    resolution.interrupted = body;
    resolution.status = 'interrupted';
  },
  'ballot.resume': (state, entry) => {
    moveDeadline(state, entry, 'resumption');
    requireResolution(state, entry.body.resolutionId).status = 'open';
  },
  'ballot.close': (state, { body, ts, seq }) => {
    const resolution = requireResolution(state, body.resolutionId);
    resolution.closed = { body, ts, seq };
    resolution.status = body.cause === 'ABORTED' ? 'aborted' : 'closed';
  },
  tally: (state, { body }) => {
    requireResolution(state, body.resolutionId).tally = body;
  },
  verdict: (state, { body, ts, seq }) => {
    const resolution = requireResolution(state, body.resolutionId);
    resolution.verdict = { body, ts, seq, rollVersion: resolution.tally?.rollVersion ?? '0' };
    resolution.verdicts.push(resolution.verdict);
    resolution.countedVoids = resolution.voids.size;
  },
  ruling: (state, { body, ts, seq }) => void state.rulings.push({ body, ts, seq }),
  notice: (state, { body, ts, seq }) => void state.notices.push({ body, ts, seq }),
  'minutes.seal': (state, { body, ts, seq }) => void state.seals.push({ body, ts, seq }),
  'credential.reset': (state, { body }) => void state.credentialResets.add(credentialKey(body)),
  evidence: (state, { body, ts, seq }) => {
    const { seq: lostSeq, leafHash, actor } = body;
    state.evidence.set(leafHash, { seq, ts, lostSeq, personId: actor.personId });
  },
  'notice.delivery': ({ deliveries }, { body, ts, seq }) => {
    const { noticeId, creditorIds, proof, deliveredOn } = body;
    const known = deliveries.get(noticeId) ?? new Map<string, ProvedDelivery>();
    deliveries.set(noticeId, known);
    for (const creditorId of creditorIds) {
      const before = known.get(creditorId);
      if (before && before.deliveredOn <= deliveredOn) continue;
      known.set(creditorId, { proof, deliveredOn, ts, seq });
    }
  },
};

function moveDeadline(
  state: MeetingState,
  { body, ts }: Applied<'ballot.extend'> | Applied<'ballot.resume'>,
  kind: DeadlineMove['kind'],
): void {
  const resolution = requireResolution(state, body.resolutionId);
  const from = 'previousClosesAt' in body ? body.previousClosesAt : (resolution.closesAt ?? body.closesAt);
  const { reference } = body.consent;
  const { reason } = body.commitments;
  resolution.extensions.push({ kind, from, to: body.closesAt, at: ts, reason, consent: reference });
  resolution.closesAt = body.closesAt;
}

function applyMove(state: MeetingState, { body, ts }: Applied<'agenda.move'>): void {
  switch (body.move) {
    case 'begin':
    case 'resume':
      state.phase = 'in-progress';
      break;
    case 'adjourn':
      state.phase = 'adjourned';
      break;
    case 'close':
      state.phase = 'closed';
      state.endedAt = ts;
      state.floor = { state: 'free' };
      state.hands.length = 0;
      break;
    case 'item':
      state.currentItemId = body.itemId ?? null;
      if (body.itemId !== undefined) state.visitedItemIds.add(body.itemId);
      break;
  }
}

function applyPresence(state: MeetingState, { body, ts, seq }: Applied<'presence'>): void {
  if (body.event !== 'sign-in') return;
  const signIn: SignIn = {
    personId: body.personId,
    capacityId: body.capacityId ?? null,
    capacity: body.capacity ?? null,
    creditorId: body.creditorId ?? null,
    channel: body.channel,
    isEnteredByStaff: body.enteredBy !== undefined,
    ts,
    seq,
  };
  state.signIns.set(`${body.personId}/${body.capacityId ?? 'staff'}`, signIn);
  if (signIn.creditorId === null) return;
  rememberFirst(state, signIn.creditorId, signIn);
  const isOwnSide = signIn.capacity !== null && signIn.capacity !== 'proxy' && !signIn.isEnteredByStaff;
  if (isOwnSide) state.ownPresence.add(signIn.creditorId);
  const first = state.presentCreditors.get(signIn.creditorId);
  // A sign-in of the creditor's own outweighs one that staff entered before it.
  if (!first || (first.isEnteredByStaff && !signIn.isEnteredByStaff)) {
    state.presentCreditors.set(signIn.creditorId, signIn);
  }
}

/** A count made after the close looks back: a sign-in that came later must not hide the one before it. */
function rememberFirst(state: MeetingState, creditorId: string, signIn: SignIn): void {
  const { self, staff } = state.firstSignIns.get(creditorId) ?? { self: null, staff: null };
  state.firstSignIns.set(
    creditorId,
    signIn.isEnteredByStaff ? { self, staff: staff ?? signIn } : { self: self ?? signIn, staff },
  );
}

function applyObjection(state: MeetingState, { body, ts, seq }: Applied<'objection'>): void {
  const { objections, withoutObjection } = state;
  const { objectionId, creditorId = '', event = 'file' } = body;
  const stamped = { body, ts, seq };
  const known = objections.get(objectionId);
  state.lastObjectionSeq = seq;
  if (event === 'none') withoutObjection.set(creditorId, stamped);
  else if (event === 'file') {
    objections.set(objectionId, { filed: stamped, answer: null, withdrawn: null });
    withoutObjection.delete(creditorId);
  } else if (known) known[event === 'answer' ? 'answer' : 'withdrawn'] = stamped;
}

function applyFloor(state: MeetingState, { body, ts }: Applied<'floor'>): void {
  const who = { personId: body.personId, capacityId: body.capacityId ?? null };
  const removeHand = () => {
    const at = state.hands.findIndex((hand) => hand.personId === body.personId);
    if (at >= 0) state.hands.splice(at, 1);
  };
  switch (body.event) {
    case 'raise':
      state.hands.push({ ...who, raisedAt: ts });
      break;
    case 'lower':
      removeHand();
      break;
    case 'offer':
      removeHand();
      state.floor = { state: 'offered', ...who, since: ts };
      break;
    case 'accept':
      state.floor = { state: 'speaking', ...who, since: ts };
      break;
    case 'decline':
    case 'withdraw':
    case 'end':
      state.floor = { state: 'free' };
      break;
  }
}

function applyBallot(state: MeetingState, entry: Applied<'ballot.cast'>): void {
  const { resolutionId, unitId } = entry.body.ballot;
  const { ballots } = requireResolution(state, resolutionId);
  ballots.set(unitId, toCast(entry, ballots.get(unitId) ?? null));
}

/** The writer folds every entry into two states: of 50 000 ballots both keep the same objects. */
const castOfBody = new WeakMap<object, CastBallot>();

function toCast(
  { body, seq, ts, leafHash }: Applied<'ballot.cast'>,
  previous: CastBallot | null,
): CastBallot {
  const known = castOfBody.get(body);
  if (known?.seq === seq && known.leafHash === leafHash && known.previous === previous) return known;
  const { ballot, auth } = body;
  const cast: CastBallot = {
    seq,
    leafHash,
    ts,
    version: ballot.version,
    choice: ballot.choice,
    channel: body.channel,
    receivedAt: body.receivedAt,
    isSigned: auth.method === 'signed',
    personId: auth.method === 'entered' ? null : auth.personId,
    nonce: ballot.nonce,
    clientTs: ballot.clientTs,
    actingAs: ballot.actingAs,
    previous,
  };
  castOfBody.set(body, cast);
  return cast;
}

function emptyResolution(published: ResolutionState['published'], ts: string): ResolutionState {
  return { published, publishedAt: ts, status: 'published', earlierRounds: [], ...emptyRound('1') };
}

function emptyRound(round: string): VoteRound {
  return {
    round,
    roll: null,
    rolls: [],
    opened: null,
    closesAt: null,
    extensions: [],
    interrupted: null,
    ballots: new Map(),
    voided: new Map(),
    invalid: new Map(),
    voids: new Map(),
    countedVoids: 0,
    closed: null,
    tally: null,
    verdict: null,
    verdicts: [],
  };
}

/** The round that ends keeps its ballots and verdicts; the resolution goes on with an empty one. */
function startRound(resolution: ResolutionState, round: string): void {
  const { published: _, publishedAt: _at, status: _status, earlierRounds, ...ended } = resolution;
  earlierRounds.push(ended);
  Object.assign(resolution, emptyRound(round));
}

/** A ledger that votes on what it never published is damaged; the fold stops. */
function requireResolution(state: MeetingState, resolutionId: string): ResolutionState {
  const resolution = state.resolutions.get(resolutionId);
  if (!resolution) throw new Error(`ledger names resolution ${resolutionId} before publishing it`);
  return resolution;
}
