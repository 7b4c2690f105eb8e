/** Names of what the driver throws while the database cannot be reached. */
const AWAY =
  /^Mongo(ServerSelection|Network|NetworkTimeout|NotConnected|PoolCleared|ConnectionPoolClosed|OperationTimeout)Error$/;

/** Server's answers while it starts, stops or has no primary. */
const NOT_WRITABLE_CODES: ReadonlySet<unknown> = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/**
 * True for the errors of a database that is away for a moment: whoever asked is told to ask again
 * (UNAVAILABLE) and not that the program is at fault. By name and code, since only storage knows the driver.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return AWAY.test(error.name) || ('code' in error && NOT_WRITABLE_CODES.has(error.code));
}
