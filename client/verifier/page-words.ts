/** The words of the page beside those of the report, Chinese first. */
import type { Words } from '../../server/domain/record/verify/codes.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

export const pageWords = {
  title: w('债权人会议记录核验', 'Check a creditors’ meeting record'),
  offline: w(
    '本页在您的电脑上离线核验，不联网，不上传任何内容。',
    'This page works offline on your own computer. Nothing is sent anywhere.',
  ),
  bundle: w('一、存证包（.zip）', '1  Evidence bundle (.zip)'),
  policy: w('二、策略文件（可信密钥和见证方）', '2  Policy (trusted keys and witnesses)'),
  policyHint: w(
    '须从存证包以外取得，例如会议通知、法院或见证方。不提供时只能核验存证包是否自身一致。',
    'It must come from elsewhere than the bundle: the notice, the court, a witness. Without it the bundle can only be checked against itself.',
  ),
  checkpoint: w('三、您保存的检查点（可不提供）', '3  A checkpoint that you kept (optional)'),
  receipt: w('四、您的表决回执（可不提供）', '4  Your receipt (optional)'),
  authority: w('五、时间戳服务机构的根证书（可不提供）', '5  Root of the time-stamp authority (optional)'),
  authorityHint: w(
    'PEM 格式，须从存证包以外取得。提供后才能核验时间戳。',
    'In PEM, from elsewhere than the bundle. Without it time stamps are not checked.',
  ),
  authorityBad: w('没有 PEM 证书', 'no certificate in PEM'),
  start: w('开始核验', 'Check'),
  missing: w('请先选择存证包。', 'Choose a bundle first.'),
  running: w('正在核验', 'Checking'),
  print: w('打印结果', 'Print'),
  steps: w('核验步骤', 'Steps'),
  judge: w('供阅读者判断', 'For the reader to judge'),
  more: w('另有', 'and'),
  policyBad: w('策略文件无法读取', 'the policy cannot be read'),
  fileBad: w('文件无法读取', 'the file cannot be read'),
  tooOld: w(
    '此浏览器太旧，无法核验。请使用 2018 年以后的浏览器。',
    'This browser is too old. Use one from 2018 or later.',
  ),
  file: w('核验的文件', 'File'),
  at: w('核验时间', 'Checked at'),
} as const;
