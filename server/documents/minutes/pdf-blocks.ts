/** The blocks of the minutes, one after another down the page. */
import type { MinutesBlock } from '../../domain/minutes/content.ts';
import { drawRule, INK, keepTogether, lineWidth, MARGIN, type, type Pdf } from './pdf-page.ts';
import { drawTable } from './pdf-table.ts';

/** Longer paragraphs may run over the foot of the page. */
const KEPT_TEXT_HEIGHT = 120;
const LABEL_WIDTH = 108;
/** Longest label that shares its line with a code. */
const CODE_LABEL_WIDTH = 120;

export function writeBlock(pdf: Pdf, block: MinutesBlock): void {
  switch (block.kind) {
    case 'text':
      writeText(pdf, block.text);
      break;
    case 'note':
      type(pdf, 'note').text(block.text, { lineGap: 2 });
      pdf.y += 4;
      break;
    case 'heading':
      keepTogether(pdf, 48);
      pdf.y += 3;
      type(pdf, 'heading').text(block.text, { lineGap: 3 });
      pdf.y += 2;
      break;
    case 'facts':
      for (const { label, value } of block.rows) writeFact(pdf, label, value);
      pdf.y += 3;
      break;
    case 'quote':
      writeQuote(pdf, block.text);
      break;
    case 'code':
      for (const { label, value } of block.rows) writeCode(pdf, label, value);
      pdf.y += 3;
      break;
    case 'table':
      drawTable(pdf, block.table);
      break;
    case 'verdict':
      writeVerdict(pdf, block.word, block.text);
      break;
  }
}

/** A paragraph of a few lines is not torn apart: figures and what they mean are read together. */
function writeText(pdf: Pdf, text: string): void {
  const look = { indent: 22, lineGap: 4 };
  type(pdf, 'body');
  keepTogether(pdf, Math.min(pdf.heightOfString(text, { ...look, width: lineWidth(pdf) }), KEPT_TEXT_HEIGHT));
  pdf.text(text, look);
  pdf.y += 3;
}

function writeFact(pdf: Pdf, label: string, value: string): void {
  const width = lineWidth(pdf) - LABEL_WIDTH;
  type(pdf, 'body');
  const height = pdf.heightOfString(value, { width, lineGap: 3 });
  // A value longer than this may run over the foot of the page; its first lines stay with the label.
  keepTogether(pdf, Math.min(height, 120) + 3);
  const { y } = pdf;
  type(pdf, 'label').text(label, MARGIN.left, y, { width: LABEL_WIDTH - 8, lineGap: 3 });
  const pages = pdf.bufferedPageRange().count;
  const labelEnd = pdf.y;
  type(pdf, 'body').text(value, MARGIN.left + LABEL_WIDTH, y, { width, lineGap: 3 });
  const hasTurned = pdf.bufferedPageRange().count > pages;
  pdf.y = (hasTurned ? pdf.y : Math.max(labelEnd, pdf.y)) + 2;
  pdf.x = MARGIN.left;
}

function writeQuote(pdf: Pdf, quote: string): void {
  keepTogether(pdf, 60);
  drawRule(pdf);
  for (const paragraph of quote.split('\n').filter((line) => line.trim() !== '')) {
    type(pdf, 'body').text(paragraph, MARGIN.left + 14, pdf.y, {
      width: lineWidth(pdf) - 28,
      indent: 22,
      lineGap: 4,
    });
    pdf.y += 2;
  }
  pdf.x = MARGIN.left;
  pdf.y += 3;
  drawRule(pdf);
}

function writeCode(pdf: Pdf, label: string, value: string): void {
  type(pdf, 'codeLabel');
  const isShort = pdf.widthOfString(label) <= CODE_LABEL_WIDTH;
  keepTogether(pdf, 28);
  const { y } = pdf;
  pdf.text(label, MARGIN.left, y, { width: isShort ? CODE_LABEL_WIDTH + 6 : lineWidth(pdf) });
  const valueY = isShort ? y : pdf.y;
  if (value !== '') {
    const x = MARGIN.left + (isShort ? CODE_LABEL_WIDTH + 8 : 14);
    const width = pdf.page.width - MARGIN.right - x;
    type(pdf, 'code').text(value, x, valueY, { width });
  }
  pdf.x = MARGIN.left;
  pdf.y += 2;
}

function writeVerdict(pdf: Pdf, word: string, text: string): void {
  const width = lineWidth(pdf);
  const wordWidth = 92;
  type(pdf, 'body');
  const height = Math.max(44, pdf.heightOfString(text, { width: width - wordWidth - 24, lineGap: 3 }) + 18);
  keepTogether(pdf, height + 10);
  const y = pdf.y + 4;
  pdf.rect(MARGIN.left, y, width, height).lineWidth(1).strokeColor(INK).stroke();
  type(pdf, 'verdict').text(word, MARGIN.left + 6, y + height / 2 - 13, {
    width: wordWidth,
    align: 'center',
  });
  pdf
    .moveTo(MARGIN.left + wordWidth + 6, y)
    .lineTo(MARGIN.left + wordWidth + 6, y + height)
    .lineWidth(0.6)
    .stroke();
  type(pdf, 'body').text(text, MARGIN.left + wordWidth + 16, y + 8, {
    width: width - wordWidth - 24,
    lineGap: 3,
  });
  pdf.x = MARGIN.left;
  pdf.y = y + height + 8;
}
