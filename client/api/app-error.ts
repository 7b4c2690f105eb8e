import type { ErrorCode, ErrorParams } from '../../server/protocol/errors.ts';
import { dateTime } from '../format/time.ts';
import { errorStatus } from '../../server/protocol/errors.ts';

/** What only the client can notice: the server was not reached, did not answer in time, or was not asked yet. */
export type ClientErrorCode = ErrorCode | 'NETWORK' | 'TIMEOUT' | 'UNFILLED';

/** The one kind of error that pages handle: a code with its parameters; the words are in the catalogues. */
export class AppError extends Error {
  readonly code: ClientErrorCode;
  readonly params: ErrorParams;
  /** Where, never whose; shown to staff only. */
  readonly detail: string | undefined;

  constructor(code: ClientErrorCode, params: ErrorParams = {}, detail?: string) {
    super(code);
    this.name = 'AppError';
    this.code = code;
    this.params = params;
    this.detail = detail;
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(errorStatus, value);
}

/** Anything thrown, as an AppError; what is not one is a fault of ours. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('INTERNAL', {}, String(thrown));
}

/** The request may succeed when it is repeated as it is. */
export function isTransient(code: ClientErrorCode): boolean {
  return code === 'NETWORK' || code === 'TIMEOUT' || code === 'UNAVAILABLE' || code === 'RATE_LIMITED';
}

type Translate = (key: string, options: Record<string, unknown>) => string;

/** The one funnel from a code to words. A code without words is shown as the general fault with its code. */
export function errorText(error: AppError, t: Translate): string {
  const text = t(`errors.${textKey(error)}`, {
    ...error.params,
    ...waiting(error),
    ...votedBefore(error, t),
    defaultValue: '',
  });
  return text === '' ? t('errors.INTERNAL', { code: error.code }) : text;
}

/** In which way, and when, a unit has voted before. */
function votedBefore(
  { code, params }: AppError,
  t: Translate,
): { readonly time?: string; readonly how?: string } {
  const { at, channel } = params;
  if (code !== 'ALREADY_CAST' || typeof at !== 'string' || typeof channel !== 'string') return {};
  return { time: dateTime(at, 'zh-CN'), how: t(`channel.${channel}`, { defaultValue: channel }) };
}

/** Waits that are worth naming: a person who does not know keeps trying. */
const NAMED_WAIT_S = 60;

function textKey({ code, params }: AppError): string {
  const seconds = params['retryAfterS'];
  return code === 'RATE_LIMITED' && typeof seconds === 'number' && seconds > NAMED_WAIT_S
    ? 'RATE_LIMITED_FOR'
    : code;
}

function waiting({ params }: AppError): { readonly minutes?: number } {
  const seconds = params['retryAfterS'];
  return typeof seconds === 'number' ? { minutes: Math.ceil(seconds / 60) } : {};
}
