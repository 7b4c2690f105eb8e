/** What the terminal shows when the server is ready: addresses, accounts, and the first operator's code. */
import QRCode from 'qrcode';
import type { Composed } from './compose.ts';
import type { Config } from './config.ts';

export interface Welcome {
  readonly server: Composed;
  readonly config: Config;
  readonly origins: readonly string[];
  readonly demonstrationSecret: string | null;
}

/** Better read now than by a creditor who waits for a code. */
const NO_SMS = [
  'No SMS provider is connected: codes for creditors stay in the database (collection outbox, for a week)',
  'and reach nobody. Staff sign in without SMS.',
];

/** Every request names the host that it was sent to, and an unknown one may be a rebound name. */
const CLOSED_TO_OTHERS = [
  'Other machines are refused: set PUBLIC_ORIGIN to the address that they open, or start with --lan.',
];

function isClosedToOthers({ host, lan, publicOrigin }: Config): boolean {
  const isLoopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return !isLoopback && !lan && publicOrigin === null;
}

export async function printWelcome({ server, config, origins, demonstrationSecret }: Welcome): Promise<void> {
  const [first = ''] = origins;
  const secretPart =
    demonstrationSecret === null || !server.demonstration.allowed ? '' : `/?secret=${demonstrationSecret}`;
  const lines = ['', 'The meeting server is ready.', ...origins.map((origin) => `  ${origin}${secretPart}`)];
  if (server.demonstration.allowed) lines.push(...(await demonstrationLines(server)));
  else lines.push('', `No demonstration: ${server.demonstration.reason ?? ''}`, ...NO_SMS);
  if (isClosedToOthers(config)) lines.push('', ...CLOSED_TO_OTHERS);
  lines.push(...(await keyLines(server)));
  lines.push(...(await operatorLines(server, first)));
  if (config.lan) {
    lines.push('', `Phones: install ${first}/authority.crt once, then open the address above.`);
    lines.push(await QRCode.toString(`${first}${secretPart}`, { type: 'terminal', small: true }));
  }
  lines.push('', 'Ctrl-C ends the server and all its processes.', '');
  console.log(lines.join('\n'));
}

async function demonstrationLines(server: Composed): Promise<string[]> {
  const listed = (await server.stores.demonstration.findAccounts()) ?? [];
  const found = await server.stores.accounts.people.findByIds(listed.map(({ personId }) => personId));
  const byId = new Map(found.map((person) => [person.personId, person]));
  // In the order of the list: staff first.
  const people = listed.flatMap(({ personId }) => byId.get(personId) ?? []);
  const rows = people.map(({ name, mobile, staff, identityChecks }) => {
    const role = staff?.roles.join(', ') ?? 'creditor';
    return [role, staff?.username ?? mobile ?? '', name, identityChecks[0]?.idLast4 ?? ''];
  });
  const shown = rows.slice(0, 12);
  const header = ['role', 'account or telephone', 'name', 'last 4 of ID'];
  return [
    '',
    'Demonstration (fictitious): open the address and tap an account, or sign in by telephone; the codes',
    'are shown on the same page.',
    ...[header, ...shown].map(
      (row) => `  ${row.map((cell, i) => cell.padEnd([20, 22, 12, 0][i] ?? 0)).join('')}`,
    ),
    ...(rows.length > shown.length
      ? [`  … and ${rows.length - shown.length} more creditors on the page`]
      : []),
  ];
}

/** For the notice: a record can only be checked against a key that does not come with it. */
async function keyLines(server: Composed): Promise<string[]> {
  const { vkey, fingerprint } = await server.services.proofDesk.key();
  return ['', 'The record of this installation is signed with', `  ${vkey}`, `  SHA-256 ${fingerprint}`];
}

async function operatorLines(server: Composed, origin: string): Promise<string[]> {
  const invitation = await server.accounts.enrolment.prepareOperator();
  if (!invitation || server.demonstration.allowed) return [];
  const minutes = Math.round((invitation.expiresAt.getTime() - Date.now()) / 60_000);
  return [
    '',
    'There is no operator yet. Create the first one within',
    `${minutes} minutes with this code, which works once:`,
    `  ${invitation.code}`,
    `  ${origin}/staff/setup`,
  ];
}
