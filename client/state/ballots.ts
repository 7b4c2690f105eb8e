/**
 * Ballots on their way. A choice is kept on the phone from the first tap; once confirmed, the very same
 * bytes (same nonce) are sent again until the server has answered, across lost connections and reloads.
 * Only the server's answer makes a receipt. What is sent is signed by the device's key where there is one.
 */
import { create } from 'zustand';
import type { BallotBody, BallotSignature, ReceiptView } from '../../server/protocol/room.ts';
import type { Choice } from '../../server/protocol/scalars.ts';
import { castSigned } from '../record/ballot-signing.ts';
import {
  forgetReceipts,
  forgetRefusal,
  keepReceipt,
  keepRefusal,
  type KeptRefusal,
} from '../record/kept-receipts.ts';
import { isTransient, toAppError, type AppError, type ClientErrorCode } from '../api/app-error.ts';
import { serverNowMs } from './clock.ts';
import { findResolution, rightsIn } from './rights.ts';
import { onRoomJoined, useRoom } from './room.ts';
import { readStored, removeStored, removeStoredByPrefix, writeStored } from './storage.ts';

/** A ballot without an answer is sent again after this time, when the line is up. */
const RESEND_AFTER_MS = 4_000;
/** Ballots of many principals on their way at the same time; the others wait their turn. */
const IN_FLIGHT_MAX = 6;
const PREFIX = 'ballot.';

export interface BallotAddress {
  readonly personId: string;
  readonly resolutionId: string;
  readonly round: string;
  readonly unitId: string;
  /** Number of the change, from "1"; the first ballot has none. */
  readonly change?: string;
}

export type BallotProgress =
  /** A cast ballot is being changed; nothing is chosen yet. */
  | { readonly kind: 'changing' }
  | { readonly kind: 'draft'; readonly choice: Choice }
  | { readonly kind: 'sending'; readonly choice: Choice; readonly body: BallotBody }
  | { readonly kind: 'received'; readonly choice: Choice; readonly receipt: ReceiptView }
  | {
      readonly kind: 'refused';
      readonly choice: Choice;
      readonly body: BallotBody;
      readonly error: AppError;
      /** The voter's proof, which outlives a reload. */
      readonly refusal: KeptRefusal;
    };

interface BallotsStore {
  readonly ballots: Readonly<Record<string, BallotProgress>>;
}

/** What outlives a reload: the choice, the body once it was confirmed, and its signature once it was sent. */
interface StoredBallot {
  readonly choice: Choice;
  readonly body?: BallotBody;
  readonly auth?: BallotSignature;
}

export const useBallots = create<BallotsStore>(() => ({ ballots: {} }));

export function toBallotKey(address: BallotAddress): string {
  const key = `${PREFIX}${address.personId}.${address.resolutionId}.${address.round}.${address.unitId}`;
  return address.change === undefined ? key : `${key}.${address.change}`;
}

function setBallot(key: string, progress: BallotProgress | undefined): void {
  const ballots = { ...useBallots.getState().ballots };
  if (progress === undefined) delete ballots[key];
  else ballots[key] = progress;
  useBallots.setState({ ballots });
}

/** Takes up what this phone knows of a ballot from before a reload. Sends it when it was confirmed. */
export function restoreBallot(key: string): void {
  if (useBallots.getState().ballots[key] !== undefined) return;
  const stored = readStored<StoredBallot>('local', key);
  if (stored === undefined) return;
  if (stored.body === undefined) {
    setBallot(key, { kind: 'draft', choice: stored.choice });
    return;
  }
  setBallot(key, { kind: 'sending', choice: stored.choice, body: stored.body });
  void send(key, stored.body);
}

export function chooseDraft(key: string, choice: Choice): void {
  writeStored('local', key, { choice } satisfies StoredBallot);
  setBallot(key, { kind: 'draft', choice });
}

/** Opens a cast ballot for a change; the one that was cast stays in force until another is received. */
export function startChange(key: string): void {
  setBallot(key, { kind: 'changing' });
}

/** Back to an empty ballot, e.g. after a refusal that was read. */
export function discardBallot(key: string): void {
  removeStored('local', key);
  setBallot(key, undefined);
}

/** 128 random bits as base64url. */
export function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Confirmed by the voter: from here on the body never changes. A second call does nothing. */
export function submitBallot(key: string, body: BallotBody): void {
  const current = useBallots.getState().ballots[key];
  if (current !== undefined && current.kind !== 'draft' && current.kind !== 'changing') return;
  writeStored('local', key, { choice: body.choice, body } satisfies StoredBallot);
  setBallot(key, { kind: 'sending', choice: body.choice, body });
  void send(key, body);
}

/** The outcome is unknown or the reason may pass: the same body is sent again. */
function isRepeatable(code: ClientErrorCode): boolean {
  const endsWithSignIn =
    code === 'NOT_SIGNED_IN' || code === 'SESSION_REVOKED' || code === 'SIGN_IN_INCOMPLETE';
  return isTransient(code) || code === 'INTERNAL' || endsWithSignIn;
}

const inFlight = new Set<string>();
/** Not answered for a reason that may pass: sent again after a while. */
const resting = new Set<string>();

async function send(key: string, body: BallotBody): Promise<void> {
  if (inFlight.has(key) || resting.has(key) || inFlight.size >= IN_FLIGHT_MAX) return;
  if (useRoom.getState().connection !== 'connected') return;
  inFlight.add(key);
  try {
    const receipt = await castSigned(body, {
      auth: readStored<StoredBallot>('local', key)?.auth,
      keep: (auth) => writeStored('local', key, { choice: body.choice, body, auth } satisfies StoredBallot),
    });
    removeStored('local', key);
    keepReceipt({ body, receipt });
    forgetRefusal(body);
    setBallot(key, { kind: 'received', choice: body.choice, receipt });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isRepeatable(error.code)) rest(key);
    else {
      const refusal = toRefusal(body, error, readStored<StoredBallot>('local', key)?.auth);
      keepRefusal(refusal);
      removeStored('local', key);
      setBallot(key, { kind: 'refused', choice: body.choice, body, error, refusal });
    }
  } finally {
    inFlight.delete(key);
    sendWaiting();
  }
}

function toRefusal(body: BallotBody, error: AppError, auth: BallotSignature | undefined): KeptRefusal {
  const { state, personal } = useRoom.getState();
  const right = rightsIn(personal, body.resolutionId).find(({ unitId }) => unitId === body.unitId);
  return {
    body,
    auth,
    title: findResolution(state, body.resolutionId)?.title ?? '',
    creditorName: right?.creditorName ?? '',
    code: error.code,
    params: error.params,
    refusedAt: new Date(serverNowMs()).toISOString(),
  };
}

function rest(key: string): void {
  resting.add(key);
  setTimeout(() => {
    resting.delete(key);
    resend(key);
  }, RESEND_AFTER_MS);
}

function sendWaiting(): void {
  for (const key of Object.keys(useBallots.getState().ballots)) {
    if (inFlight.size >= IN_FLIGHT_MAX) return;
    resend(key);
  }
}

/** By the voter's own hand: the very same bytes once more, also after a refusal that may have passed. */
export function sendAgain(key: string): void {
  const current = useBallots.getState().ballots[key];
  if (current?.kind !== 'sending' && current?.kind !== 'refused') return;
  const { choice, body } = current;
  resting.delete(key);
  if (current.kind === 'refused') {
    writeStored('local', key, { choice, body } satisfies StoredBallot);
    setBallot(key, { kind: 'sending', choice, body });
  }
  void send(key, body);
}

function resend(key: string): void {
  const current = useBallots.getState().ballots[key];
  if (current?.kind === 'sending') void send(key, current.body);
}

/** Removes drafts and receipts from a phone that several people use; called on signing out. */
export function forgetBallots(): void {
  forgetReceipts();
  removeStoredByPrefix('local', PREFIX);
  useBallots.setState({ ballots: {} });
}

onRoomJoined(() => {
  resting.clear();
  sendWaiting();
});
