import { createTransport } from 'nodemailer';
import type { Messenger } from '../services/ports/messenger-port.ts';

const CONNECT_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 30_000;

/**
 * Mail over SMTP. Text only; what stands in it is ours, and nothing is fetched for it.
 * @param options.url `smtp://user:password@host:587` or `smtps://…`; never logged
 * @param options.from sender's address
 */
export function createSmtpMessenger(options: { url: string; from: string }): Messenger {
  const transport = createTransport({
    url: options.url,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: IDLE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    isReal: true,
    send: async ({ channel, to, subject, text }) => {
      if (channel !== 'mail') throw new Error('SMTP carries mail only');
      await transport.sendMail({ from: options.from, to, subject: subject ?? '', text });
    },
  };
}
