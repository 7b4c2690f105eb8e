/**
 * Names of the cookies. Under TLS they carry `__Host-`: the browser then takes them only from this very
 * host, secure and for the whole path, so that a neighbouring subdomain cannot plant one.
 */

/** Holds the session's token, 256 random bits, base64url. */
export const sessionCookieName = (isSecure: boolean) => (isSecure ? '__Host-session' : 'session');

/** Tells browsers apart before anybody has signed in; SMS codes are bound to it. */
export const browserCookieName = (isSecure: boolean) => (isSecure ? '__Host-browser' : 'browser');

/** Tokens are 43 characters of base64url; anything else is not worth a look-up. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Reads one of our tokens from a raw `Cookie` header; for the socket's handshake. */
export function readTokenCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const separator = pair.indexOf('=');
    if (separator < 0 || pair.slice(0, separator).trim() !== name) continue;
    const value = pair.slice(separator + 1).trim();
    return TOKEN.test(value) ? value : undefined;
  }
  return undefined;
}
