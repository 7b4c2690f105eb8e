/**
 * A witness's folder: its key, what it has cosigned, and whom it trusts. The key is worth something only together
 * with what it has cosigned: with an older state it could be led to cosign a second history. So a key without its
 * state never signs again.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordFormatError } from '../../server/domain/record/canonical.ts';
import { createNoteKey, formatVkey, type NoteKey } from '../../server/domain/record/notes/vkey.ts';
import { sha256 } from '../../server/services/record-crypto.ts';
import { mergeLogs, readLogKey } from './enrolment.ts';
import { journalHeader, openJournal, RETIRE, type Head, type Journal } from './journal.ts';
import { WitnessRefusal } from './refusal.ts';
import { createFile, replaceFile } from './state-files.ts';

const KEY_FILE = 'key.json';
const JOURNAL_FILE = 'cosigned.jsonl';
const LOGS_FILE = 'logs.txt';

export interface WitnessState {
  readonly key: NoteKey;
  readonly isNew: boolean;
  readonly journal: Journal;
  readonly logs: readonly NoteKey[];
  sign(message: Uint8Array): Uint8Array;
  /** Keeps both notes of a log that showed two histories, and cosigns nothing of it any more. */
  keepConflict(head: Head, otherNote: string): Promise<string>;
}

export interface StateOptions {
  readonly stateDir: string;
  readonly name: string | undefined;
  readonly logKeys: readonly string[];
  readonly now: () => number;
}

/** Opens the folder, which exists, or makes key and state at the first start. @throws WitnessRefusal */
export async function openState(options: StateOptions): Promise<WitnessState> {
  const { stateDir } = options;
  const hasKey = existsSync(join(stateDir, KEY_FILE));
  const hasJournal = existsSync(join(stateDir, JOURNAL_FILE));
  if (hasKey && !hasJournal) {
    throw new WitnessRefusal(
      `${stateDir} holds a key, and what it has cosigned (${JOURNAL_FILE}) is missing. ${RETIRE}`,
    );
  }
  const { key, privateKey } = hasKey ? await readKey(options) : await createKey(options, hasJournal);
  const journal = await openJournal(join(stateDir, JOURNAL_FILE), formatVkey(key));
  return {
    key,
    isNew: !hasKey,
    journal,
    logs: await takeInLogs(options),
    sign: (message) => sign(null, message, privateKey),
    keepConflict: (head, otherNote) => keepConflict({ stateDir, journal, head, otherNote, now: options.now }),
  };
}

interface StoredKey {
  readonly name: string;
  /** PKCS #8, base64. */
  readonly privateKey: string;
}

interface OwnKey {
  readonly key: NoteKey;
  readonly privateKey: KeyObject;
}

async function readKey({ stateDir, name }: StateOptions): Promise<OwnKey> {
  const stored = JSON.parse(await readFile(join(stateDir, KEY_FILE), 'utf8')) as StoredKey;
  if (name !== undefined && name !== stored.name) {
    throw new WitnessRefusal(`This folder belongs to ${stored.name}; a witness never changes its name.`);
  }
  const der = Buffer.from(stored.privateKey, 'base64');
  return toOwnKey(stored.name, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}

/** The state goes first: a crash in between leaves no key that has lost its state. */
async function createKey({ stateDir, name }: StateOptions, hasJournal: boolean): Promise<OwnKey> {
  const path = join(stateDir, JOURNAL_FILE);
  if (hasJournal && (await readFile(path, 'utf8')).trimEnd().includes('\n')) {
    throw new WitnessRefusal(
      `${stateDir} holds what a witness has cosigned, and its key (${KEY_FILE}) is missing.`,
    );
  }
  if (name === undefined) {
    throw new WitnessRefusal('The first start needs a name, for example --name court.example.cn/witness');
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  const own = toOwnKey(name, privateKey);
  await replaceFile(path, journalHeader(formatVkey(own.key)));
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const stored: StoredKey = { name, privateKey: der.toString('base64') };
  await createFile(join(stateDir, KEY_FILE), `${JSON.stringify(stored)}\n`);
  return own;
}

function toOwnKey(name: string, privateKey: KeyObject): OwnKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url');
  try {
    return { key: createNoteKey(sha256, { name, type: 'witness', publicKey }), privateKey };
  } catch (error) {
    if (!(error instanceof RecordFormatError)) throw error;
    throw new WitnessRefusal(
      `"${name}" is no name for a witness: no spaces, no plus sign, at most 255 characters.`,
    );
  }
}

async function takeInLogs({ stateDir, logKeys }: StateOptions): Promise<NoteKey[]> {
  const path = join(stateDir, LOGS_FILE);
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const known = mergeLogs(lines.map(readLogKey), []);
  const all = mergeLogs(known, logKeys.map(readLogKey));
  if (all.length > known.length) {
    const added = all.slice(known.length).map((key) => `${formatVkey(key)}\n`);
    await replaceFile(path, text + (text === '' || text.endsWith('\n') ? '' : '\n') + added.join(''));
  }
  return all;
}

async function keepConflict(conflict: {
  readonly stateDir: string;
  readonly journal: Journal;
  readonly head: Head;
  readonly otherNote: string;
  readonly now: () => number;
}): Promise<string> {
  const { stateDir, journal, head, otherNote, now } = conflict;
  const at = new Date(now()).toISOString();
  const label = createHash('sha256').update(head.origin).digest('hex').slice(0, 12);
  const folder = join(stateDir, `conflict-${label}-${head.size}`);
  if (!existsSync(folder)) {
    await mkdir(folder, { mode: 0o700 });
    await createFile(join(folder, 'cosigned-before.txt'), head.note);
    await createFile(join(folder, 'shown-now.txt'), otherNote);
  }
  if (!journal.stops.has(head.origin)) await journal.addStop({ origin: head.origin, at });
  return folder;
}
