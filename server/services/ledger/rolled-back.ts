import { DomainError } from '../../domain/errors.ts';

export function isRolledBack(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'ROLLBACK';
}

/** Undefined where the ledger was found to be rolled back: it can be read, and is not written any more. */
export async function unlessRolledBack<T>(opening: Promise<T>): Promise<T | undefined> {
  return opening.catch((error: unknown) => {
    if (isRolledBack(error)) return undefined;
    throw error;
  });
}
