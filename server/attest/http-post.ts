/** One POST to a service outside: bounded in time and in what is read, and led nowhere else. */

export interface PostReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface PostOptions {
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Rejects when it cannot be reached in time or answers too much. */
export async function post(url: string | URL, options: PostOptions): Promise<PostReply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': options.contentType },
    body: Uint8Array.from(options.body),
    // Who is asked is configured; an answer must not choose somebody else.
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeoutMs),
  });
  const body = await readBounded(response, options.maxBytes);
  return { status: response.status, contentType: response.headers.get('content-type') ?? '', body };
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
