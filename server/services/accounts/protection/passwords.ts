import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { DomainError } from '../../../domain/errors.ts';

/** OWASP's second recommended set: 19 MiB, two passes, one lane. About 40 ms on a server core. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const SALT_BYTES = 16;
/** Each run fills a thread of the pool and 19 MiB. */
const CONCURRENT = 2;
const QUEUE_MAX = 64;

export const PASSWORD_MIN_CHARACTERS = 12;

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time when `stored` is null (nobody has that name). */
  verify(password: string, stored: string | null): Promise<boolean>;
}

/** @throws DomainError PASSWORD_WEAK: too short, one repeated character, or holding the account's name */
export function requireStrong(password: string, username: string): void {
  const characters = [...password.normalize('NFKC')];
  const isWeak =
    characters.length < PASSWORD_MIN_CHARACTERS ||
    new Set(characters).size < 5 ||
    password.toLowerCase().includes(username.toLowerCase());
  if (isWeak) throw new DomainError('PASSWORD_WEAK', { params: { minCharacters: PASSWORD_MIN_CHARACTERS } });
}

/** Argon2id, two at a time with a bounded queue. @throws DomainError UNAVAILABLE when the queue is full */
export function createPasswords(): Passwords {
  const runInTurn = createTurns();
  const decoy = { salt: randomBytes(SALT_BYTES), tag: randomBytes(COST.tagLength) };
  const run = (password: string, nonce: Buffer) =>
    runInTurn(() => derive('argon2id', { ...COST, message: password.normalize('NFKC'), nonce }));
  return {
    hash: async (password) => {
      const salt = randomBytes(SALT_BYTES);
      const tag = await run(password, salt);
      const cost = `m=${COST.memory},t=${COST.passes},p=${COST.parallelism}`;
      return `$argon2id$v=19$${cost}$${salt.toString('base64')}$${tag.toString('base64')}`;
    },
    verify: async (password, stored) => {
      const [, , , , salt, tag] = stored?.split('$') ?? [];
      const expected = salt && tag ? fromBase64(salt, tag) : decoy;
      return timingSafeEqual(await run(password, expected.salt), expected.tag) && expected !== decoy;
    },
  };
}

const fromBase64 = (salt: string, tag: string) => ({
  salt: Buffer.from(salt, 'base64'),
  tag: Buffer.from(tag, 'base64'),
});

function createTurns() {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= CONCURRENT) {
      if (waiting.length >= QUEUE_MAX) throw new DomainError('UNAVAILABLE');
      // The one that finishes hands its place over, so `running` does not change.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
