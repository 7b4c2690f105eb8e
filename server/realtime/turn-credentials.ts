/**
 * Time-limited credentials for TURN servers that share a secret with us (coturn `use-auth-secret`):
 * the user name is the time of expiry, the password its HMAC-SHA1, which coturn prescribes.
 */
import { createHmac } from 'node:crypto';
import type { IceServer } from '../protocol/media.ts';

export interface TurnOptions {
  /** `turn:host:3478?transport=udp`, `turns:host:443?transport=tcp`, … */
  readonly urls: readonly string[];
  readonly secret: string;
  /** Longer than any meeting: a relay ends when the credentials that made it do. Seconds. */
  readonly lifetimeS?: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const LIFETIME_S = 12 * 3600;

/** Returns the function that makes the servers' list for one peer; its credentials are fresh each time. */
export function createTurnServers(options: TurnOptions): (peerId: string) => IceServer[] {
  const { urls, secret, lifetimeS = LIFETIME_S, now } = options;
  if (urls.length === 0) return () => [];
  return (peerId) => {
    const username = `${Math.floor(now() / 1000) + lifetimeS}:${peerId}`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    return [{ urls: [...urls], username, credential }];
  };
}
