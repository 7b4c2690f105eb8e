/** What the server and its signer say to each other over the channel of the child process. */
import type { SignedHead, SignRequest, SignVerdict } from '../services/ports/signer-port.ts';

export type SignerQuestion =
  { readonly ask: 'sign'; readonly request: SignRequest } | { readonly ask: 'head'; readonly origin: string };

export type ToSigner = SignerQuestion & { readonly id: number };

export type SignerAnswer =
  | { readonly verdict: SignVerdict }
  | { readonly head: SignedHead | undefined }
  /** The request was not one that can be judged: a mistake of the server. */
  | { readonly refused: string };

export type FromSigner =
  | { readonly publicKey: Uint8Array }
  | { readonly answers: readonly (SignerAnswer & { readonly id: number })[] };

/** Exit code of a signer whose files are damaged or gone: starting it again does not help. */
export const DAMAGED_EXIT_CODE = 3;
