import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain/errors.ts';
import { errorStatus, type ErrorCode, type Problem } from '../protocol/errors.ts';
import { isDatabaseAway } from '../services/database-away.ts';

/** Refusals of Fastify and its plugins that have a code of their own in the contract. */
const codeByFastifyCode: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_VALIDATION: 'INVALID_REQUEST',
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_REQ_FILE_TOO_LARGE: 'FILE_TOO_LARGE',
};

/** Turns whatever was thrown into the refusal that the user may see. Unknown errors become `INTERNAL`. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (!(error instanceof Error)) return new DomainError('INTERNAL');
  const { code, statusCode, message } = error as FastifyError;
  const known = codeByFastifyCode[code];
  if (known === 'INVALID_REQUEST') return new DomainError(known, { detail: message, cause: error });
  if (known !== undefined) return new DomainError(known, { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new DomainError('INVALID_REQUEST', { cause: error });
  }
  if (isDatabaseAway(error)) return new DomainError('UNAVAILABLE', { cause: error });
  return new DomainError('INTERNAL', { cause: error });
}

/** RFC 9457. `title` is the bare code: the words are the client's, in its own language. */
export function toProblem(error: DomainError): Problem {
  return {
    type: `/problems/${error.code}`,
    title: error.code,
    status: errorStatus[error.code],
    code: error.code,
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(error.params !== undefined && { params: { ...error.params } }),
  };
}

/** The one mapper from exceptions to problem+json. Only faults of our own are logged as errors. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = toDomainError(error);
  const problem = toProblem(refusal);
  if (problem.status >= 500)
    request.log.error({ err: refusal.cause ?? error, code: problem.code }, 'request failed');
  const retryAfterS = refusal.params?.['retryAfterS'];
  if (typeof retryAfterS === 'number') reply.header('retry-after', String(retryAfterS));
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}
