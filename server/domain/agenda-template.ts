/**
 * Agenda of a first creditors' meeting. 企业破产法 art. 61 (functions of the meeting), 62 (convened by the
 * court), 68 (questions to administrator and debtor); order of 最高人民法院《关于审理企业破产案件若干问题的
 * 规定》(法释〔2002〕23号) art. 42 as published meetings of 2017–2024 follow it.
 *
 * The template proposes; the administrator changes, drops and adds items until the meeting is published.
 * It does not decide what is put to the vote beyond the property management plan (art. 61(1)(8)).
 */
import type { AgendaKind } from './master-data.ts';

export interface AgendaTemplateItem {
  readonly title: string;
  readonly kind: AgendaKind;
  /** Set where the item is a vote: registry id of the resolution type and its title. */
  readonly resolution: { readonly type: string; readonly title: string } | null;
}

const item = (kind: AgendaKind, title: string): AgendaTemplateItem => ({ title, kind, resolution: null });

/** Sign-in comes before the time (签到在会前) and is a page of its own, so the agenda begins after it. */
export const firstMeetingAgenda: readonly AgendaTemplateItem[] = [
  item('formal', '书记员宣布会议纪律，报告债权人到会情况'),
  item('formal', '审判长宣布开会和合议庭组成，宣读受理裁定、指定管理人决定'),
  item('formal', '宣布债权人会议的职权'),
  item('formal', '人民法院宣布债权人会议主席'),
  item('report', '管理人作执行职务工作报告'),
  item('report', '管理人报告债务人财产状况'),
  item('verification', '管理人报告债权申报及审查情况，债权人会议核查债权表'),
  item('report', '管理人说明议案和表决规则'),
  item('report', '管理人报告管理人报酬方案'),
  item('questions', '债务人的有关人员接受询问，债权人提问，管理人答复'),
  {
    title: '表决债务人财产管理方案',
    kind: 'vote',
    resolution: { type: 'R03', title: '债务人财产管理方案' },
  },
  item('formal', '宣布表决结果或者表决截止时间'),
  item('formal', '债权人会议主席、人民法院总结，告知申请撤销决议的期限和会议笔录的确认'),
  item('formal', '宣布闭会'),
];
