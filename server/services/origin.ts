/**
 * Where a request may come from. A browser names the page's origin on every write and on the socket's
 * handshake; a missing one or `null` (sandboxed frames, local files) is refused, or another site could act
 * with the visitor's cookie. The host name is checked as well, against DNS rebinding.
 */

/** True when the `Origin` header is exactly one of the product's own, e.g. `https://meeting.example`. */
export function isAllowedOrigin(origins: ReadonlySet<string>, header: string | undefined): boolean {
  return header !== undefined && origins.has(header);
}

/** True when the `Host` header is the host (with its port, unless it is the default) of an own origin. */
export function isAllowedHost(origins: ReadonlySet<string>, header: string | undefined): boolean {
  if (header === undefined) return false;
  const host = header.toLowerCase();
  for (const origin of origins) if (new URL(origin).host === host) return true;
  return false;
}
