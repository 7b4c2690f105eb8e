/**
 * Every refusal that can reach a user, with its HTTP status. A socket ack carries the same code.
 * The words are the client's: `errors.<CODE>` in both catalogues; `params` fill the placeholders.
 * Refusals carry no personal data.
 */
import { Type, type Static } from 'typebox';

export const errorStatus = {
  // Form of the request
  INVALID_REQUEST: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  NOT_FOUND: 404,
  ORIGIN_REFUSED: 403,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  STORAGE_FULL: 507,
  // Accounts and sessions
  NOT_SIGNED_IN: 401,
  SESSION_REVOKED: 401,
  SIGN_IN_INCOMPLETE: 401,
  CODE_WRONG: 422,
  CODE_EXPIRED: 422,
  CODE_TRIES_EXCEEDED: 429,
  CODE_NOT_REQUESTED_HERE: 422,
  CHALLENGE_REQUIRED: 428,
  NAME_CHECK_FAILED: 422,
  NAME_CHECK_TRIES_EXCEEDED: 429,
  CREDENTIALS_WRONG: 422,
  TOTP_WRONG: 422,
  PASSWORD_WEAK: 422,
  SETUP_CODE_WRONG: 422,
  USERNAME_TAKEN: 409,
  // Access
  FORBIDDEN: 403,
  NOT_ON_THE_CASE: 403,
  OTHER_PROVINCE: 403,
  NOT_HOST: 403,
  // Cases, claims, documents
  CASE_NUMBER_TAKEN: 409,
  FILE_TYPE_WRONG: 415,
  FILE_TOO_LARGE: 413,
  FILE_DAMAGED: 422,
  IMPORT_HAS_ERRORS: 422,
  IMPORT_STALE: 409,
  CONTROL_TOTALS_DIFFER: 409,
  ROLL_IN_USE: 409,
  // Proxies
  PROXY_HOLDER_IS_STAFF: 409,
  PROXY_HOLDER_IS_PRINCIPAL: 409,
  PROXY_EXISTS: 409,
  PROXY_STATE: 409,
  PROXY_ENDED: 403,
  PROXY_OUTSIDE_SCOPE: 403,
  PRINCIPAL_PRESENT: 409,
  // Meeting
  MEETING_NOT_READY: 409,
  MEETING_STATE: 409,
  STALE_COMMAND: 409,
  ALREADY_SIGNED_IN: 409,
  NOT_SIGNED_IN_TO_MEETING: 409,
  HAND_NOT_RAISED: 409,
  FLOOR_TAKEN: 409,
  FLOOR_NOT_OFFERED: 409,
  // Voting
  RESOLUTION_UNKNOWN: 404,
  RESOLUTION_NOT_OPEN: 409,
  RESOLUTION_ALREADY_OPEN: 409,
  BALLOT_TOO_LATE: 409,
  BALLOT_MISMATCH: 409,
  UNIT_NOT_ON_ROLL: 403,
  UNIT_NOT_YOURS: 403,
  ALREADY_CAST: 409,
  IDEMPOTENCY_CONFLICT: 409,
  KEY_REFUSED: 422,
  KEY_LIMIT: 429,
  KEY_UNKNOWN: 409,
  SIGNATURE_REQUIRED: 409,
  SIGNATURE_WRONG: 422,
  CONSENT_REQUIRED: 422,
  DEADLINE_INVALID: 422,
  ROLL_EMPTY: 422,
  INVESTORS_MISSING: 422,
  CLOCK_JUMPED: 409,
  READING_TIME: 409,
  CHECKLIST_INCOMPLETE: 422,
  DECISION_DATE: 422,
  NOTICE_ISSUED: 409,
  NOTICE_NOT_PROVED: 409,
  SETTING_FORBIDS: 409,
  // Ballots entered by staff
  SCAN_UNKNOWN: 422,
  STATED_TIME_INVALID: 422,
  ENTRY_PENDING: 409,
  ENTRY_STATE: 409,
  SECOND_PERSON_REQUIRED: 403,
  OBJECTION_TOO_LATE: 409,
  // Record
  ROLLBACK: 409,
  EVIDENCE_INVALID: 422,
  EVIDENCE_NOT_LOST: 409,
  // Objections to claims
  CLAIM_UNKNOWN: 404,
  VERIFICATION_NOT_OPEN: 409,
  VERIFICATION_ENDED: 409,
  OBJECTION_STATE: 409,
  OBJECTION_LIMIT: 429,
  OBJECTION_STANDS: 409,
  // Media
  MEDIA_NOT_JOINED: 409,
  MEDIA_FORBIDDEN: 403,
  MEDIA_TRANSPORT_UNKNOWN: 404,
  MEDIA_PRODUCER_UNKNOWN: 404,
  MEDIA_CONSUMER_UNKNOWN: 404,
  MEDIA_LIMIT: 429,
  MEDIA_UNSUPPORTED: 422,
  MEDIA_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export type ErrorParams = Readonly<Record<string, string | number | boolean>>;

/** RFC 9457 problem+json. `type` is `/problems/<CODE>`; `detail` names where, never whose. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  params: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  ),
});
export type Problem = Static<typeof Problem>;

/** What every socket request is answered with. */
export type Ack<T> =
  | { readonly ok: true; readonly data: T }
  | {
      readonly ok: false;
      readonly error: { readonly code: ErrorCode; readonly params?: ErrorParams; readonly detail?: string };
    };
