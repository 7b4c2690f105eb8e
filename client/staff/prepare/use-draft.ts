import { useState } from 'react';
import type { MeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import { readStored, removeStored, writeStored } from '../../state/storage.ts';
import { toDraft, type MeetingDraft } from './draft.ts';

interface EditedDraft {
  readonly draft: MeetingDraft;
  readonly isDirty: boolean;
  readonly edit: (next: MeetingDraft) => void;
  /** What the server now has; nothing is unsaved after it. */
  readonly reset: (meeting: MeetingView) => void;
}

/** Unsaved changes survive a reload and a crash of the browser, and come back with the page. */
export function useDraft(meeting: MeetingView): EditedDraft {
  const key = `staff.prepare.${meeting.meetingId}`;
  const [edited, setEdited] = useState(() => readStored<MeetingDraft>('local', key));
  const [saved, setSaved] = useState(() => toDraft(meeting));
  return {
    draft: edited ?? saved,
    isDirty: edited !== undefined,
    edit: (next) => {
      writeStored('local', key, next);
      setEdited(next);
    },
    reset: (fresh) => {
      removeStored('local', key);
      setEdited(undefined);
      setSaved(toDraft(fresh));
    },
  };
}
