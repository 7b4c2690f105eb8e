/** Address of the sign-in page that leads back to where one was. */
export function signInPath(base: string, pathname: string): string {
  return `${base}?next=${encodeURIComponent(pathname)}`;
}

/** Where `next` leads: a path of this site only. */
export function safeNext(next: string | null): string | undefined {
  const isPath = next !== null && next.startsWith('/') && !next.startsWith('//') && !next.includes('\\');
  return isPath ? next : undefined;
}
