/** Streaming XML for the parts of a workbook: local names, no DOCTYPE, no entities but XML's own five. */
import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import type { XlsxArchive } from './xlsx-archive.ts';
import { XlsxRefusal } from './xlsx-refusal.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

export interface XmlHandlers {
  open(name: string, attributes: XmlAttributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Producers write `x:row` as well as `row`. */
function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** An attribute whatever its prefix: `r:id`, `id`. */
export function attribute(attributes: XmlAttributes, name: string): string | undefined {
  const own = attributes[name];
  if (own !== undefined) return own;
  const key = Object.keys(attributes).find((candidate) => localName(candidate) === name);
  return key === undefined ? undefined : attributes[key];
}

/** Parses one part of the archive; a refusal thrown by a handler passes through. */
export async function parsePart(archive: XlsxArchive, part: string, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new XlsxRefusal('FILE_DOCTYPE', { part });
  });
  parser.on('opentag', (tag: SaxesTagPlain) => handlers.open(localName(tag.name), tag.attributes));
  parser.on('closetag', (tag: SaxesTagPlain) => handlers.close?.(localName(tag.name)));
  const { text } = handlers;
  if (text !== undefined) {
    parser.on('text', (piece) => text(piece));
    parser.on('cdata', (piece) => text(piece));
  }
  try {
    for await (const chunk of archive.readText(part)) parser.write(chunk);
    parser.close();
  } catch (error) {
    if (error instanceof XlsxRefusal) throw error;
    throw new XlsxRefusal('FILE_BROKEN', { part });
  }
}

/** Excel writes control characters as `_x000D_`, and a literal such text as `_x005F_x000D_`. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
