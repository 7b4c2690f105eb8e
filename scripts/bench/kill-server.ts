/** The server that `kill.ts` kills: a process of its own, on a database that belongs to its parent. */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { openInstallation } from '../../server/storage/installation.ts';
import type { LoadOrder } from './ballots/load.ts';
import { openVoteOf } from './voting-meeting.ts';

/** The vote that all rounds cast their ballots in. */
export interface KillScene {
  readonly meetingId: string;
  readonly common: LoadOrder['common'];
  readonly voters: LoadOrder['voters'];
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

export type FromKillServer =
  { readonly ready: true } | { readonly scene: KillScene } | { readonly signerPid: number | undefined };

export type ToKillServer = { readonly prepare: number } | 'signer-pid';

const [port = '0', dataDir = '', databaseUri = ''] = process.argv.slice(2);
const config = readConfig(
  { LOG_LEVEL: 'silent', ...process.env, NODE_ENV: 'development' },
  ['--port', port, '--data', dataDir],
  fileURLToPath(new URL('../..', import.meta.url)),
);
const server = await compose({
  config,
  installation: await openInstallation(dataDir),
  databaseUri,
  tls: null,
  demonstrationSecret: null,
});
const answer = (message: FromKillServer) => void process.send?.(message);

async function obey(message: ToKillServer): Promise<void> {
  if (message === 'signer-pid') return answer({ signerPid: server.signer.pid });
  const { meetingId, common, voters } = await openVoteOf(server, message.prepare, message.prepare);
  answer({ scene: { meetingId, common, voters, publicKey: server.signer.publicKey } });
}

server.origins.add(`http://127.0.0.1:${port}`);
await server.app.ready();
await server.takeUp();
await server.app.listen({ host: '127.0.0.1', port: Number(port) });
process.on('message', (message: ToKillServer) => void obey(message));
process.on('disconnect', () => process.exit(0));
answer({ ready: true });
