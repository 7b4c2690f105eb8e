/** Rows of the sheet that are no claims: totals, subtotals, and who made the table. */
import type { Header } from './header.ts';
import { cleanText, isBlank } from './clean-text.ts';
import type { RawRow } from './raw-sheet.ts';

export type RowClass =
  | { readonly kind: 'CLAIM' }
  | { readonly kind: 'EMPTY' }
  | { readonly kind: 'GRAND_TOTAL' | 'SUBTOTAL' | 'FOOTER'; readonly label: string };

const GRAND_TOTAL = /^(?:合计|总计|共计)(?:金额)?(?:\(元\))?:?$/;
const SUBTOTAL = /^[\p{Script=Han}()（）]{0,16}(?:合计|小计|总计|累计|共计)(?:金额)?(?:\(元\))?:?$/u;
const FOOTER =
  /^(?:制表|审核|复核|填表|编制|核对|统计)[\p{Script=Han}]{0,6}(?::|$)|^(?:管理人|负责人|经办人|日期|单位|备注|注|说明)\d?[:.]/u;

/** Longest label that is repeated in a message, in characters. */
const MAX_LABEL_CHARACTERS = 20;

/** What a row below the headings is. A row with a claim number is a claim, whatever else stands in it. */
export function classifyRow(row: RawRow, header: Header): RowClass {
  const filled = row.cells.filter((cell) => cell.isFormula || !isBlank(cell.text));
  const [first] = filled;
  if (first === undefined) return { kind: 'EMPTY' };
  const claimNoColumn = header.columnOf.get('claimNo');
  const hasClaimNo = filled.some(({ column }) => column === claimNoColumn);
  if (hasClaimNo && first.column !== claimNoColumn) return { kind: 'CLAIM' };
  const text = cleanText(first.text).text.replace(/\s+/g, '').replaceAll('：', ':');
  const label = text.slice(0, MAX_LABEL_CHARACTERS);
  if (GRAND_TOTAL.test(text)) return { kind: 'GRAND_TOTAL', label };
  if (SUBTOTAL.test(text)) return { kind: 'SUBTOTAL', label };
  return FOOTER.test(text) ? { kind: 'FOOTER', label } : { kind: 'CLAIM' };
}
