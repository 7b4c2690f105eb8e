/** What `npm run witness -- …` is told on its command line. */
import { resolve } from 'node:path';
import { WitnessRefusal } from './refusal.ts';

export interface WitnessArguments {
  /** Key name, needed at the first start alone: a name of the holder's own, such as `court.example.cn/witness`. */
  readonly name: string | undefined;
  /** Folder that holds key and state; readable by its owner alone. */
  readonly stateDir: string;
  /** Keys of installations whose meetings are to be witnessed, beside those taken in before. */
  readonly logKeys: readonly string[];
  readonly host: string;
  readonly port: number;
}

export const USAGE = `npm run witness -- [options]

  --name NAME      name of this witness, at the first start (for example court.example.cn/witness)
  --state DIR      folder for key and state (default .witness)
  --log-key VKEY   key of a meeting system to be witnessed; may be repeated; is remembered
  --host ADDRESS   address to listen on (default 127.0.0.1: behind a proxy with TLS)
  --port N         port to listen on (default 8091)
  --help           print this and do nothing`;

const OPTIONS = ['--name', '--state', '--log-key', '--host', '--port'] as const;
type Option = (typeof OPTIONS)[number];

/** @throws WitnessRefusal with the usage */
export function readArguments(args: readonly string[], directory: string): WitnessArguments {
  const given = new Map<Option, string[]>();
  const words = args.flatMap(splitAtEquals);
  for (let index = 0; index < words.length; index += 2) {
    const option = OPTIONS.find((known) => known === words[index]);
    if (!option) throw new WitnessRefusal(`Unknown option ${words[index]}.\n\n${USAGE}`);
    const value = words[index + 1];
    if (!value) throw new WitnessRefusal(`${option} needs a value.\n\n${USAGE}`);
    given.set(option, [...(given.get(option) ?? []), value]);
  }
  const last = (option: Option) => given.get(option)?.at(-1);
  return {
    name: last('--name'),
    stateDir: resolve(directory, last('--state') ?? '.witness'),
    logKeys: given.get('--log-key') ?? [],
    host: last('--host') ?? '127.0.0.1',
    port: readPort(last('--port') ?? '8091'),
  };
}

/** `--port=9000` is `--port 9000`. */
function splitAtEquals(word: string): string[] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new WitnessRefusal(`--port is "${text}"; it must be a whole number from 0 to 65535.`);
}
