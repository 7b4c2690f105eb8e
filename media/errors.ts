import type { MediaErrorCode } from '../server/protocol/media.ts';
import type { MediaFault } from '../server/services/ports/media-port.ts';

/** A refusal of the plane. The code goes to the user, `detail` to the log only. */
export class MediaError extends Error implements MediaFault {
  readonly code: MediaErrorCode;

  constructor(code: MediaErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
    this.name = 'MediaError';
    this.code = code;
  }
}

/**
 * Runs a call into the SFU. What it refuses is the sender's fault (parameters that make no sense), unless
 * the room went away while it was asked: then the client is to join again.
 */
export async function askSfu<T>(room: { readonly closed: boolean }, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof MediaError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new MediaError(room.closed ? 'MEDIA_UNAVAILABLE' : 'MEDIA_UNSUPPORTED', detail, { cause: error });
  }
}
