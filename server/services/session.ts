import type { Role } from '../protocol/scalars.ts';

/**
 * A signed-in browser. `code-verified` has proved the telephone only and may do nothing but the name
 * check and sign-out; `full` may act. Checked anew for every request and every socket event.
 */
export interface Session {
  /** SHA-256 of the cookie's token, hexadecimal; the token itself is never stored. */
  readonly sessionId: string;
  readonly personId: string;
  readonly stage: 'code-verified' | 'full';
  readonly roles: readonly Role[];
  /** Two-digit province of a reviewer. */
  readonly province: string | null;
}

/** What the edges need of the session service. */
export interface SessionReader {
  /** Undefined when the token is unknown, expired or revoked. */
  findByToken(token: string): Promise<Session | undefined>;
  /** The same by its id, for what was opened with the token. */
  findById(sessionId: string): Promise<Session | undefined>;
  /** Calls back with the ids of sessions that have just ended, so that open sockets end too. */
  onEnded(listener: (sessionIds: readonly string[]) => void): void;
}
