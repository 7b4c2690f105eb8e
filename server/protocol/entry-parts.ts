/**
 * The parts from which the bodies of ledger entries are made (record.md 1 and 2). Every number is a
 * string, every object is closed, and nothing here holds personal data or free text: what a person
 * typed, and who a person is, stands in an entry as a commitment only.
 */
import { Type, type Static } from 'typebox';
import { closed, Id, Role, Sha256Hex } from './scalars.ts';

/** 32 bytes in base64 in its one canonical spelling (unused bits are zero). */
const BASE64_OF_32_BYTES = '^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$';

/** Root of an RFC 6962 tree, SHA-256, base64. */
export const Root = Type.String({ pattern: BASE64_OF_32_BYTES });

/**
 * HMAC-SHA-256 over `field || 0x00 || NFC(value)` with a key of 32 random bytes, base64. Key and value
 * lie in `ledger_private` under the commitment; erasing them redacts the value and breaks no proof.
 */
export const Commitment = Type.String({ pattern: BASE64_OF_32_BYTES });

/** Signature of 64 bytes (Ed25519, or ES256 as r || s), base64. */
export const Signature = Type.String({ pattern: '^[A-Za-z0-9+/]{85}[AQgw]==$' });
/** Algorithm of a device key: EdDSA on Curve25519, or ECDSA on P-256 with SHA-256. */
export const KeyAlgorithm = Type.Union([Type.Literal('Ed25519'), Type.Literal('ES256')]);
/** Raw public key, base64 in its one spelling: 32 bytes for Ed25519, 65 (uncompressed point) for ES256. */
export const PublicKey = Type.String({
  pattern: '^([A-Za-z0-9+/]{42}|[A-Za-z0-9+/]{86})[AEIMQUYcgkosw048]=$',
});

/** Number of an entry in its ledger, from "0". */
export const Seq = Type.String({ pattern: '^(0|[1-9][0-9]{0,11})$' });
/** Numerator or denominator of a test. */
export const Ratio = Type.String({ pattern: '^(0|[1-9][0-9]{0,2})$' });
/** Code from a registry or a catalogue, e.g. `COURT_RULING`, `ALL`. */
export const Code = Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,39}$' });
/** Version of a rule set, e.g. `EBL-2006.v1`. */
export const RuleSetId = Type.String({ pattern: '^[A-Z0-9-]{1,24}\\.v[1-9][0-9]{0,3}$' });
/** `<installId>/<meetingId>`; demonstration meetings begin with `demo/`. ASCII without space or `+`. */
export const Origin = Type.String({ pattern: '^[!-*,-~]{3,128}$' });

/** Who did it, and in which role or capacity. Automatic acts have no actor. */
export const Actor = Type.Object({ personId: Id, role: Role, capacityId: Type.Optional(Id) }, closed);
export type Actor = Static<typeof Actor>;

export const CapacityKind = Type.Union([
  Type.Literal('self'),
  Type.Literal('legal-representative'),
  Type.Literal('contact'),
  Type.Literal('proxy'),
]);

/**
 * How something reached the meeting. `deemed` is silence taken as consent (off by default, domain.md E8),
 * `carried` consent of an earlier round that holds for an unchanged text (E28).
 */
export const Channel = Type.Union([
  Type.Literal('online'),
  Type.Literal('on-site'),
  Type.Literal('paper'),
  Type.Literal('mail'),
  Type.Literal('sms'),
  Type.Literal('email'),
  Type.Literal('deemed'),
  Type.Literal('carried'),
]);
export type Channel = Static<typeof Channel>;

/** The court's consent: the number of its decision as a commitment, the document by its hash. */
export const Consent = Type.Object(
  { reference: Commitment, documentSha256: Type.Optional(Sha256Hex) },
  closed,
);
export type Consent = Static<typeof Consent>;

/** Nature of a claim, 债权性质 (domain.md 2.1); `INVESTOR`: not a claim but a contribution, 出资人 (art. 85). */
export const Nature = Type.Union([
  Type.Literal('SECURED'),
  Type.Literal('EMPLOYEE'),
  Type.Literal('TAX'),
  Type.Literal('SOCIAL_INSURANCE_POOL'),
  Type.Literal('ORDINARY'),
  Type.Literal('SUBORDINATED'),
  Type.Literal('INVESTOR'),
]);
export type Nature = Static<typeof Nature>;

/** Voting group: `ALL` where the law does not vote by classes, otherwise the statutory class. */
export const Group = Type.Union([
  Type.Literal('ALL'),
  Type.Literal('SECURED'),
  Type.Literal('EMPLOYEE'),
  Type.Literal('TAX'),
  Type.Literal('ORDINARY'),
  Type.Literal('SMALL'),
  Type.Literal('INVESTOR'),
]);
export type Group = Static<typeof Group>;
