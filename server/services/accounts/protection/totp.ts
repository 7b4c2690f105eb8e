import { generateSecret, generateURI, verifySync } from 'otplib';

/** RFC 6238 with the values that every authenticator app knows: SHA-1, six digits, 30 seconds. */
const PERIOD_S = 30;
/** One step either way, for clocks that are off. */
const TOLERANCE_S = 30;
const ISSUER = '债权人会议';

export const createTotpSecret = () => generateSecret({ length: 20 });

export const toOtpauthUri = (username: string, secret: string) =>
  generateURI({ issuer: ISSUER, label: username, secret, period: PERIOD_S });

/** The 30-second step that the code belongs to, or undefined when it is wrong. @param nowMs wall clock */
export function matchTotpStep(secret: string, typed: string, nowMs: number): number | undefined {
  const token = typed.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const epoch = Math.floor(nowMs / 1000);
  const result = verifySync({ secret, token, epoch, period: PERIOD_S, epochTolerance: TOLERANCE_S });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
