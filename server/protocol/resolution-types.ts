/**
 * The resolution types that this version knows (决议类型, domain.md 2.2). A new type is one literal
 * here, one file below `server/domain/rules/types`, and one line in its registry, where the compiler
 * asks for it. A vote added during the meeting (临时表决) is no type of its own but a mark on one of these.
 */
import { Type, type Static } from 'typebox';

export const ResolutionTypeId = Type.Union([
  /** 核查债权, art. 61(1)(1), 58: objections by row, no majority. */
  Type.Literal('R01'),
  /** 继续或者停止债务人的营业, art. 61(1)(5). */
  Type.Literal('R02'),
  /** 债务人财产管理方案, art. 61(1)(8). */
  Type.Literal('R03'),
  /** 破产财产变价方案, art. 61(1)(9). */
  Type.Literal('R04'),
  /** 破产财产分配方案, art. 61(1)(10). */
  Type.Literal('R05'),
  /** 重整计划草案, art. 61(1)(6), 82, 84, by groups; investors by art. 85. */
  Type.Literal('R06'),
  /** 和解协议草案, art. 61(1)(7), 97. */
  Type.Literal('R07'),
  /** 自行和解, art. 105: all creditors agree. */
  Type.Literal('R07U'),
  /** 债权人委员会成员的选任和更换, art. 61(1)(4), 67: one resolution a candidate. */
  Type.Literal('R08'),
  /** 申请更换管理人, art. 61(1)(2), 22(2). */
  Type.Literal('R09'),
  /** 管理人的费用和报酬, art. 61(1)(2). */
  Type.Literal('R10'),
  /** 其他, art. 61(1)(11). */
  Type.Literal('R11'),
  /** 债权人委员会决议, 司法解释三 art. 14. */
  Type.Literal('R12'),
  /** 提议召开债权人会议, art. 62(2). */
  Type.Literal('R13'),
]);
export type ResolutionTypeId = Static<typeof ResolutionTypeId>;

/** All types, in the order of the table. */
export const RESOLUTION_TYPE_IDS: readonly ResolutionTypeId[] = ResolutionTypeId.anyOf.map(
  (literal) => literal.const,
);

/** 核查债权 is no vote (art. 58): it is announced and counted apart from what is put to the vote. */
export function isVerification({ type }: { readonly type: string }): boolean {
  return type === 'R01';
}

interface OpenItem {
  readonly type: string;
  readonly closesAt: string | null;
}

/** What a meeting is announced by while something is open, and its next deadline: a vote before a verification. */
export function findOpen(
  open: readonly OpenItem[],
): { readonly state: 'voting' | 'verifying'; readonly closesAt: string | null } | undefined {
  if (open.length === 0) return undefined;
  const votes = open.filter((item) => !isVerification(item));
  const told = votes.length > 0 ? votes : open;
  const deadlines = told.flatMap(({ closesAt }) => closesAt ?? []).sort();
  return { state: votes.length > 0 ? 'voting' : 'verifying', closesAt: deadlines[0] ?? null };
}
