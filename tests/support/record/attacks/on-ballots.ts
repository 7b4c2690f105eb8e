/** Attacks by ballots that nobody cast, and by keys that sign too much (record.md, last table). */
import { generateKeyPairSync, sign } from 'node:crypto';
import { toBase64 } from '../../../../server/domain/record/base64.ts';
import { ballotMessage, keyIdOf, toLowS } from '../../../../server/domain/record/keys.ts';
import type { NewEntry } from '../../../../server/protocol/entries.ts';
import { sha256 } from '../../../../server/services/record-crypto.ts';
import { invalidBallot } from '../invalid-ballot.ts';
import { ed25519Of } from '../note-signer.ts';
import { ballotOf, bindKey, castBallot, HOST, signedCast, VOTE, type RecordStory } from '../record-story.ts';
import { byOperator, draftsOf, firstOf, insertBefore, type Attack } from './attack.ts';

const absent = { story: { absent: new Set([7]) } } as const;
/** The entry of a ballot that was told last, taken off the story again. */
function taken(story: RecordStory): NewEntry<'ballot.cast'> {
  const { make } = story.drafts.pop() ?? {};
  if (typeof make !== 'object' || make.t !== 'ballot.cast') throw new Error('no ballot');
  return make;
}

export const addedBallots: readonly Attack[] = [
  {
    what: 'a ballot for an absentee, signed by a key that nobody bound',
    code: 'BALLOT_KEY_UNBOUND',
    make: () =>
      byOperator((story) => {
        const bound = draftsOf(story, 'key.bind').at(-1);
        if (bound) story.drafts.splice(story.drafts.indexOf(bound.draft), 1);
      }),
  },
  {
    what: 'a ballot for an absentee, whose key is bound afterwards',
    code: 'BALLOT_KEY_UNBOUND',
    make: () =>
      byOperator((story) => {
        const bound = draftsOf(story, 'key.bind').at(-1);
        if (!bound) return;
        story.drafts.splice(story.drafts.indexOf(bound.draft), 1);
        insertBefore(story, 'ballot.close', bound.draft.make);
      }),
  },
  {
    what: 'a ballot for an absentee, signed by another person’s key',
    code: 'BALLOT_KEY_OTHER',
    make: () =>
      byOperator((story) => {
        const { auth } = firstOf(story, 'ballot.cast').body;
        if (auth.method === 'signed') auth.personId = 'person-7';
      }),
  },
  {
    what: 'a ballot for an absentee, signed by a device of the operator',
    code: 'BALLOT_SIGNATURE',
    make: () =>
      byOperator((story) => {
        const device = ed25519Of('device of the operator').privateKey;
        insertBefore(story, 'ballot.close', signedCast(story, 7, { device }));
      }, absent),
  },
  {
    what: 'an unsigned ballot for somebody who had bound a key',
    code: 'BALLOT_UNSIGNED',
    make: () =>
      byOperator((story) => {
        castBallot(story, 7, { methodOf: () => 'unsigned' });
        insertBefore(story, 'ballot.close', taken(story));
      }, absent),
  },
  {
    what: 'a ballot on paper that one person entered and confirmed',
    code: 'BALLOT_ONE_PERSON',
    make: () =>
      byOperator((story) => {
        castBallot(story, 7, { methodOf: () => 'entered' });
        const cast = taken(story);
        Object.assign(cast.body.auth, { confirmedBy: HOST });
        insertBefore(story, 'ballot.close', cast);
      }, absent),
  },
  {
    what: 'a ballot for a unit that is not on the roll',
    code: 'BALLOT_UNIT',
    make: () =>
      byOperator((story) => {
        castBallot(story, 7, { methodOf: () => 'unsigned' });
        const cast = taken(story);
        Object.assign(cast.body.ballot, { unitId: 'unit-99' });
        Object.assign(cast.body.auth, { personId: 'person-99' });
        insertBefore(story, 'ballot.close', cast);
      }, absent),
  },
  {
    what: 'an invalid ballot makes a unit present that is not on the roll',
    code: 'BALLOT_UNIT',
    make: () => byOperator((story) => insertBefore(story, 'ballot.close', invalidBallot(99))),
  },
  {
    what: 'an invalid ballot that one person entered and confirmed makes an absentee present',
    code: 'BALLOT_ONE_PERSON',
    make: () =>
      byOperator((story) => {
        const invalid = invalidBallot(7);
        Object.assign(invalid.body, { actor: HOST });
        insertBefore(story, 'ballot.close', invalid);
      }, absent),
  },
  {
    what: 'a ballot is declared void that is another unit’s',
    code: 'VOID_UNKNOWN',
    make: () =>
      byOperator((story) =>
        insertBefore(story, 'ballot.close', {
          t: 'ballot.void',
          body: {
            ...VOTE,
            unitId: 'unit-3',
            voidedSeq: '4',
            channel: 'paper',
            receivedAt: '2026-11-22T07:30:00.000Z',
            cause: 'LATER_CHANNEL',
          },
        }),
      ),
  },
];

/** The neutral element: under it one signature verifies for every message. */
const NEUTRAL = toBase64(Buffer.from([1, ...Array.from({ length: 31 }, () => 0)]));
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The same signature with the group's order added to S. */
function withOrderAdded(signature: string): string {
  const bytes = Buffer.from(signature, 'base64');
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + ORDER;
  Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 32);
  return bytes.toString('base64');
}

/** A P-256 key's ballot whose s is the high one. */
function castWithHighS(story: RecordStory): { readonly bind: NewEntry; readonly cast: NewEntry } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const raw = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const keyId = keyIdOf(sha256, 'ES256', raw);
  const ballot = ballotOf(story, 7);
  const message = ballotMessage(ballot);
  const low = Buffer.from(toLowS(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })));
  const s = P256_ORDER - BigInt(`0x${low.subarray(32).toString('hex')}`);
  Buffer.from(s.toString(16).padStart(64, '0'), 'hex').copy(low, 32);
  const who = { personId: 'person-7', alg: 'ES256' } as const;
  const auth = { method: 'signed', ...who, keyId, signature: toBase64(low) } as const;
  const receivedAt = '2026-11-22T07:00:00.000Z';
  return {
    bind: { t: 'key.bind', body: { keyId, ...who, publicKey: toBase64(raw) } },
    cast: { t: 'ballot.cast', body: { ballot, auth, channel: 'online', receivedAt } },
  };
}

export const signatures: readonly Attack[] = [
  {
    what: 'a key under which one signature fits every ballot',
    code: 'KEY_WEAK',
    make: () => byOperator((story) => void (firstOf(story, 'key.bind').body.publicKey = NEUTRAL)),
  },
  {
    what: 'a signature whose S is not the smallest',
    code: 'BALLOT_SIGNATURE_FORM',
    make: () =>
      byOperator((story) => {
        const { auth } = firstOf(story, 'ballot.cast').body;
        if (auth.method === 'signed') auth.signature = withOrderAdded(auth.signature);
      }),
  },
  {
    what: 'a signature with the high s',
    code: 'BALLOT_SIGNATURE_FORM',
    make: () =>
      byOperator((story) => {
        const { bind, cast } = castWithHighS(story);
        insertBefore(story, 'ballot.close', bind);
        insertBefore(story, 'ballot.close', cast);
      }, absent),
  },
  {
    what: 'a key under the name of another',
    code: 'KEY_ID',
    make: () =>
      byOperator((story) => {
        bindKey(story, 0, 'second device');
        const { make } = story.drafts.pop() ?? {};
        if (typeof make !== 'object' || make.t !== 'key.bind') throw new Error('no key');
        insertBefore(story, 'ballot.open', {
          t: 'key.bind',
          body: { ...make.body, keyId: 'key-of-somebody' },
        });
      }),
  },
  {
    what: 'a key is bound without its holder',
    code: 'KEY_PROOF',
    make: () => byOperator((story) => void (firstOf(story, 'key.bind').body.personId = 'person-99')),
  },
];
