/**
 * The way in by SMS. The step is kept for this tab: people leave for the SMS app and come back to a page
 * that the phone has thrown away meanwhile.
 */
import { create } from 'zustand';
import { authRoutes } from '../../server/protocol/rest/auth-routes.ts';
import { solveChallenge } from '../../server/protocol/challenge.ts';
import { toAppError } from '../api/app-error.ts';
import { call } from '../api/call.ts';
import { loadSession } from './session.ts';
import { readStored, removeStored, writeStored } from './storage.ts';

const KEY = 'sign-in';

interface SignIn {
  readonly step: 'number' | 'code';
  /** As typed. */
  readonly mobile: string;
  /** This browser's time from which another code may be asked for, ms since 1970. */
  readonly resendFromMs: number;
  /** A proof of work is being computed. */
  readonly isProving: boolean;
}

const START: SignIn = { step: 'number', mobile: '', resendFromMs: 0, isProving: false };

export const useSignIn = create<SignIn>(() => ({
  ...START,
  ...readStored<SignIn>('session', KEY),
  isProving: false,
}));

function update(change: Partial<SignIn>): void {
  useSignIn.setState(change);
  writeStored('session', KEY, useSignIn.getState());
}

export function changeNumber(): void {
  update({ step: 'number' });
}

interface Solution {
  readonly token: string;
  readonly nonce: number;
}

/** Sends; when a proof of work is asked for, computes it and sends once more. */
export async function withChallenge<T>(send: (challenge: Solution | undefined) => Promise<T>): Promise<T> {
  try {
    return await send(undefined);
  } catch (thrown) {
    if (toAppError(thrown).code !== 'CHALLENGE_REQUIRED') throw thrown;
  }
  useSignIn.setState({ isProving: true });
  try {
    const { token, bits } = await call(authRoutes.challenge);
    const nonce = await solveChallenge(token, bits);
    return await send({ token, nonce });
  } finally {
    useSignIn.setState({ isProving: false });
  }
}

/** Asks for a code; the answer is the same for every number. */
export async function requestCode(mobile: string): Promise<void> {
  const reply = await withChallenge((challenge) =>
    call(authRoutes.requestSmsCode, {
      body: challenge === undefined ? { mobile } : { mobile, challenge },
    }),
  );
  update({ step: 'code', mobile, resendFromMs: Date.now() + reply.resendAfterS * 1000 });
}

/** Proves the telephone; the session store says what is next. */
export async function verifyCode(code: string): Promise<void> {
  const { mobile } = useSignIn.getState();
  await withChallenge((challenge) =>
    call(authRoutes.verifySmsCode, {
      body: challenge === undefined ? { mobile, code } : { mobile, code, challenge },
    }),
  );
  removeStored('session', KEY);
  useSignIn.setState(START);
  await loadSession();
}

export async function checkName(name: string, idLast4: string): Promise<void> {
  await call(authRoutes.checkName, { body: { name, idLast4 } });
  await loadSession();
}
