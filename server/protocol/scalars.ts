/**
 * The small schemas from which every message is made. Numbers that matter travel as strings:
 * amounts as decimal strings of integer fen, times as RFC 3339.
 */
import { Type, type Static, type TSchema } from 'typebox';

/** Amount of money in fen (1/100 yuan), a decimal string without sign or leading zero. At most 10^17. */
export const Fen = Type.String({ pattern: '^(0|[1-9][0-9]{0,17})$', description: 'amount in fen' });
/** A count (heads, rows) as a decimal string, as it stands in ledger entries. */
export const Count = Type.String({ pattern: '^(0|[1-9][0-9]{0,9})$' });
/** RFC 3339 in UTC with milliseconds: `2026-11-22T06:30:00.000Z`. Shown to people in China Standard Time. */
export const Instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
/** Calendar date in China Standard Time: `2026-11-22`. */
export const CalendarDate = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
/** Identifier made by the server: URL-safe, no personal data. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{4,64}$' });
/** SHA-256 as lower-case hexadecimal. */
export const Sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' });
/** One line of text typed by a person. */
export const line = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength });

export const Choice = Type.Union([Type.Literal('for'), Type.Literal('against'), Type.Literal('abstain')]);
export type Choice = Static<typeof Choice>;

/**
 * What two people read on a ballot that staff enter. `invalid` (无效票): nothing or several marked, or illegible; it
 * is no consent and leaves its unit present (domain.md E7).
 */
export const ChoiceRead = Type.Union([...Choice.anyOf, Type.Literal('invalid')]);
export type ChoiceRead = Static<typeof ChoiceRead>;

export const Language = Type.Union([Type.Literal('zh-CN'), Type.Literal('en')]);
export type Language = Static<typeof Language>;

/** Roles of design.md. `creditor` covers proxy holders: what a person may do for whom is in the capacities. */
export const Role = Type.Union([
  Type.Literal('creditor'),
  Type.Literal('administrator-lead'),
  Type.Literal('administrator-staff'),
  Type.Literal('chair'),
  Type.Literal('judge'),
  Type.Literal('clerk'),
  Type.Literal('reviewer'),
  Type.Literal('operator'),
]);
export type Role = Static<typeof Role>;

/** Page of a list: at most 200 rows, 50 by default. */
export const PageQuery = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
};

/** No field that the schema does not name. */
export const closed = { additionalProperties: false } as const;

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** One page of a list. */
export const pageOf = <T extends TSchema>(row: T) =>
  Type.Object({
    rows: Type.Array(row),
    total: Type.Integer(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
  });
