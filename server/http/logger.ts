import { pino, type DestinationStream, type Logger } from 'pino';

/** Fields that hold a secret or personal data wherever they turn up in a log call. */
const SECRET = ['token', 'password', 'totp', 'secret', 'cookie', 'authorization'];
const PERSONAL = ['name', 'mobile', 'idNo', 'idLast4', 'to', 'text', 'ip', 'remoteAddress'];

/**
 * Structured logs without personal data: no bodies, no query strings, no addresses. Messages of errors are
 * left out as well, for the database puts the offending value (a telephone number) into them.
 * @param destination where lines go; standard output when left out
 */
export function createLogger(options: { level: string; destination?: DestinationStream }): Logger {
  const paths = [...SECRET, ...PERSONAL];
  return pino(
    {
      level: options.level,
      base: null,
      redact: { paths: [...paths, ...paths.map((path) => `*.${path}`)], censor: '[left out]' },
      serializers: { err: describeError, error: describeError, req: () => undefined, res: () => undefined },
    },
    ...(options.destination ? [options.destination] : []),
  );
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((row) => row.trimStart().startsWith('at '));
  return {
    type: error.name,
    code: (error as NodeJS.ErrnoException).code,
    stack: frames.slice(0, 12).map((row) => row.trim()),
  };
}
