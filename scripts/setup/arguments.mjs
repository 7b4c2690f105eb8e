import { SetupError } from './progress.mjs';

const FLAGS = ['--no-demo', '--lan'];
const OPTIONS = ['--port', '--data'];

const HELP = ['--help', '-h'];

export const USAGE = `npm start -- [options]

  --no-demo     start without the demonstration case
  --lan         serve HTTPS to the local network
  --port N      listen on this port
  --data DIR    keep the data in this directory
  --help        print this and do nothing`;

/**
 * @param {readonly string[]} args
 * @returns {boolean} the usage is asked for, whatever else stands beside it
 */
export function asksForHelp(args) {
  return args.some((arg) => HELP.includes(arg));
}

/**
 * Refuses what the server would not understand before minutes are spent on the setup. The server reads the
 * values itself.
 *
 * @param {readonly string[]} args
 * @throws {SetupError} with the usage
 */
export function checkArguments(args) {
  for (let index = 0; index < args.length; index += 1) {
    const [name = '', inlineValue] = (args[index] ?? '').split('=', 2);
    if (OPTIONS.includes(name)) {
      if (inlineValue === undefined) index += 1;
      if (!(inlineValue ?? args[index])) throw new SetupError(`${name} needs a value.\n\n${USAGE}`);
    } else if (!FLAGS.includes(args[index] ?? '')) {
      throw new SetupError(`Unknown option ${args[index]}.\n\n${USAGE}`);
    }
  }
}
