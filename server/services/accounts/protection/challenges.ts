import { DomainError } from '../../../domain/errors.ts';
import { CHALLENGE_BITS, isChallengeSolved } from '../../../protocol/challenge.ts';
import type { Clock, Ids } from '../../clock.ts';
import type { ThrottleStore } from '../ports.ts';
import { isEqualHex, type Secrets } from './secrets.ts';

const CHALLENGE_TTL_MS = 10 * 60_000;

export interface Solution {
  readonly token: string;
  readonly nonce: number;
}

export interface Challenges {
  issue(): { token: string; bits: number };
  /** Passes only with a fresh, unused, solved challenge. @throws DomainError CHALLENGE_REQUIRED */
  require(solution: Solution | undefined): Promise<void>;
}

/** Tokens carry their own end and signature: nothing is stored until one is used. */
export function createChallenges(deps: {
  store: ThrottleStore;
  clock: Clock;
  ids: Ids;
  secrets: Secrets;
}): Challenges {
  const { store, clock, ids, secrets } = deps;

  async function isGood({ token, nonce }: Solution): Promise<boolean> {
    const [id = '', end = '', mark = ''] = token.split('.');
    if (!isEqualHex(mark, secrets.hash('challenge', id, end))) return false;
    if (!(Number(end) > clock.now())) return false;
    if (!(await isChallengeSolved(token, nonce, CHALLENGE_BITS))) return false;
    return (await store.hit(secrets.hash('challenge-used', id), new Date(Number(end)))) === 1;
  }
  return {
    issue: () => {
      const id = ids.next();
      const end = String(clock.now() + CHALLENGE_TTL_MS);
      return { token: `${id}.${end}.${secrets.hash('challenge', id, end)}`, bits: CHALLENGE_BITS };
    },
    require: async (solution) => {
      if (solution === undefined || !(await isGood(solution))) throw new DomainError('CHALLENGE_REQUIRED');
    },
  };
}
