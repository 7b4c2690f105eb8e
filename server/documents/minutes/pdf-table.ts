/** A table in the minutes' PDF: thin rules, numbers to the right, the head again on every page. */
import type { MinutesTable } from '../../domain/minutes/content.ts';
import { keepTogether, lineWidth, type, type Pdf, type TypeName } from './pdf-page.ts';

const PAD_X = 4;
const PAD_Y = 4;
const RULE = '#777777';
const HEAD_FILL = '#eeeeee';

interface Column {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

interface Row {
  readonly cells: readonly string[];
  readonly type: TypeName;
  readonly fill: string | null;
}

export function drawTable(pdf: Pdf, { columns, rows, hasTotal }: MinutesTable): void {
  const layout = layOut(pdf, columns);
  const head: Row = { cells: columns.map(({ title }) => title), type: 'strongCell', fill: HEAD_FILL };
  pdf.y += 2;
  // A head alone at the foot of a page helps nobody.
  keepTogether(pdf, 2 * heightOf(pdf, layout, head) + 12);
  drawRow(pdf, layout, head);
  for (const [index, cells] of rows.entries()) {
    const isTotal = hasTotal && index === rows.length - 1;
    const row: Row = { cells, type: isTotal ? 'strongCell' : 'cell', fill: null };
    const pages = pdf.bufferedPageRange().count;
    keepTogether(pdf, heightOf(pdf, layout, row));
    if (pdf.bufferedPageRange().count > pages) drawRow(pdf, layout, head);
    drawRow(pdf, layout, row);
  }
  pdf.y += 6;
}

function layOut(pdf: Pdf, columns: MinutesTable['columns']): Column[] {
  const shares = columns.reduce((sum, { width }) => sum + width, 0);
  let x = pdf.page.margins.left;
  return columns.map(({ width: share, isNumber }) => {
    const width = (lineWidth(pdf) * share) / shares;
    const column: Column = { x, width, align: isNumber ? 'right' : 'left' };
    x += width;
    return column;
  });
}

function heightOf(pdf: Pdf, layout: readonly Column[], row: Row): number {
  type(pdf, row.type);
  const heights = layout.map(({ width }, index) =>
    pdf.heightOfString(row.cells[index] ?? '', { width: width - 2 * PAD_X, lineGap: 1 }),
  );
  return Math.max(...heights) + 2 * PAD_Y;
}

function drawRow(pdf: Pdf, layout: readonly Column[], row: Row): void {
  const height = heightOf(pdf, layout, row);
  const { y } = pdf;
  for (const [index, { x, width, align }] of layout.entries()) {
    const box = pdf.rect(x, y, width, height).lineWidth(0.5);
    if (row.fill === null) box.strokeColor(RULE).stroke();
    else box.fillAndStroke(row.fill, RULE);
    const inside = { width: width - 2 * PAD_X, align, lineGap: 1 };
    type(pdf, row.type).text(row.cells[index] ?? '', x + PAD_X, y + PAD_Y, inside);
  }
  pdf.x = pdf.page.margins.left;
  pdf.y = y + height;
}
