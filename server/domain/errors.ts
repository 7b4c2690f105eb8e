import type { ErrorCode, ErrorParams } from '../protocol/errors.ts';

/**
 * The one exception that use cases throw. The edges turn it into problem+json or a socket ack with
 * the same code. `params` and `detail` reach the user: no personal data in them.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams | undefined;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, options: { params?: ErrorParams; detail?: string; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.params = options.params;
    this.detail = options.detail;
  }
}
