import { DomainError } from '../../domain/errors.ts';

/** Undefined where the ledger was found to be rolled back: it can be read, and is not written any more. */
export async function unlessRolledBack<T>(opening: Promise<T>): Promise<T | undefined> {
  return opening.catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'ROLLBACK') return undefined;
    throw error;
  });
}
