import type { MinutesBlock, MinutesContent } from '../../server/domain/minutes/content.ts';

/** All words of minutes in their order, one line a paragraph or cell. */
export function textOfMinutes(content: MinutesContent): string {
  const sections = [...content.sections, ...content.annexes];
  const lines = sections.flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap(linesOf)]);
  return [content.court, content.title, content.caseNumber, content.caseName, ...lines].join('\n');
}

function linesOf(block: MinutesBlock): string[] {
  switch (block.kind) {
    case 'facts':
    case 'code':
      return block.rows.map(({ label, value }) => `${label} ${value}`);
    case 'table':
      return [
        block.table.columns.map(({ title }) => title).join(' '),
        ...block.table.rows.map((row) => row.join(' ')),
      ];
    case 'verdict':
      return [block.word, block.text];
    default:
      return [block.text];
  }
}
