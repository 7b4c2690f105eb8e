/** The page of the minutes' PDF: margins, type, and keeping together what belongs together. */

export type Pdf = PDFKit.PDFDocument;

/** Points; 1 cm is 28.3. */
export const MARGIN = { top: 78, bottom: 70, left: 68, right: 68 };
export const INK = '#000000';
export const GREY = '#555555';
export const RULE = '#999999';
/** Size of the text, points. */
export const BODY = 11;

/** Width between the margins, points. */
export function lineWidth(pdf: Pdf): number {
  return pdf.page.width - MARGIN.left - MARGIN.right;
}

/** Begins a page unless this much room is left. */
export function keepTogether(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - MARGIN.bottom) pdf.addPage();
}

export function type(pdf: Pdf, font: 'regular' | 'bold', size: number, colour = INK): Pdf {
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
