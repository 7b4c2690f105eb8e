/**
 * Minutes as a Word document: the same content as the PDF, with the characters that occur embedded, so that it
 * looks the same where the font is not installed. What is typed in later falls back to the reader's own font.
 */
import { readFile } from 'node:fs/promises';
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  TabStopType,
  type Table,
  TextRun,
} from 'docx';
import type { MinutesContent, MinutesSection } from '../../domain/minutes/content.ts';
import { toParagraphs } from './docx-blocks.ts';
import { GREY, LINE_TWIPS, MARGIN_TWIPS, SIZE } from './docx-page.ts';
import { BOLD_FONT, FONT_FAMILY, REGULAR_FONT } from './fonts.ts';
import { subsetTrueType } from './truetype-subset.ts';

/** In every document, for names and numbers that are typed in later. */
const ASCII = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index));

/** A4 in twips (1/1440 inch). */
const A4 = { width: 11_906, height: 16_838 };

export async function writeMinutesDocx(content: MinutesContent): Promise<Buffer> {
  const characters = charactersOf(content);
  const [regular, bold] = await Promise.all([REGULAR_FONT, BOLD_FONT].map((path) => readFile(path)));
  if (!regular || !bold) throw new Error('the fonts of documents are missing');
  const font = { ascii: FONT_FAMILY, hAnsi: FONT_FAMILY, eastAsia: FONT_FAMILY, cs: FONT_FAMILY };
  const document = new Document({
    title: `${content.caseNumber} ${content.title}`,
    subject: content.caseName,
    creator: content.court,
    fonts: [
      {
        name: FONT_FAMILY,
        data: subsetTrueType(regular, characters),
        bold: subsetTrueType(bold, characters),
      },
    ],
    styles: {
      default: {
        document: {
          run: { font, size: SIZE.body, language: { value: 'zh-CN', eastAsia: 'zh-CN' } },
          paragraph: { spacing: { line: 320 } },
        },
      },
    },
    sections: [
      {
        properties: { page: { size: A4, margin: MARGIN_TWIPS } },
        headers: { default: headerOf(content) },
        footers: { default: footerOf(content) },
        children: [
          ...headOf(content),
          ...content.sections.flatMap((section) => sectionOf(section)),
          ...signaturesOf(content.signatures),
          ...content.annexes.flatMap((annex) => sectionOf(annex, true)),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** Every character that the document shows, those of the writer's own words included. */
function charactersOf(content: MinutesContent): Set<string> {
  const own = '以上笔录经核对无误，签名或者盖章如下：年月日第页共　';
  return new Set(own + ASCII + JSON.stringify(content));
}

function centred(text: string, size: number, bold: boolean): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 100 },
    children: [new TextRun({ text, size, bold })],
  });
}

function headOf({ court, title, caseNumber, caseName }: MinutesContent): Paragraph[] {
  return [
    centred(court, SIZE.court, true),
    centred(title, SIZE.title, true),
    centred(caseNumber, SIZE.body, false),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 160 },
      border: { bottom: { style: BorderStyle.SINGLE, size: 10, space: 8, color: '000000' } },
      children: [new TextRun(caseName)],
    }),
  ];
}

function sectionOf({ heading, blocks }: MinutesSection, startsPage = false): (Paragraph | Table)[] {
  return [
    new Paragraph({
      pageBreakBefore: startsPage,
      keepNext: true,
      outlineLevel: 0,
      spacing: { before: 240, after: 100 },
      children: [new TextRun({ text: heading, bold: true, size: SIZE.heading })],
    }),
    ...blocks.flatMap(toParagraphs),
  ];
}

function signaturesOf(roles: readonly string[]): Paragraph[] {
  const closing = new Paragraph({
    keepNext: true,
    spacing: { before: 360, after: 160 },
    children: [new TextRun('以上笔录经核对无误，签名或者盖章如下：')],
  });
  const lines = roles.map(
    (role, index) =>
      new Paragraph({
        keepNext: index < roles.length - 1,
        spacing: { before: 220 },
        indent: { left: 440 },
        tabStops: [
          { type: TabStopType.LEFT, position: 2_500 },
          { type: TabStopType.LEFT, position: 6_200 },
        ],
        children: [
          new TextRun({ children: [`${role}：`, new Tab()] }),
          // Underlined blanks: a line to sign on that grows with nothing.
          new TextRun({ text: ' '.repeat(36), underline: {} }),
          new TextRun({ children: [new Tab(), '     年     月     日'] }),
        ],
      }),
  );
  return [closing, ...lines];
}

function headerOf({ marks }: MinutesContent): Header {
  const run = new TextRun({ text: marks.join('　'), bold: true, size: SIZE.small, color: GREY });
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [run] })] });
}

function footerOf({ caseNumber, title }: MinutesContent): Footer {
  const run = new TextRun({
    size: SIZE.small,
    color: GREY,
    children: [
      `${caseNumber} ${title}`,
      new Tab(),
      '第 ',
      PageNumber.CURRENT,
      ' 页 共 ',
      PageNumber.TOTAL_PAGES,
      ' 页',
    ],
  });
  const paragraph = new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: LINE_TWIPS }],
    children: [run],
  });
  return new Footer({ children: [paragraph] });
}
