/** Texts of the demonstration. Debtor, court and people are fictitious. */

export const demoCase = {
  debtor: '云溪（虚构）装备制造有限公司',
  court: '虚江市中级人民法院（演示）',
  province: '33',
  procedure: 'liquidation',
  acceptedOn: '2026-08-03',
  helpPhone: '0571-00000000',
} as const;

export const readyCaseNumber = '（2026）虚01破12号';
export const finishedCaseNumber = '（2026）虚01破7号';

export const planTitle = '债务人财产管理方案';

export const planText = [
  '一、管理人接管的债务人财产包括厂房、设备、库存原材料及应收账款，自接管之日起由管理人统一保管，设立专门台账。',
  '二、厂房和设备由管理人聘请的安保人员看护，安保、水电和保险费用列入破产费用，每季度向债权人会议或者债权人委员会报告。',
  '三、易损、易贬值的库存原材料，经评估后通过网络拍卖平台及时变卖，所得价款存入管理人账户。',
  '四、应收账款由管理人以发函、协商、诉讼等方式催收；单笔和解减让超过十万元的，应当事先报告债权人委员会或者人民法院。',
  '五、管理人账户的收支逐笔记录，债权人可以申请查阅。',
].join('\n');

export const verificationTitle = '核查债权表';

export const verificationText = [
  '管理人依照《企业破产法》第五十七条登记造册，对申报的债权进行审查，编制债权表，现依照第五十八条第一款提交债权人会议核查。',
  '债权人对债权表记载的本人债权或者他人债权有异议的，请在核查期间提出，说明理由并附证据；没有异议的，请确认本人债权。',
  '债务人、债权人对债权表记载的债权均无异议的，由人民法院裁定确认。',
].join('\n');

export const reportParagraphs = [
  '管理人自接受指定之日起，已接管债务人的印章、账簿、文书和全部财产，并完成债权申报登记。',
  '截至报告日，共接受三十家债权人申报，债权审查情况详见债权表。未确定的债权，管理人将继续审查。',
  '债务人的财产状况、已经采取的保全措施以及尚未了结的诉讼，在会上说明。',
];

/** Staff of the demonstration: user name, role, name, province of a reviewer. */
export const demoStaff = [
  { username: 'guanliren', role: 'administrator-lead', name: '张安宁', province: null },
  { username: 'zhuli', role: 'administrator-staff', name: '李思齐', province: null },
  { username: 'faguan', role: 'judge', name: '王明哲', province: null },
  { username: 'shujiyuan', role: 'clerk', name: '赵若云', province: null },
  { username: 'shencha', role: 'reviewer', name: '陈知秋', province: '33' },
  { username: 'yunwei', role: 'operator', name: '孙怀瑾', province: null },
] as const;
