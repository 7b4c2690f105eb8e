/** What the serving process and the packing child say to each other. Bytes travel as they are. */

export type PackOrder =
  | { readonly kind: 'begin'; readonly name: string }
  | { readonly kind: 'piece'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'finish' };

export type PackAnswer =
  /** An order is done and the next one may come. */
  { readonly kind: 'done' } | { readonly kind: 'finished'; readonly sizeBytes: number };
