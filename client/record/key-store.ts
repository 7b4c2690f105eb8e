/**
 * Where this browser keeps device keys: IndexedDB, which holds a key without letting a script read it. Where
 * it is missing or refused (private windows, some in-app browsers) a key lives as long as the page does, and a
 * new one is bound the next time.
 */
import type { KeyAlgorithm } from '../../server/domain/record/keys.ts';

const DATABASE = 'creditors-meeting';
const STORE = 'keys';

export interface KeptKey {
  readonly alg: KeyAlgorithm;
  /** Raw, base64. */
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
  /** Name under which the server has bound it; null until then. */
  readonly keyId: string | null;
}

/** Keys that could not be stored. */
const inMemory = new Map<string, KeptKey>();

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.addEventListener('upgradeneeded', () => void opening.result.createObjectStore(STORE));
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
    opening.addEventListener('blocked', () => reject(new Error('database blocked')));
  });
}

async function inStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const asked = ask(transaction.objectStore(STORE));
      transaction.addEventListener('complete', () => resolve(asked.result));
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('not stored')));
    });
  } finally {
    database.close();
  }
}

export async function findKey(id: string): Promise<KeptKey | undefined> {
  const known = inMemory.get(id);
  if (known !== undefined) return known;
  try {
    return (await inStore('readonly', (store) => store.get(id))) as KeptKey | undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a new key and answers with the one that is kept: another tab may have been first. */
export async function keepNewKey(id: string, key: KeptKey): Promise<KeptKey> {
  try {
    await inStore('readwrite', (store) => store.add(key, id));
    return key;
  } catch {
    const first = await findKey(id);
    if (first === undefined) inMemory.set(id, key);
    return first ?? key;
  }
}

/** Replaces what is kept under this name. */
export async function keepKey(id: string, key: KeptKey): Promise<void> {
  if (inMemory.has(id)) inMemory.set(id, key);
  else await inStore('readwrite', (store) => store.put(key, id)).catch(() => inMemory.set(id, key));
}

/** On signing out: families share phones. Ballots that were signed stay valid. */
export async function forgetKeys(): Promise<void> {
  inMemory.clear();
  await inStore('readwrite', (store) => store.clear()).catch(() => undefined);
}
