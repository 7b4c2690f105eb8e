/**
 * One more device signs in the holder's name: told on a second channel (record.md 9), for whoever took over
 * a session would otherwise go unseen. Sending never delays the binding, and a failure does not undo it.
 */
import type { ReceiptMessagesDeps } from './receipt-messages.ts';

export interface KeyMessages {
  add(personId: string, about: { readonly helpPhone: string; readonly debtor: string }): void;
  /** Resolves when what was asked for has been sent; at shutdown. */
  settled(): Promise<void>;
}

export function createKeyMessages({ messenger, mobilesOf, log }: ReceiptMessagesDeps): KeyMessages {
  const sending = new Set<Promise<void>>();

  async function send(personId: string, text: string): Promise<void> {
    try {
      const mobile = (await mobilesOf([personId])).get(personId);
      if (mobile !== undefined) await messenger.send({ channel: 'sms', to: mobile, text });
    } catch (error) {
      log.error({ err: error }, 'message about a further key not sent');
    }
  }

  return {
    add(personId, { helpPhone, debtor }) {
      const text =
        `【${debtor}债权人会议】您的表决密钥在另一台设备或浏览器上启用，今后由它为您的表决签名。` +
        `如非本人操作，请立即致电管理人 ${helpPhone}。`;
      const sent = send(personId, text).finally(() => sending.delete(sent));
      sending.add(sent);
    },
    async settled() {
      await Promise.all(sending);
    },
  };
}
