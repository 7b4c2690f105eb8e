/** Receipts of a record that was rolled back, on their way to the court as late evidence. */
import { continuationRoutes } from '../../server/protocol/rest/continuation-routes.ts';
import { toAppError, type AppError } from '../api/app-error.ts';
import { call } from '../api/call.ts';
import { readStored, writeStored } from '../state/storage.ts';

export type HandedIn =
  | { readonly kind: 'recorded'; readonly seq: string }
  /** The earlier record still has the ballot: nothing to hand in. */
  | { readonly kind: 'not-lost' }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Below the receipts' prefix, so that it goes with them when somebody signs out. */
const toKey = (leafHash: string): string => `receipt.handed.${leafHash}`;

/** What became of the receipt when it was handed in earlier on this browser. */
export function findHandedIn(leafHash: string): HandedIn | undefined {
  return readStored<HandedIn>('local', toKey(leafHash));
}

export async function handIn(meetingId: string, receipt: string, leafHash?: string): Promise<HandedIn> {
  try {
    const { seq } = await call(continuationRoutes.handInEvidence, {
      params: { meetingId },
      body: { receipt },
    });
    return remember({ kind: 'recorded', seq }, leafHash);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'EVIDENCE_NOT_LOST') return remember({ kind: 'not-lost' }, leafHash);
    return { kind: 'failed', error };
  }
}

function remember(outcome: HandedIn, leafHash: string | undefined): HandedIn {
  if (leafHash !== undefined) writeStored('local', toKey(leafHash), outcome);
  return outcome;
}
