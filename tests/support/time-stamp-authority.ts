/**
 * A time-stamp authority of RFC 3161 for tests: `openssl ts` behind a small HTTP server, with a root of its own.
 * It can be switched off, answer slowly or answer with what it said before.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Policy that the authority stamps under. */
export const TEST_POLICY = '1.2.3.4.1';

export type TimeStampAuthority = Awaited<ReturnType<typeof startTimeStampAuthority>>;

export interface AuthorityFiles {
  readonly directory: string;
  /** PEM of the root: what is given from outside. */
  readonly rootPem: string;
  readonly rootFile: string;
}

/** Root, and a certificate for time-stamping and nothing else. */
export async function createAuthorityFiles(name = 'Test Time'): Promise<AuthorityFiles> {
  const directory = await mkdtemp(join(tmpdir(), 'authority-'));
  const at = (file: string) => join(directory, file);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await writeFile(at('tsa.conf'), configuration(directory));
  const rootArgs = ['-x509', '-keyout', at('root.key'), '-out', at('root.pem'), '-days', '30'];
  await run('openssl', ['req', '-utf8', ...key, ...rootArgs, '-subj', `/O=Test/CN=${name} Root`]);
  await issue({ directory, file: 'tsa', subject: `/O=Test/CN=${name} Authority`, section: 'tsa_cert' });
  return { directory, rootPem: await readFile(at('root.pem'), 'utf8'), rootFile: at('root.pem') };
}

/** A certificate under the root with the extensions of a section: `tsa_cert` or `web_cert`. */
export async function issue(options: {
  readonly directory: string;
  readonly file: string;
  readonly subject: string;
  readonly section: 'tsa_cert' | 'web_cert';
}): Promise<string> {
  const at = (file: string) => join(options.directory, file);
  const { file } = options;
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const out = ['-keyout', at(`${file}.key`), '-out', at(`${file}.csr`)];
  await run('openssl', ['req', '-utf8', ...key, ...out, '-subj', options.subject]);
  await run('openssl', [
    ...['x509', '-req', '-in', at(`${file}.csr`), '-CA', at('root.pem'), '-CAkey', at('root.key')],
    ...['-CAcreateserial', '-out', at(`${file}.pem`), '-days', '30'],
    ...['-extfile', at('tsa.conf'), '-extensions', options.section],
  ]);
  return readFile(at(`${file}.pem`), 'utf8');
}

function configuration(directory: string): string {
  return `
[ tsa_cert ]
extendedKeyUsage = critical,timeStamping
[ web_cert ]
extendedKeyUsage = serverAuth
[ tsa ]
default_tsa = tsa1
[ tsa1 ]
serial = ${directory}/serial
signer_cert = ${directory}/tsa.pem
signer_key = ${directory}/tsa.key
signer_digest = sha256
default_policy = ${TEST_POLICY}
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
`;
}

/** Answers a query as the authority would. */
export async function answerQuery({ directory }: AuthorityFiles, query: Uint8Array): Promise<Uint8Array> {
  const name = join(directory, `q-${process.hrtime.bigint()}`);
  await writeFile(`${name}.tsq`, query);
  const files = ['-queryfile', `${name}.tsq`, '-out', `${name}.tsr`];
  await run('openssl', ['ts', '-reply', '-config', join(directory, 'tsa.conf'), ...files]);
  return readFile(`${name}.tsr`);
}

/** Listens on the loopback. `mode` can be changed while it runs. */
export async function startTimeStampAuthority(name?: string) {
  const files = await createAuthorityFiles(name);
  const state = { mode: 'up' as 'up' | 'down' | 'replay', asked: 0 };
  let last: Uint8Array | undefined;
  const server = createServer((request, response) => {
    void (async () => {
      const query = await readBody(request);
      state.asked += 1;
      if (state.mode === 'down') {
        response.writeHead(503).end();
        return;
      }
      if (state.mode === 'up' || last === undefined) last = await answerQuery(files, query);
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(last);
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...files,
    state,
    url: `http://127.0.0.1:${port}/`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(files.directory, { recursive: true, force: true });
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
