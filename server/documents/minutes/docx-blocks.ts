/** The blocks of the minutes as paragraphs and tables of Word. */
import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { Fact, MinutesBlock, MinutesTable } from '../../domain/minutes/content.ts';
import { GREY, LINE_TWIPS, RULE, SIZE } from './docx-page.ts';

const LABEL_TWIPS = 2_160;
const CODE_LABEL_TWIPS = 2_600;
const INDENT_TWIPS = 440;

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const thin = { style: BorderStyle.SINGLE, size: 4, color: RULE } as const;
const NO_BORDERS = { top: none, bottom: none, left: none, right: none } as const;

export function toParagraphs(block: MinutesBlock): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'text':
      return [paragraph(block.text, { indent: true })];
    case 'note':
      return [paragraph(block.text, { size: SIZE.small, color: GREY })];
    case 'heading':
      return [paragraph(block.text, { bold: true, keepNext: true })];
    case 'facts':
      return [factTable(block.rows, LABEL_TWIPS, SIZE.body), gap()];
    case 'code':
      return [factTable(block.rows, CODE_LABEL_TWIPS, SIZE.code), gap()];
    case 'quote':
      return quote(block.text);
    case 'table':
      return [dataTable(block.table), gap()];
    case 'verdict':
      return [verdictTable(block.word, block.text), gap()];
  }
}

interface Look {
  readonly size?: number;
  readonly color?: string;
  readonly bold?: boolean;
  readonly indent?: boolean;
  readonly keepNext?: boolean;
  readonly align?: 'right' | 'center';
}

function paragraph(text: string, look: Look = {}): Paragraph {
  const { size = SIZE.body, bold = false, keepNext = false } = look;
  const run = { text, size, bold, ...(look.color !== undefined && { color: look.color }) };
  return new Paragraph({
    keepNext,
    spacing: { after: 60 },
    ...(look.align && { alignment: look.align === 'right' ? AlignmentType.RIGHT : AlignmentType.CENTER }),
    ...(look.indent === true && { indent: { firstLine: INDENT_TWIPS } }),
    children: [new TextRun(run)],
  });
}

/** Two tables that follow each other would become one. */
const gap = (): Paragraph => new Paragraph({ spacing: { line: 120, after: 0 }, children: [] });

function quote(text: string): Paragraph[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map(
    (line, index) =>
      new Paragraph({
        indent: { left: 280, right: 280, firstLine: INDENT_TWIPS },
        border: {
          ...(index === 0 && { top: { ...thin, space: 4 } }),
          ...(index === lines.length - 1 && { bottom: { ...thin, space: 4 } }),
        },
        children: [new TextRun(line)],
      }),
  );
}

function factTable(rows: readonly Fact[], labelTwips: number, size: number): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: LINE_TWIPS, type: WidthType.DXA },
    columnWidths: [labelTwips, LINE_TWIPS - labelTwips],
    borders: { ...NO_BORDERS, insideHorizontal: none, insideVertical: none },
    rows: rows.map(
      ({ label, value }) =>
        new TableRow({
          cantSplit: true,
          children: [
            cell(paragraph(label, { size, color: GREY }), labelTwips),
            cell(paragraph(value, { size }), LINE_TWIPS - labelTwips),
          ],
        }),
    ),
  });
}

function cell(content: Paragraph, twips: number): TableCell {
  return new TableCell({
    width: { size: twips, type: WidthType.DXA },
    borders: NO_BORDERS,
    margins: { top: 10, bottom: 10, left: 0, right: 60 },
    children: [content],
  });
}

function dataTable({ columns, rows, hasTotal }: MinutesTable): Table {
  const shares = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => Math.floor((LINE_TWIPS * width) / shares));
  const row = (cells: readonly string[], isHead: boolean, bold: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: columns.map(
        ({ isNumber }, index) =>
          new TableCell({
            width: { size: widths[index] ?? 0, type: WidthType.DXA },
            margins: { top: 40, bottom: 20, left: 70, right: 70 },
            ...(isHead && { shading: { fill: 'EEEEEE' } }),
            children: [
              paragraph(cells[index] ?? '', { size: SIZE.small, bold, ...(isNumber && { align: 'right' }) }),
            ],
          }),
      ),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: LINE_TWIPS, type: WidthType.DXA },
    columnWidths: widths,
    borders: {
      top: thin,
      bottom: thin,
      left: thin,
      right: thin,
      insideHorizontal: thin,
      insideVertical: thin,
    },
    rows: [
      row(
        columns.map(({ title }) => title),
        true,
        true,
      ),
      ...rows.map((cells, index) => row(cells, false, hasTotal && index === rows.length - 1)),
    ],
  });
}

function verdictTable(word: string, text: string): Table {
  const wordTwips = 2_000;
  const margins = { top: 120, bottom: 80, left: 140, right: 140 };
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: LINE_TWIPS, type: WidthType.DXA },
    columnWidths: [wordTwips, LINE_TWIPS - wordTwips],
    rows: [
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            margins,
            verticalAlign: VerticalAlignTable.CENTER,
            width: { size: wordTwips, type: WidthType.DXA },
            children: [paragraph(word, { size: SIZE.verdict, bold: true, align: 'center' })],
          }),
          new TableCell({
            margins,
            verticalAlign: VerticalAlignTable.CENTER,
            width: { size: LINE_TWIPS - wordTwips, type: WidthType.DXA },
            children: [paragraph(text)],
          }),
        ],
      }),
    ],
  });
}
