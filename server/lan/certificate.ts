/**
 * The certificate of `--lan`: browsers give camera and microphone to secure pages only. A small authority
 * of this machine is made once and kept; people install it from a page, and each start issues a certificate
 * for the addresses that the machine has now.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface LanCertificate {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  /** Certificate of the authority, PEM; what phones install. */
  readonly authority: string;
}

/** Phones refuse longer ones. */
const LEAF_DAYS = 397;
const AUTHORITY_DAYS = 3_650;

interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** IPv4 addresses of this machine in its local networks. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** Issues a certificate for `localhost` and these addresses. */
export async function openLanCertificate(
  dataDir: string,
  addresses: readonly string[],
): Promise<LanCertificate> {
  const directory = join(dataDir, 'lan');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const authority = (await readPair(directory)) ?? (await createAuthority(directory));
  const leaf = await generate([{ name: 'commonName', value: 'creditors-meeting' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: daysFromNow(LEAF_DAYS),
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          ...['127.0.0.1', ...addresses].map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { key: leaf.private, cert: `${leaf.cert}\n${authority.cert}`, authority: authority.cert };
}

async function readPair(directory: string): Promise<Pair | undefined> {
  try {
    const key = await readFile(join(directory, 'authority.key'), 'utf8');
    const cert = await readFile(join(directory, 'authority.pem'), 'utf8');
    return { key, cert };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function createAuthority(directory: string): Promise<Pair> {
  const made = await generate([{ name: 'commonName', value: 'Creditors Meeting local authority' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: daysFromNow(AUTHORITY_DAYS),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  await writeFile(join(directory, 'authority.key'), made.private, { mode: 0o600 });
  await writeFile(join(directory, 'authority.pem'), made.cert);
  return { key: made.private, cert: made.cert };
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}
