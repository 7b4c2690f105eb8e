/**
 * Provinces by their two-digit code, GB/T 2260 (中华人民共和国行政区划代码). A court belongs to one, and a
 * provincial reviewer sees the cases of one.
 */
const names = {
  '11': '北京市',
  '12': '天津市',
  '13': '河北省',
  '14': '山西省',
  '15': '内蒙古自治区',
  '21': '辽宁省',
  '22': '吉林省',
  '23': '黑龙江省',
  '31': '上海市',
  '32': '江苏省',
  '33': '浙江省',
  '34': '安徽省',
  '35': '福建省',
  '36': '江西省',
  '37': '山东省',
  '41': '河南省',
  '42': '湖北省',
  '43': '湖南省',
  '44': '广东省',
  '45': '广西壮族自治区',
  '46': '海南省',
  '50': '重庆市',
  '51': '四川省',
  '52': '贵州省',
  '53': '云南省',
  '54': '西藏自治区',
  '61': '陕西省',
  '62': '甘肃省',
  '63': '青海省',
  '64': '宁夏回族自治区',
  '65': '新疆维吾尔自治区',
  '71': '台湾省',
  '81': '香港特别行政区',
  '82': '澳门特别行政区',
} as const;

export type ProvinceCode = keyof typeof names;

/** All codes with their names, in the order of the standard. */
export const provinces: readonly { readonly code: ProvinceCode; readonly name: string }[] = (
  Object.keys(names) as ProvinceCode[]
)
  .sort()
  .map((code) => ({ code, name: names[code] }));

/** `33` → 浙江省; undefined for a code that the standard does not have. */
export function findProvinceName(code: string): string | undefined {
  return Object.hasOwn(names, code) ? names[code as ProvinceCode] : undefined;
}
