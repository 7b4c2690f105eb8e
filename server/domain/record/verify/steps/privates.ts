/**
 * Court's version: each private value opens a commitment of this record (record.md 2). A value that is not
 * there was erased, which breaks no proof; one that belongs to nothing has no business in the bundle.
 */
import { toHex } from '../../base64.ts';
import type { PrivateLine } from '../../bundle/contents.ts';
import { MEMBERS } from '../../bundle/layout.ts';
import { linesOf } from '../../bundle/lines.ts';
import { parseCanonical, RecordFormatError } from '../../canonical.ts';
import { opensCommitment } from '../../commitments.ts';
import { entriesOf } from '../../history/meeting-history.ts';
import { commitmentsOf } from '../commitments-of.ts';
import { PAUSE_EVERY, requireRecord, type StepRun, type VerifyContext } from '../context.ts';
import { createFindings, type Findings } from '../report.ts';

const FIELDS = 'commitment,field,key,value';
/** 32 bytes in base64 in their one spelling. */
const THIRTY_TWO_BYTES = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

export const checkPrivates: StepRun = async (context) => {
  if (!context.archive.has(MEMBERS.privates)) return undefined;
  const { crypto, pause } = context;
  const findings = createFindings();
  const wanted = await commitmentsOf(context);
  const texts = new Map<string, string>();
  const textCommitments = new Set(publishedTexts(context).map(({ body }) => body.commitments.text));
  let values = 0;
  for (const line of linesOf(context.archive.pieces(MEMBERS.privates), MEMBERS.privates)) {
    values += 1;
    const opened = findLine(line);
    const at = `${MEMBERS.privates}:${values}`;
    if (!opened) findings.add('PRIVATE_FORMAT', at);
    // Taken out when it is opened: a second value under the same commitment belongs to nothing.
    else if (!wanted.delete(opened.commitment)) findings.add('PRIVATE_STRAY', at);
    else if (!opensCommitment(crypto.hmacSha256, opened.commitment, opened))
      findings.add('PRIVATE_OPENING', at);
    else if (textCommitments.has(opened.commitment)) texts.set(opened.commitment, opened.value);
    if (values % PAUSE_EVERY === 0) await pause(values, values);
  }
  checkTexts(context, texts, findings);
  if (wanted.size > 0) context.notes.push({ id: 'erasedValues', count: String(wanted.size) });
  return { findings, facts: { values: String(values), erased: String(wanted.size) } };
};

const publishedTexts = (context: VerifyContext) =>
  entriesOf(requireRecord(context).history, 'resolution.publish');

function findLine(line: Uint8Array): PrivateLine | undefined {
  let value;
  try {
    value = parseCanonical(line);
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).join(',') !== FIELDS)
    return undefined;
  const opened = value as unknown as PrivateLine;
  const areTexts = Object.values(opened).every((text) => typeof text === 'string');
  return areTexts && THIRTY_TWO_BYTES.test(opened.key) ? opened : undefined;
}

/** What was voted on is the text whose hash was published. */
function checkTexts(context: VerifyContext, texts: ReadonlyMap<string, string>, findings: Findings): void {
  const encoder = new TextEncoder();
  for (const { body, seq } of publishedTexts(context)) {
    const text = texts.get(body.commitments.text);
    if (text === undefined) continue;
    if (toHex(context.crypto.sha256(encoder.encode(text))) !== body.textSha256)
      findings.add('TEXT_HASH', seq);
  }
}
