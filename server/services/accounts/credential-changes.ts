/**
 * What somebody signs in with is changed by somebody else: told before it takes effect, so that a meeting's
 * record has it before anybody can act on it. Telling is repeated after an interruption.
 */
import type { Role } from '../../protocol/scalars.ts';

/** An import of claims gives a creditor another telephone, and with it another person. */
export interface MovedTelephone {
  readonly creditorId: string;
  readonly creditorName: string;
  readonly formerPersonId: string;
  readonly personId: string;
}

export interface TelephonesMoved {
  readonly kind: 'TELEPHONE';
  readonly caseId: string;
  /** Id of the import. */
  readonly causeId: string;
  /** Who confirmed it. */
  readonly confirmedBy: string;
  readonly moved: readonly MovedTelephone[];
}

/** A member of staff gets a new password and second factor. */
export interface FactorsReset {
  readonly kind: 'SECOND_FACTOR';
  /** Id of the request. */
  readonly causeId: string;
  readonly personId: string;
  readonly personName: string;
  /** The operator. */
  readonly requestedBy: string;
  readonly confirmedBy: { readonly personId: string; readonly role: Role };
}

export type CredentialChange = TelephonesMoved | FactorsReset;

export interface CredentialChanges {
  follow(listener: (change: CredentialChange) => Promise<void>): void;
  /** Resolves when all who follow have it. */
  tell(change: CredentialChange): Promise<void>;
}

export function createCredentialChanges(): CredentialChanges {
  const listeners: ((change: CredentialChange) => Promise<void>)[] = [];
  return {
    follow: (listener) => void listeners.push(listener),
    async tell(change) {
      for (const listener of listeners) await listener(change);
    },
  };
}
