import type { ObjectionPoint } from '../../../server/protocol/entry-bodies/meeting.ts';
import { useState } from 'react';
import { readStored, removeStored, writeStored } from '../../state/storage.ts';

export interface ObjectionDraft {
  /** Made once for a draft: what is sent again after a lost network is recorded once. */
  readonly objectionId: string;
  readonly point: ObjectionPoint;
  readonly amount: string;
  readonly text: string;
}

const newDraft = (): ObjectionDraft => ({
  objectionId: crypto.randomUUID(),
  point: 'AMOUNT',
  amount: '',
  text: '',
});

/** What was written about a row is still there after a reload, until it is sent. */
export function useObjectionDraft(meetingId: string, claimNo: string) {
  const key = `objection/${meetingId}/${claimNo}`;
  const [draft, setDraft] = useState(() => readStored<ObjectionDraft>('session', key) ?? newDraft());
  return {
    draft,
    change(part: Partial<ObjectionDraft>): void {
      const next = { ...draft, ...part };
      setDraft(next);
      writeStored('session', key, next);
    },
    forget: () => removeStored('session', key),
  };
}
