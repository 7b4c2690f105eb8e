/**
 * The signer (record.md 4): keeps the installation's key and, for each origin, the size and root that it last
 * signed, outside the database and its backups. It signs only what continues that.
 */

/** The head of a tree, as the signer remembers it. */
export interface SignedHead {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface SignRequest extends SignedHead {
  readonly origin: string;
  /** The head that the proof begins from; 0 for an origin that was never signed. */
  readonly oldSize: number;
  /** RFC 6962 consistency proof from `oldSize` to `size`. */
  readonly proof: readonly Uint8Array[];
}

export type SignVerdict =
  | { readonly ok: true; /** The signed checkpoint, a C2SP signed note. */ readonly note: string }
  /**
   * STALE: the proof begins from another head than the signer's; ask again with one from `head`.
   * ROLLBACK: the tree is smaller than what was signed. INCONSISTENT: it does not continue what was signed.
   */
  | {
      readonly ok: false;
      readonly code: 'STALE' | 'ROLLBACK' | 'INCONSISTENT';
      readonly head: SignedHead;
    };

export interface Signer {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** What was last signed for the origin. Rejects while the signer is away: try again. */
  headOf(origin: string): Promise<SignedHead | undefined>;
  /** The new head is durable before this answers. Rejects while the signer is away: try again. */
  sign(request: SignRequest): Promise<SignVerdict>;
}
