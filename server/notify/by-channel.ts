import type { Message, Messenger } from '../services/ports/messenger-port.ts';

/** One messenger from one for each channel. It counts as real as soon as one of them reaches people. */
export function createMessengerByChannel(
  adapters: Readonly<Record<Message['channel'], Messenger>>,
): Messenger {
  return {
    isReal: Object.values(adapters).some(({ isReal }) => isReal),
    send: (message) => adapters[message.channel].send(message),
  };
}
