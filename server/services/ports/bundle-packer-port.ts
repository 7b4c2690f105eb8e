/** Packs an evidence bundle away from the serving process, file by file. */

export interface PackedBundle {
  readonly path: string;
  readonly sizeBytes: number;
}

export interface BundlePacking {
  /** A file of the bundle's list, given piece by piece; resolves when it may be given the next one. */
  add(name: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  /** Resolves once the whole bundle is in a temporary file, which its reader removes. */
  finish(): Promise<PackedBundle>;
  /** Ends the work; nothing of it stays. Repeatable, and without effect on a finished bundle. */
  abort(): Promise<void>;
}

export interface BundlePacker {
  /** Waits for its turn. @throws DomainError UNAVAILABLE when too many wait */
  begin(): Promise<BundlePacking>;
}
