/**
 * What a page offers. The server decides: these only keep buttons away from those whose press it would
 * refuse (domain.md's roles: the administrator prepares, the court looks on).
 */
const isAmong = (roles: readonly string[], wanted: readonly string[]): boolean =>
  roles.some((role) => wanted.includes(role));

/** Claims, documents, meetings, team. */
export function mayPrepare(role: string): boolean {
  return role === 'administrator-lead' || role === 'administrator-staff';
}

/** Publishing, the team, and taking back what the debtor said, are for the one who answers for the case. */
export function mayPublish(role: string): boolean {
  return role === 'administrator-lead';
}

/** Who may take the host's controls over when the host is away. */
export function mayTakeHost(roles: readonly string[]): boolean {
  return isAmong(roles, ['administrator-lead', 'judge', 'chair']);
}

/** 休会, 复会 and 收回发言权 act at once for the judge, without the host's controls. */
export function isJudge(roles: readonly string[]): boolean {
  return isAmong(roles, ['judge']);
}

/** Notices and their deliveries: the administrator issues, the court looks on. */
export function mayFollowNotices(roles: readonly string[]): boolean {
  return isAmong(roles, ['administrator-lead', 'administrator-staff', 'judge', 'clerk']);
}

/** Decisions of the court are recorded by the court and by the one who keeps the administrator's file. */
export function mayRecordDecisions(roles: readonly string[]): boolean {
  return isAmong(roles, ['administrator-lead', 'judge', 'clerk']);
}
