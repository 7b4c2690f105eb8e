import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** Chinese font as a whole TrueType file; pdfkit embeds the characters that occur. */
const FONT = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
);

/** A fictitious document of the demonstration as PDF; every page says what it is. */
export function writeDemoDocument(title: string, paragraphs: readonly string[]): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', margins: { top: 72, bottom: 72, left: 72, right: 72 } });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const finished = new Promise<Buffer>((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  document.font(FONT);
  document.fontSize(10).fillColor('#666666').text('演示文件，内容纯属虚构', { align: 'right' });
  document.moveDown().fontSize(18).fillColor('#000000').text(title, { align: 'center' });
  document.moveDown().fontSize(12);
  for (const paragraph of paragraphs) document.text(paragraph, { indent: 24, lineGap: 6 }).moveDown(0.5);
  document.end();
  return finished;
}
