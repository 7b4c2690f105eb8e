/** One change of master data. Personal data may stand in it; it is never logged or shown by default. */
export interface AuditEvent {
  readonly at: Date;
  /** Person who did it; `system` for what the server does by itself. */
  readonly actor: string;
  /** What was done, e.g. `person.create`, `claims.import`. */
  readonly action: string;
  /** What it was done to, e.g. `person:<id>`, `case:<id>`. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string;
}

/**
 * Append-only trail with a running hash: each record carries the hash of the one before it, so that a change
 * or a gap shows.
 */
export interface AuditTrail {
  /** Resolves once the record is durable. */
  append(event: AuditEvent): Promise<void>;
}
