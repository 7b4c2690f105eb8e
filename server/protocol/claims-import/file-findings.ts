/** What can be said of an uploaded file as a whole, and of its sheets, headings and special rows. */
import type { ImportTemplate } from './template.ts';

export const fileTemplates = {
  FILE_NOT_XLSX: {
    severity: 'error',
    zh: '文件不是 .xlsx 工作簿（实际内容为：{detected}）。请在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”后再上传。',
    en: 'The file is not an .xlsx workbook (its content is {detected}). Save it as “Excel Workbook (*.xlsx)”.',
  },
  FILE_ENCRYPTED: {
    severity: 'error',
    zh: '文件已加密。请取消打开密码后再上传。',
    en: 'The file is encrypted. Remove its password and upload it again.',
  },
  FILE_BROKEN: {
    severity: 'error',
    zh: '文件已损坏，无法读取（{part}）。请在 Excel 中打开并重新保存。',
    en: 'The file is damaged and cannot be read ({part}). Open it in Excel and save it again.',
  },
  FILE_DOCTYPE: {
    severity: 'error',
    zh: '文件含有不允许的文档类型声明（DOCTYPE，位于 {part}），已拒绝读取。',
    en: 'The file contains a document type declaration (DOCTYPE in {part}) and was refused.',
  },
  FILE_INFLATES_TOO_LARGE: {
    severity: 'error',
    zh: '文件解压后超过 {limitMb} MB，已拒绝读取。',
    en: 'The file inflates to more than {limitMb} MB and was refused.',
  },
  CELL_BEYOND_LIMITS: {
    severity: 'error',
    zh: '单元格 {reference} 超出可读取的范围（最多 {rows} 行、{columns} 列）。请删除表格以外的内容和格式。',
    en: 'Cell {reference} is beyond what is read (at most {rows} rows and {columns} columns). Delete content and formats outside the table.',
  },
  READ_TIMED_OUT: {
    severity: 'error',
    zh: '读取文件超过 {seconds} 秒，已停止。请检查文件内容或分批导入。',
    en: 'Reading the file took more than {seconds} seconds and was stopped.',
  },
  READ_OUT_OF_MEMORY: {
    severity: 'error',
    zh: '读取文件所需内存超过 {limitMb} MB，已停止。请检查文件内容或分批导入。',
    en: 'Reading the file needed more than {limitMb} MB of memory and was stopped.',
  },
} as const satisfies Record<string, ImportTemplate>;

export const sheetTemplates = {
  SHEET_MISSING: {
    severity: 'error',
    zh: '找不到名为“{expected}”的工作表；文件中的工作表为：{found}。',
    en: 'There is no sheet named “{expected}”; the sheets are: {found}.',
  },
  HEADER_MISSING: {
    severity: 'error',
    zh: '前 {rows} 行中找不到表头行（至少须有“{numberColumn}”和“{nameColumn}”）。',
    en: 'No heading row in the first {rows} rows (the columns “{numberColumn}” and “{nameColumn}” are needed).',
  },
  COLUMN_MISSING: {
    severity: 'error',
    zh: '缺少必填列“{column}”。',
    en: 'The column “{column}” is missing.',
  },
  COLUMN_REPEATED: {
    severity: 'error',
    zh: '列“{column}”重复出现（首次在 {first}）。',
    en: 'The column “{column}” appears twice (first in {first}).',
  },
  COLUMN_UNKNOWN: {
    severity: 'warning',
    zh: '不认识的列“{header}”，该列未导入。',
    en: 'Unknown column “{header}”; it was not imported.',
  },
  COLUMN_IN_WAN: {
    severity: 'error',
    zh: '列“{header}”以万元或亿元为单位。金额须以元为单位填写。',
    en: 'The column “{header}” is in units of 10 000 or 100 million. Amounts must be in yuan.',
  },
  NO_ROWS: { severity: 'error', zh: '表头以下没有债权。', en: 'There are no claims below the headings.' },
  MERGED_TITLE_SKIPPED: {
    severity: 'warning',
    zh: '表头上方的合并标题行已跳过（{range}）。',
    en: 'The merged title above the headings was skipped ({range}).',
  },
  MERGED_CELLS: {
    severity: 'error',
    zh: '数据区内有合并单元格（{range}）。请取消合并并在每一行填写。',
    en: 'There are merged cells among the data ({range}). Unmerge them and fill in every row.',
  },
  TOTAL_ROW_SKIPPED: {
    severity: 'warning',
    zh: '第 {row} 行为“{label}”行，未作为债权导入。',
    en: 'Row {row} is a “{label}” row and was not imported as a claim.',
  },
  FOOTER_ROW_SKIPPED: {
    severity: 'warning',
    zh: '第 {row} 行（“{label}”）为表尾说明，未作为债权导入。',
    en: 'Row {row} (“{label}”) is a footer and was not imported as a claim.',
  },
  TOTAL_DIFFERS: {
    severity: 'error',
    zh: '合计行的“{column}”为 {found} 元，各行相加为 {expected} 元，两者不符。',
    en: 'The total of “{column}” is given as {found} yuan, the rows add up to {expected} yuan.',
  },
  TOTAL_TOO_LARGE: {
    severity: 'error',
    zh: '各行“{column}”之和超过系统上限（1000 万亿元）。',
    en: 'The sum of “{column}” is beyond the system’s limit (10^15 yuan).',
  },
  HIDDEN_ROW_READ: {
    severity: 'warning',
    zh: '第 {row} 行是隐藏行，已照常导入。',
    en: 'Row {row} is hidden; it was imported all the same.',
  },
  HIDDEN_COLUMN_READ: {
    severity: 'warning',
    zh: '列“{column}”是隐藏列，已照常导入。',
    en: 'The column “{column}” is hidden; it was imported all the same.',
  },
} as const satisfies Record<string, ImportTemplate>;
