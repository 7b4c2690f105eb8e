/**
 * Minutes as PDF: A4, embedded Chinese fonts, text that can be selected and searched (the fonts carry their
 * map back to Unicode). Laid out by hand, for a table must repeat its head on the next page.
 */
import { readFile } from 'node:fs/promises';
import PDFDocument from 'pdfkit';
import type { MinutesContent, MinutesSection } from '../../domain/minutes/content.ts';
import { toDrawable } from './drawable.ts';
import { BOLD_FONT, REGULAR_FONT } from './fonts.ts';
import { writeBlock } from './pdf-blocks.ts';
import { drawRule, keepTogether, lineWidth, MARGIN, RULE, type, type Pdf } from './pdf-page.ts';

export async function writeMinutesPdf(minutes: MinutesContent): Promise<Buffer> {
  const content = toDrawable(minutes, await readFile(REGULAR_FONT));
  const pdf = new PDFDocument({
    size: 'A4',
    margins: MARGIN,
    bufferPages: true,
    // No default font: Helvetica would be one that is not embedded.
    font: '',
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: `${content.caseNumber} ${content.title}`,
      Author: content.court,
      Subject: content.caseName,
    },
  });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const finished = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.on('error', reject);
  });
  pdf.registerFont('regular', REGULAR_FONT);
  pdf.registerFont('bold', BOLD_FONT);
  writeHead(pdf, content);
  for (const section of content.sections) writeSection(pdf, section);
  writeSignatures(pdf, content.signatures);
  for (const annex of content.annexes) {
    pdf.addPage();
    writeSection(pdf, annex);
  }
  writeMargins(pdf, content);
  pdf.end();
  return finished;
}

function writeHead(pdf: Pdf, { title, caseNumber, caseName, court }: MinutesContent): void {
  type(pdf, 'court').text(court, { align: 'center' });
  pdf.moveDown(0.4);
  type(pdf, 'title').text(title, { align: 'center', characterSpacing: 1 });
  pdf.moveDown(0.5);
  type(pdf, 'body').text(caseNumber, { align: 'center' });
  pdf.moveDown(0.15);
  type(pdf, 'body').text(caseName, { align: 'center' });
  pdf.moveDown(0.7);
  drawRule(pdf, 1.2);
}

function writeSection(pdf: Pdf, { heading, blocks }: MinutesSection): void {
  keepTogether(pdf, 64);
  pdf.x = MARGIN.left;
  pdf.moveDown(0.6);
  type(pdf, 'section').text(heading, { lineGap: 2 });
  pdf.y += 4;
  for (const [index, block] of blocks.entries()) {
    pdf.x = MARGIN.left;
    // What introduces a table stays with its first rows.
    if (blocks[index + 1]?.kind === 'table') keepTogether(pdf, 90);
    writeBlock(pdf, block);
  }
}

function writeSignatures(pdf: Pdf, roles: readonly string[]): void {
  keepTogether(pdf, 45 + roles.length * 27);
  pdf.x = MARGIN.left;
  pdf.moveDown(0.8);
  type(pdf, 'body').text('以上笔录经核对无误，签名或者盖章如下：', { lineGap: 4 });
  pdf.y += 12;
  for (const role of roles) {
    const { y } = pdf;
    type(pdf, 'body').text(`${role}：`, MARGIN.left + 22, y, { width: 120 });
    type(pdf, 'body').text('年      月      日', MARGIN.left + 330, y, { width: 130 });
    pdf
      .moveTo(MARGIN.left + 135, y + 15)
      .lineTo(MARGIN.left + 310, y + 15)
      .lineWidth(0.6)
      .strokeColor(RULE)
      .stroke();
    pdf.y = y + 27;
  }
  pdf.x = MARGIN.left;
}

/** Marks above, case and page below; written last, when the number of pages is known. */
function writeMargins(pdf: Pdf, { marks, caseNumber, title }: MinutesContent): void {
  const { count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    pdf.switchToPage(index);
    // Text beyond the bottom margin would begin another page.
    pdf.page.margins = { ...MARGIN, top: 0, bottom: 0 };
    const width = lineWidth(pdf);
    if (marks.length > 0) {
      type(pdf, 'mark').text(marks.join('　'), MARGIN.left, 44, { width, align: 'right' });
    }
    const y = pdf.page.height - 46;
    type(pdf, 'note').text(`${caseNumber} ${title}`, MARGIN.left, y, { width: width - 110 });
    type(pdf, 'note').text(`第 ${index + 1} 页 共 ${count} 页`, MARGIN.left, y, {
      width,
      align: 'right',
    });
  }
}
