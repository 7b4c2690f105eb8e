/**
 * Verifies a bundle from files (record.md 12). The exit code says it to a script: 0 verified, 1 failed,
 * 2 wrong arguments or files, 3 self-consistent only, 4 the verifier's own fault.
 */
import { readFile, stat } from 'node:fs/promises';
import { BUNDLE_MAX_BYTES } from '../../server/domain/record/bundle/layout.ts';
import { RecordFormatError } from '../../server/domain/record/canonical.ts';
import { parsePolicy } from '../../server/domain/record/notes/policy.ts';
import { certificatesOfPem } from '../../server/domain/record/timestamp/pem.ts';
import { verifyTimeStamp } from '../../server/domain/record/timestamp/verify-time-stamp.ts';
import type { TrustedInputs } from '../../server/domain/record/verify/context.ts';
import type { Conclusion, Report } from '../../server/domain/record/verify/report.ts';
import { verifyBundle } from '../../server/domain/record/verify/verify-bundle.ts';
import { hmacSha256, sha256 } from '../../server/services/record-crypto.ts';
import { asksForHelp } from '../setup/arguments.mjs';
import { readArguments, USAGE, type VerifyArguments } from './arguments.ts';
import { reportLines } from './print-report.ts';
import { createSignaturePool } from './signature-pool.ts';

export const EXIT_CODES: Readonly<Record<Conclusion | 'MISUSED' | 'BROKEN', number>> = {
  VERIFIED: 0,
  FAILED: 1,
  MISUSED: 2,
  SELF_CONSISTENT_ONLY: 3,
  BROKEN: 4,
};

/** The usage was asked for, and nothing verified. */
const HELPED = 0;

/** Texts from outside are short. */
const TEXT_MAX_BYTES = 4 * 1024 * 1024;

export interface Output {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** A file from outside that cannot be used; the message says which and why. */
class FileProblem extends Error {}

/** @returns the exit code */
export async function runVerify(args: readonly string[], output: Output): Promise<number> {
  if (asksForHelp(args)) {
    output.print(USAGE);
    return HELPED;
  }
  const asked = readArguments(args);
  if (!asked) {
    output.complain(USAGE);
    return EXIT_CODES.MISUSED;
  }
  try {
    return await verifyFiles(asked, output);
  } catch (error) {
    if (error instanceof FileProblem) {
      output.complain(error.message);
      return EXIT_CODES.MISUSED;
    }
    output.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT_CODES.BROKEN;
  }
}

async function verifyFiles(asked: VerifyArguments, { print }: Output): Promise<number> {
  const trusted = await readTrusted(asked);
  const bundle = await readBytes(asked.bundle, BUNDLE_MAX_BYTES);
  const report = await reportOn(bundle, trusted);
  if (asked.isJson) print(JSON.stringify(report, undefined, 2));
  else for (const line of reportLines(report)) print(line);
  return EXIT_CODES[report.conclusion];
}

async function reportOn(bundle: Uint8Array, trusted: TrustedInputs): Promise<Report> {
  const pool = createSignaturePool();
  try {
    const crypto = { sha256, hmacSha256, verifySignature: pool.verify, verifyTimeStamp };
    return await verifyBundle({ bundle, trusted, crypto });
  } finally {
    await pool.close();
  }
}

async function readTrusted({
  policy,
  checkpoint,
  receipt,
  authority,
}: VerifyArguments): Promise<TrustedInputs> {
  const policyText = policy === undefined ? undefined : await readText(policy);
  return {
    ...(policyText !== undefined && { policy: readPolicy(policy ?? '', policyText) }),
    ...(authority !== undefined && { timeStampRoots: await readRoots(authority) }),
    ...(checkpoint !== undefined && { checkpoint: await readText(checkpoint) }),
    ...(receipt !== undefined && { receipt: await readText(receipt) }),
  };
}

async function readRoots(file: string): Promise<readonly Uint8Array[]> {
  const roots = certificatesOfPem(await readText(file));
  if (roots.length > 0) return roots;
  throw new FileProblem(`${file}: 没有 PEM 证书 / no certificate in PEM`);
}

function readPolicy(file: string, text: string) {
  try {
    return parsePolicy(sha256, text);
  } catch (error) {
    if (!(error instanceof RecordFormatError)) throw error;
    throw new FileProblem(`${file}: 不是策略文件 / no policy (${error.message})`);
  }
}

async function readText(file: string): Promise<string> {
  const bytes = await readBytes(file, TEXT_MAX_BYTES);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileProblem(`${file}: 不是文本文件 / no text in UTF-8`);
  }
}

async function readBytes(file: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > maxBytes) throw new FileProblem(`${file}: 文件过大 / too large (${size} > ${maxBytes})`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    throw new FileProblem(`${file}: 无法读取 / cannot be read (${(error as Error).message})`);
  }
}
