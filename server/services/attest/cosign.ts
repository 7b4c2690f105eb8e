/** One witness asked for one checkpoint: C2SP tlog-witness from the log's side. */
import { toBase64 } from '../../domain/record/base64.ts';
import { RecordFormatError } from '../../domain/record/canonical.ts';
import { parseDecimal } from '../../domain/record/notes/checkpoint.ts';
import { formatSignature, parseNote, verifyNote, type Note } from '../../domain/record/notes/note.ts';
import type { NoteKey } from '../../domain/record/notes/vkey.ts';
import { verifySignature } from '../record-crypto.ts';
import type { WitnessPort } from './ports.ts';
import type { StoredCheckpoint } from '../ledger-port.ts';

export interface Asked {
  readonly port: WitnessPort;
  readonly url: string;
  readonly key: NoteKey;
  readonly checkpoint: StoredCheckpoint;
  /** Size that the witness is believed to have cosigned last. */
  readonly knownSize: number;
  readonly consistencyProof: (oldSize: number, newSize: number) => Promise<readonly Uint8Array[]>;
}

export type CosignOutcome =
  | { readonly kind: 'cosigned'; readonly line: string; readonly timeSeconds: number }
  /** It has seen this record with other contents, or more of it than there is here. */
  | { readonly kind: 'conflict' | 'ahead'; readonly witnessSize: number }
  /** It does not know this system's key. */
  | { readonly kind: 'unknown-log' }
  | { readonly kind: 'invalid'; readonly detail: string };

/** Its size may have moved on once more while it was asked. */
const ATTEMPTS_MAX = 3;
const SIZE_TYPE = 'text/x.tlog.size';

/** Rejects when the witness cannot be reached. */
export async function askToCosign(asked: Asked): Promise<CosignOutcome> {
  let oldSize = asked.knownSize;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const answer = await asked.port.addCheckpoint(asked.url, await requestBody(asked, oldSize));
    if (answer.status === 200) return readCosignature(asked, answer.body);
    if (answer.status === 404 || answer.status === 403) return { kind: 'unknown-log' };
    const named = answer.status === 409 ? namedSize(answer.contentType, answer.body) : undefined;
    if (named === undefined) return { kind: 'invalid', detail: `answer ${answer.status}` };
    if (named === oldSize) return { kind: 'conflict', witnessSize: named };
    if (named > asked.checkpoint.size) return { kind: 'ahead', witnessSize: named };
    oldSize = named;
  }
  return { kind: 'invalid', detail: 'it names another size each time' };
}

async function requestBody({ checkpoint, consistencyProof }: Asked, oldSize: number): Promise<string> {
  const proof = await consistencyProof(oldSize, checkpoint.size);
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint.note}`;
}

function namedSize(contentType: string, body: string): number | undefined {
  if (contentType.split(';')[0]?.trim() !== SIZE_TYPE) return undefined;
  return parseDecimal(body.replace(/\n$/, ''));
}

/** Lines by other keys are passed over, as the specification says. */
async function readCosignature({ key, checkpoint }: Asked, body: string): Promise<CosignOutcome> {
  const note = parse(checkpoint.note + body);
  const verdict = note && (await verifyNote(verifySignature, note, [key]));
  const line = note?.signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
  const timeSeconds = verdict?.ok ? verdict.signers[0]?.cosignedAtSeconds : undefined;
  if (!line || timeSeconds === undefined) return { kind: 'invalid', detail: 'its cosignature does not hold' };
  return { kind: 'cosigned', line: formatSignature(line), timeSeconds };
}

function parse(text: string): Note | undefined {
  try {
    return parseNote(text);
  } catch (error) {
    if (error instanceof RecordFormatError) return undefined;
    throw error;
  }
}
