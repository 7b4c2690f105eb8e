import type { Role } from '../../protocol/scalars.ts';

/** How a role is written before a name. Labels are Chinese, as the names are. */
const roleNames: Readonly<Record<Role, string>> = {
  creditor: '债权人',
  'administrator-lead': '管理人',
  'administrator-staff': '管理人',
  chair: '会议主席',
  judge: '法官',
  clerk: '书记员',
  reviewer: '监督人员',
  operator: '运维人员',
};

/** 张×× : the family name only (two characters where it is a compound one is not attempted). */
export function maskGivenName(name: string): string {
  const [first = ''] = [...name];
  return `${first}××`;
}

/** 管理人 张×× */
export function staffLabel(role: Role, name: string): string {
  return `${roleNames[role]} ${maskGivenName(name)}`;
}

/** 王××（江南某某公司）; an individual acting for himself is named once. */
export function creditorLabel(
  personName: string,
  creditor: { name: string; isIndividual: boolean } | undefined,
): string {
  if (!creditor || (creditor.isIndividual && creditor.name === personName)) {
    return `债权人 ${maskGivenName(personName)}`;
  }
  const creditorName = creditor.isIndividual ? maskGivenName(creditor.name) : creditor.name;
  return `${maskGivenName(personName)}（${creditorName}）`;
}
