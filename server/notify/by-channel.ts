import type { Message, Messenger, MessengerByChannel } from '../services/ports/messenger-port.ts';

/** One messenger from one for each channel. It counts as real as soon as one of them reaches people. */
export function createMessengerByChannel(
  adapters: Readonly<Record<Message['channel'], Messenger>>,
): MessengerByChannel {
  return {
    isReal: Object.values(adapters).some(({ isReal }) => isReal),
    reaches: { sms: adapters.sms.isReal, mail: adapters.mail.isReal },
    send: (message) => adapters[message.channel].send(message),
  };
}
