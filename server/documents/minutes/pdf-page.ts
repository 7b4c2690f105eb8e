/** The page of the minutes' PDF: margins, type, and keeping together what belongs together. */

export type Pdf = PDFKit.PDFDocument;

/** Points; 1 cm is 28.3. */
export const MARGIN = { top: 78, bottom: 70, left: 68, right: 68 };
export const INK = '#000000';
export const RULE = '#999999';
const GREY = '#555555';

/** Type of the minutes, sizes in points. */
const TYPE = {
  court: { font: 'bold', size: 14, colour: INK },
  title: { font: 'bold', size: 21, colour: INK },
  section: { font: 'bold', size: 13, colour: INK },
  heading: { font: 'bold', size: 11, colour: INK },
  body: { font: 'regular', size: 11, colour: INK },
  label: { font: 'regular', size: 11, colour: GREY },
  note: { font: 'regular', size: 9, colour: GREY },
  mark: { font: 'bold', size: 9, colour: GREY },
  /** A hash of 64 characters fits on one line, and stays comparable. */
  code: { font: 'regular', size: 8.5, colour: INK },
  codeLabel: { font: 'regular', size: 8.5, colour: GREY },
  cell: { font: 'regular', size: 9, colour: INK },
  strongCell: { font: 'bold', size: 9, colour: INK },
  verdict: { font: 'bold', size: 16, colour: INK },
} as const;
export type TypeName = keyof typeof TYPE;

/** Width between the margins, points. */
export function lineWidth(pdf: Pdf): number {
  return pdf.page.width - MARGIN.left - MARGIN.right;
}

/** Begins a page unless this much room is left. */
export function keepTogether(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - MARGIN.bottom) pdf.addPage();
}

export function type(pdf: Pdf, name: TypeName): Pdf {
  const { font, size, colour } = TYPE[name];
  return pdf.font(font).fontSize(size).fillColor(colour);
}

export function drawRule(pdf: Pdf, width = 0.6): void {
  const { y } = pdf;
  pdf
    .moveTo(MARGIN.left, y)
    .lineTo(pdf.page.width - MARGIN.right, y)
    .lineWidth(width)
    .strokeColor(width > 1 ? INK : RULE)
    .stroke();
  pdf.y = y + 5;
}
