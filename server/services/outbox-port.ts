import type { Message } from './messenger-port.ts';

/** Messages of the development adapter, newest first. */
export interface OutboxReader {
  recent(count: number): Promise<readonly (Message & { readonly at: Date })[]>;
}
