/** `npm run witness`: opens the folder, listens, and tells the person in charge what it does. */
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { formatVkey } from '../../server/domain/record/notes/vkey.ts';
import { DataDirectoryInUse, lockDataDirectory } from '../../server/storage/embedded/data-directory-lock.ts';
import { asksForHelp } from '../setup/arguments.mjs';
import { createWitness } from './add-checkpoint.ts';
import { readArguments, USAGE, type WitnessArguments } from './arguments.ts';
import { createWitnessServer } from './http.ts';
import { WitnessRefusal } from './refusal.ts';
import { openState, type WitnessState } from './state.ts';
import { createTeller } from './words.ts';

/** A predecessor that is being stopped has its last request to answer. */
const LOCK_WAIT_MS = 3_000;

/** Resolves once it listens, or has printed its usage; ends with SIGINT or SIGTERM. Exit code 2 when it may not start. */
export async function runWitness(args: readonly string[]): Promise<void> {
  if (asksForHelp(args)) {
    console.log(USAGE);
    return;
  }
  try {
    await start(readArguments(args, process.cwd()));
  } catch (error) {
    const isExpected = error instanceof WitnessRefusal || error instanceof DataDirectoryInUse;
    console.error(isExpected ? `\n${error.message}\n` : error);
    process.exit(isExpected ? 2 : 1);
  }
}

async function start(options: WitnessArguments): Promise<void> {
  const now = () => Date.now();
  const tell = createTeller(now);
  await mkdir(options.stateDir, { recursive: true, mode: 0o700 });
  // Two processes with one key would each keep half of what it has cosigned.
  await lockDataDirectory(options.stateDir, { waitMs: LOCK_WAIT_MS });
  const state = await openState({ ...options, now });
  const witness = createWitness({ state, now, tell: tell.event });
  const server = createWitnessServer({
    witness,
    state,
    onFailure(error) {
      tell.failure(error);
      process.exit(1);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new WitnessRefusal(`Cannot listen: ${error.message}`)));
    server.listen({ host: options.host, port: options.port }, resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  tell.started({ url: `http://${host}:${port}`, vkey: formatVkey(state.key), state });
  const stop = () => void stopServer(server, state);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function stopServer(
  server: ReturnType<typeof createWitnessServer>,
  state: WitnessState,
): Promise<void> {
  server.close();
  server.closeIdleConnections();
  // A request that hangs must not keep it: what was not answered is asked for again.
  setTimeout(() => server.closeAllConnections(), LOCK_WAIT_MS).unref();
  await once(server, 'close');
  await state.journal.close();
  process.exit(0);
}
