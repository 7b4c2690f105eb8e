/** A mail server that takes messages, or refuses them, as the test says. Enough of RFC 5321 for one client. */
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface MailServer {
  readonly url: string;
  /** Bodies of the messages that were taken, as they came over the wire. */
  readonly taken: readonly string[];
  refuses: boolean;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const taken: string[] = [];
  const sockets = new Set<Socket>();
  const state = { refuses: false };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let body: string | undefined;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const answer = (line: string) => {
      if (body !== undefined) {
        if (line !== '.') {
          body += `${line}\n`;
          return;
        }
        taken.push(body);
        body = undefined;
        say('250 kept');
        return;
      }
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'DATA') {
        body = '';
        say('354 go on');
      } else if (word === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say(word === 'RCPT' && state.refuses ? '451 try later' : '250 ok');
    };
    socket.on('data', (bytes) => {
      const lines = (rest + bytes.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answer(line);
    });
    say('220 mail.test');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    get refuses() {
      return state.refuses;
    },
    set refuses(refuses: boolean) {
      state.refuses = refuses;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
