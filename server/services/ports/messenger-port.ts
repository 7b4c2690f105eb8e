/** A message to one person. The text is complete; adapters add nothing to it. */
export interface Message {
  readonly channel: 'sms' | 'mail';
  /** Mobile number or mail address. */
  readonly to: string;
  /** Mail only. */
  readonly subject?: string;
  readonly text: string;
}

/** Sends messages. Rejects when the provider did not take the message. */
export interface Messenger {
  /** False for the development outbox: nobody receives anything. */
  readonly isReal: boolean;
  send(message: Message): Promise<void>;
}

export interface MessengerByChannel extends Messenger {
  /** By which channels messages reach people: mail may be real while SMS lie in the outbox. */
  readonly reaches: Readonly<Record<Message['channel'], boolean>>;
}

/** Messages of the development adapter, newest first. */
export interface OutboxReader {
  recent(count: number): Promise<readonly (Message & { readonly at: Date })[]>;
}
