/** A table in the minutes' PDF: thin rules, numbers to the right, the head again on every page. */
import type { MinutesTable } from '../../domain/minutes/content.ts';
import { keepTogether, lineWidth, type, type Pdf } from './pdf-page.ts';

const FONT_SIZE = 9;
const PAD_X = 4;
const PAD_Y = 4;
const RULE = '#777777';
const HEAD_FILL = '#eeeeee';

type Font = 'regular' | 'bold';

interface Column {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

export function drawTable(pdf: Pdf, { columns, rows, hasTotal }: MinutesTable): void {
  const layout = layOut(pdf, columns);
  const head = columns.map(({ title }) => title);
  const drawHead = () => drawRow(pdf, layout, head, { font: 'bold', fill: HEAD_FILL });
  pdf.y += 2;
  // A head alone at the foot of a page helps nobody.
  keepTogether(pdf, 2 * heightOf(pdf, layout, head, 'bold') + 12);
  drawHead();
  for (const [index, row] of rows.entries()) {
    const font = hasTotal && index === rows.length - 1 ? 'bold' : 'regular';
    const pages = pdf.bufferedPageRange().count;
    keepTogether(pdf, heightOf(pdf, layout, row, font));
    if (pdf.bufferedPageRange().count > pages) drawHead();
    drawRow(pdf, layout, row, { font, fill: null });
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

function heightOf(pdf: Pdf, layout: readonly Column[], cells: readonly string[], font: Font): number {
  type(pdf, font, FONT_SIZE);
  const heights = layout.map(({ width }, index) =>
    pdf.heightOfString(cells[index] ?? '', { width: width - 2 * PAD_X, lineGap: 1 }),
  );
  return Math.max(...heights) + 2 * PAD_Y;
}

function drawRow(
  pdf: Pdf,
  layout: readonly Column[],
  cells: readonly string[],
  { font, fill }: { readonly font: Font; readonly fill: string | null },
): void {
  const height = heightOf(pdf, layout, cells, font);
  const { y } = pdf;
  for (const [index, { x, width, align }] of layout.entries()) {
    const cell = pdf.rect(x, y, width, height).lineWidth(0.5);
    if (fill === null) cell.strokeColor(RULE).stroke();
    else cell.fillAndStroke(fill, RULE);
    type(pdf, font, FONT_SIZE).text(cells[index] ?? '', x + PAD_X, y + PAD_Y, {
      width: width - 2 * PAD_X,
      align,
      lineGap: 1,
    });
  }
  pdf.x = pdf.page.margins.left;
  pdf.y = y + height;
}
