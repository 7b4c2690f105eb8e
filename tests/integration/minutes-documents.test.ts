/** Minutes as PDF and Word, written by the real child process and read back with poppler and as XML. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { REGULAR_FONT } from '../../server/documents/minutes/fonts.ts';
import { createMinutesRenderer } from '../../server/documents/minutes/renderer.ts';
import { subsetTrueType } from '../../server/documents/minutes/truetype-subset.ts';
import { buildMinutes } from '../../server/domain/minutes/build-minutes.ts';
import type { MinutesContent } from '../../server/domain/minutes/content.ts';
import { filesOfZip, fontsOfPdf, pagesOfPdf, textOfDocx, textOfPdf } from '../support/documents.ts';
import { PLAN_TEXT, tellMeeting, type StoryVoter } from '../support/meeting-story.ts';

/** Rare characters, radicals that look like characters (U+2F00, U+2F2F), and what marks up XML. */
const voters: readonly StoryVoter[] = [
  { creditor: '𠮷田（虚构）贸易有限公司', person: '张㛃', fen: 6_400n, choice: 'for', signIn: 'self' },
  {
    creditor: 'A&B <Office> \u2f00\u2f2f Ltd',
    person: 'fi ffl Müller',
    fen: 10_000n,
    choice: 'against',
    signIn: 'self',
  },
];

function minutesOf(count = voters.length): MinutesContent {
  const many = Array.from({ length: count }, (_, index) => voters[index % voters.length] as StoryVoter);
  const { history, open } = tellMeeting({ voters: many, endsAfter: 'verdict' });
  return buildMinutes({ history, open, masked: false });
}

const renderer = createMinutesRenderer();

describe('the PDF', () => {
  let pdf: Buffer;
  const render = async () => (pdf ??= await renderer.render(minutesOf(), 'pdf'));

  it('can be searched: every word, figure and full-width mark comes out as it was typed', async () => {
    const text = await textOfPdf(await render());
    for (const line of PLAN_TEXT.split('\n')) expect(text).toContain(line);
    expect(text).toContain('债权额：同意的债权人所代表的债权额64.00元，即64.00/164.00');
    expect(text).toContain('占无财产担保债权总额的39.02%；法律要求二分之一以上，未达到，还差18.00元。');
    expect(text).toContain('《中华人民共和国企业破产法》第64条第1款：');
    expect(text).toContain('A&B<Office>一工Ltd');
    expect(text).toContain('fifflMüller');
    expect(text).toContain('张㛃');
  });

  it('writes the number of a character that the font does not have, so that it is not lost', async () => {
    expect(await textOfPdf(await render())).toContain('〔U+20BB7〕田（虚构）');
  });

  it('embeds its fonts in part, with their map to Unicode, and uses no other', async () => {
    const fonts = await fontsOfPdf(await render());
    expect(fonts).toHaveLength(2);
    for (const font of fonts) expect(font).toMatch(/NotoSerifSC-\w+ +CID TrueType +Identity-H +yes yes yes/);
    expect(pdf.length).toBeLessThan(1_000_000);
  });

  it('says on every page which document it is, which page of how many, and that it is a draft', async () => {
    const pages = await pagesOfPdf(await render());
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, page] of pages.entries()) {
      const words = page.replaceAll(/\s/g, '');
      expect(words).toContain('（2026）浙01破12号第一次债权人会议笔录');
      expect(words).toContain(`第${index + 1}页共${pages.length}页`);
      expect(words).toContain('草稿：会议尚未闭会');
    }
  });

  it('leaves lines to sign on', async () => {
    const text = await textOfPdf(await render());
    expect(text).toMatch(/以上笔录经核对无误.*债权人会议主席：.*审判长：.*书记员：.*管理人：.*主持人：/);
  });

  it('repeats the head of a table that goes over many pages, and loses no row', async () => {
    const many = await renderer.render(minutesOf(1_000), 'pdf');
    const pages = await pagesOfPdf(many);
    const annex = pages.slice(pages.findIndex((page) => page.includes('附表')));
    expect(annex.length).toBeGreaterThan(10);
    for (const page of annex) expect(page).toMatch(/序号\s+债权人/);
    const numbers = annex.flatMap((page) => [...page.matchAll(/^ *(\d{1,4}) /gm)].map((match) => match[1]));
    expect(new Set(numbers).size).toBe(1_000);
  });
});

describe('the Word document', () => {
  it('holds the same words', async () => {
    const files = await filesOfZip(await renderer.render(minutesOf(), 'docx'));
    const text = textOfDocx(files);
    for (const line of PLAN_TEXT.split('\n')) expect(text).toContain(line);
    expect(text).toContain('法律要求二分之一以上，未达到，还差 18.00 元。');
    expect(text).toContain('A&B <Office> \u2f00\u2f2f Ltd');
    expect(text).toContain('𠮷田（虚构）贸易有限公司');
    expect(text).toContain('债权人会议主席：');
    expect(files.get('word/header1.xml')?.toString()).toContain('草稿：会议尚未闭会');
  });

  it('embeds both weights of the font, cut to the characters that occur', async () => {
    const files = await filesOfZip(await renderer.render(minutesOf(), 'docx'));
    const table = files.get('word/fontTable.xml')?.toString() ?? '';
    expect(table).toContain('w:name="Noto Serif SC"');
    expect(table).toMatch(/embedRegular.*embedBold/);
    const embedded = [...files].filter(([name]) => name.startsWith('word/fonts/'));
    expect(embedded).toHaveLength(2);
    for (const [, bytes] of embedded) expect(bytes.length).toBeLessThan(600_000);
    expect(files.get('word/settings.xml')?.toString()).toContain('embedTrueTypeFonts');
  });
});

describe('the font for Word', () => {
  const whole = readFileSync(REGULAR_FONT);
  const subset = subsetTrueType(whole, '债权人A㛃');

  it('has correct checksums and the tables that Word asks for', () => {
    const count = subset.readUInt16BE(4);
    const tags: string[] = [];
    for (let at = 12; at < 12 + count * 16; at += 16) {
      const [offset, length] = [subset.readUInt32BE(at + 8), subset.readUInt32BE(at + 12)];
      const tag = subset.toString('latin1', at, at + 4);
      tags.push(tag);
      if (tag !== 'head')
        expect([tag, sum(subset, offset, length)]).toEqual([tag, subset.readUInt32BE(at + 4)]);
    }
    for (const tag of ['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post']) {
      expect(tags).toContain(tag);
    }
    expect(tags).toEqual(tags.toSorted());
    expect(sum(subset, 0, subset.length)).toBe(0xb1b0afba);
  });

  it('is small, and grows with its characters', () => {
    const larger = subsetTrueType(whole, '债权人会议笔录A㛃');
    expect(subset.length).toBeLessThan(300_000);
    expect(larger.length).toBeGreaterThan(subset.length);
  });

  it('can be cut again, and then holds the same', () => {
    expect(subsetTrueType(subset, '债权人A㛃').equals(subset)).toBe(true);
  });

  /** Sum of 32-bit words, the last one filled with zeros. */
  function sum(bytes: Buffer, from: number, length: number): number {
    const padded = Buffer.concat([bytes.subarray(from, from + length), Buffer.alloc((4 - (length % 4)) % 4)]);
    let total = 0;
    for (let at = 0; at < padded.length; at += 4) total = (total + padded.readUInt32BE(at)) >>> 0;
    return total;
  }
});

describe('the limits of writing', () => {
  it('ends a document that takes too long, and the next one is written', async () => {
    const hasty = createMinutesRenderer({ timeoutMs: 30 });
    await expect(hasty.render(minutesOf(), 'pdf')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await renderer.render(minutesOf(), 'docx')).length).toBeGreaterThan(0);
  });

  it('ends a document that needs too much memory', async () => {
    const small = createMinutesRenderer({ memoryMb: 8 });
    await expect(small.render(minutesOf(2_000), 'pdf')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('refuses when too many wait', async () => {
    const waiting = createMinutesRenderer({ timeoutMs: 30 });
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => waiting.render(minutesOf(), 'docx')),
    );
    const reasons = answers.map(
      (answer) => answer.status === 'rejected' && (answer.reason as { code: string }).code,
    );
    expect(reasons).toHaveLength(20);
    expect(reasons.every((code) => code === 'UNAVAILABLE')).toBe(true);
  });
});
