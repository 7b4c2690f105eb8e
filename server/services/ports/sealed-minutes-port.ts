/** Documents of sealed minutes, as they were hashed into the record; immutable, by SHA-256 in hexadecimal. */
export interface SealedMinutesStore {
  /** Durable when it resolves. Repeatable. */
  put(meetingId: string, document: { readonly sha256: string; readonly bytes: Uint8Array }): Promise<void>;
  find(meetingId: string, sha256: string): Promise<Buffer | undefined>;
}
