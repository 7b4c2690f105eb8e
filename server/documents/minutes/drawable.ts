/**
 * Characters that the font does not have, as names sometimes do. Drawn as they are they would be an empty box
 * and lost to a search, so the PDF writes their number instead; Word has other fonts to fall back to.
 */
import type { MinutesContent } from '../../domain/minutes/content.ts';
import { readGlyphMap } from './truetype-subset.ts';

/**
 * Text copied out of a PDF often holds radicals (⼀ U+2F00) and compatibility forms that share a glyph with the
 * real character. The map back to Unicode knows one character a glyph, so that a search would miss the others.
 */
const TWINS = /[\u2e80-\u2fdf\uf900-\ufaff]/gu;

/** The content with 〔U+20BB7〕 in the place of every character that `font` cannot draw. */
export function toDrawable(content: MinutesContent, font: Buffer): MinutesContent {
  const glyphOf = readGlyphMap(font);
  // Only characters beyond ASCII are replaced, so the marks of JSON stay what they are.
  const plain = JSON.stringify(content).replaceAll(TWINS, (twin) => twin.normalize('NFKC'));
  const json = plain.replaceAll(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return glyphOf(code) === 0 ? `〔U+${code.toString(16).toUpperCase()}〕` : character;
  });
  return JSON.parse(json) as MinutesContent;
}
