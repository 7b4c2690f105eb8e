/** What the account routes answer with. */
import { Type, type Static } from 'typebox';
import { Id, Instant, Role } from '../scalars.ts';

/** `code-verified` has proved the telephone and still owes the name check; `full` may act. */
export const SignInStage = Type.Union([Type.Literal('code-verified'), Type.Literal('full')]);
export type SignInStage = Static<typeof SignInStage>;

export const SignInView = Type.Object({ stage: SignInStage });
export type SignInView = Static<typeof SignInView>;

/** The same for every number, registered or not. */
export const CodeSentView = Type.Object({
  validForS: Type.Integer({ description: 'seconds' }),
  resendAfterS: Type.Integer({ description: 'seconds until another code may be asked for' }),
});
export type CodeSentView = Static<typeof CodeSentView>;

/** Proof of work: find `nonce` so that SHA-256 of `token:nonce` begins with `bits` zero bits (challenge.ts). */
export const ChallengeView = Type.Object({ token: Type.String(), bits: Type.Integer() });
export type ChallengeView = Static<typeof ChallengeView>;

export const OwnCapacityView = Type.Object({
  capacityId: Id,
  caseId: Id,
  creditorId: Id,
  creditorName: Type.String(),
  kind: Type.Union([
    Type.Literal('self'),
    Type.Literal('legal-representative'),
    Type.Literal('contact'),
    Type.Literal('proxy'),
  ]),
});
export type OwnCapacityView = Static<typeof OwnCapacityView>;

/** The person's own account. Name and capacities are empty until the name check has passed. */
export const MeView = Type.Object({
  personId: Id,
  stage: SignInStage,
  name: Type.String(),
  mobileMasked: Type.Union([Type.String(), Type.Null()]),
  username: Type.Union([Type.String(), Type.Null()]),
  roles: Type.Array(Role),
  province: Type.Union([Type.String(), Type.Null()]),
  capacities: Type.Array(OwnCapacityView),
});
export type MeView = Static<typeof MeView>;

/** Second factor to set up: the secret is shown once, as text and as `otpauth:` address for a QR code. */
export const EnrolmentView = Type.Object({ secret: Type.String(), otpauthUri: Type.String() });
export type EnrolmentView = Static<typeof EnrolmentView>;

/** One-time code with which a staff member chooses the password and sets up the second factor. */
export const EnrolmentCodeView = Type.Object({ code: Type.String(), expiresAt: Instant });
export type EnrolmentCodeView = Static<typeof EnrolmentCodeView>;

export const StaffRow = Type.Object({
  personId: Id,
  username: Type.String(),
  name: Type.String(),
  roles: Type.Array(Role),
  province: Type.Union([Type.String(), Type.Null()]),
  /** `invited` until password and second factor are set up. */
  state: Type.Union([Type.Literal('invited'), Type.Literal('active'), Type.Literal('disabled')]),
});
export type StaffRow = Static<typeof StaffRow>;

export const ResetRequestView = Type.Object({
  requestId: Id,
  personId: Id,
  username: Type.String(),
  name: Type.String(),
  requestedAt: Instant,
});
export type ResetRequestView = Static<typeof ResetRequestView>;

export const DemoAccountView = Type.Object({
  accountId: Id,
  name: Type.String(),
  /** Catalogue key below `demo.account.`, or the creditor's name. */
  title: Type.String(),
  roles: Type.Array(Role),
  username: Type.Union([Type.String(), Type.Null()]),
  mobile: Type.Union([Type.String(), Type.Null()]),
  /** Last four of the ID or credit code for the name check; null for staff. */
  idLast4: Type.Union([Type.String(), Type.Null()]),
});
export type DemoAccountView = Static<typeof DemoAccountView>;

export const OutboxMessageView = Type.Object({
  at: Instant,
  channel: Type.Union([Type.Literal('sms'), Type.Literal('mail')]),
  to: Type.String(),
  subject: Type.Union([Type.String(), Type.Null()]),
  text: Type.String(),
});
export type OutboxMessageView = Static<typeof OutboxMessageView>;

export const DemoView = Type.Object({
  /** With `--lan` one-tap sign-in needs the secret in the printed address. */
  needsSecret: Type.Boolean(),
  accounts: Type.Array(DemoAccountView),
  outbox: Type.Array(OutboxMessageView),
});
export type DemoView = Static<typeof DemoView>;
