/** Repeatable chance, and what it does to bytes. */

export interface Chance {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<T>(list: readonly T[]): T;
}

/** xorshift128 from one seed: the same cases on every machine. */
export function createChance(seed: number): Chance {
  let [a, b, c, d] = [seed | 0 || 1, 0x9e3779b9, 0x243f6a88, 0xb7e15162];
  const next = (): number => {
    const t = a ^ (a << 11);
    [a, b, c] = [b, c, d];
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
    return d >>> 0;
  };
  const below = (limit: number) => (limit <= 1 ? 0 : next() % limit);
  return {
    below,
    pick: (list) => {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
  };
}

/** What parsers have stumbled over before. */
const TOKENS = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '\n\n',
  '\r',
  '\0',
  '\u2014 ',
  '\ufeff',
  'é',
  'e\u0301',
  '\ud83d',
  '1e3',
  '-0',
  'NaN',
  '9007199254740993',
  '00',
  '+',
  ' ',
  '=',
  '==',
  'null',
  '__proto__',
  '"v":"1",',
  '\u00a0',
  'PK\u0001\u0002',
  'PK\u0003\u0004',
  '../',
  '/',
  'none',
  'quorum none\n',
  'extra ',
  'index 0\n',
].map((token) => Buffer.from(token));
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0xff] as const;

type Mutation = (bytes: Buffer, chance: Chance, other: Uint8Array) => Buffer;

const insert = (bytes: Buffer, at: number, piece: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);

const mutations: readonly Mutation[] = [
  (bytes, chance) => {
    const at = chance.below(bytes.length);
    if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
    return bytes;
  },
  (bytes, chance) => {
    if (bytes.length > 0) bytes[chance.below(bytes.length)] = chance.below(256);
    return bytes;
  },
  (bytes, chance) => {
    if (bytes.length > 0) bytes[chance.below(bytes.length)] = chance.pick(EDGES);
    return bytes;
  },
  (bytes, chance) => insert(bytes, chance.below(bytes.length + 1), chance.pick(TOKENS)),
  (bytes, chance) => {
    const at = chance.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + chance.below(16))]);
  },
  (bytes, chance) => {
    const start = chance.below(bytes.length);
    const piece = bytes.subarray(start, start + 1 + chance.below(64));
    return insert(bytes, chance.below(bytes.length + 1), piece);
  },
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
  (bytes, chance, other) => {
    const start = chance.below(other.length);
    const piece = other.subarray(start, start + 1 + chance.below(200));
    const at = chance.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + piece.length)]);
  },
  // A digit counted up or down keeps most texts well formed: what is then refused is refused for its meaning.
  (bytes, chance) => {
    const start = chance.below(bytes.length);
    for (let step = 0; step < Math.min(bytes.length, 256); step++) {
      const at = (start + step) % bytes.length;
      const byte = bytes[at] ?? 0;
      if (byte < 0x30 || byte > 0x39) continue;
      bytes[at] = 0x30 + chance.below(10);
      break;
    }
    return bytes;
  },
];

/** One to four changes of a copy; `other` is where foreign pieces come from. */
export function mutate(seed: Uint8Array, other: Uint8Array, chance: Chance): Buffer {
  let bytes: Buffer = Buffer.from(seed);
  for (let times = 1 + chance.below(4); times > 0; times--) {
    bytes = Buffer.from(chance.pick(mutations)(bytes, chance, other));
  }
  return bytes;
}
