import { create } from 'zustand';
import { readStored, writeStored } from './storage.ts';

const KEY = 'help';

/** Whom to call, and whether what is shown is fictitious; known once a meeting is. */
interface Help {
  readonly phone: string | undefined;
  readonly isDemonstration: boolean;
}

export const useHelp = create<Help>(
  () => readStored<Help>('session', KEY) ?? { phone: undefined, isDemonstration: false },
);

/** Remembered for this tab, so that the pages before a meeting show the same number. */
export function setHelp(phone: string, isDemonstration: boolean): void {
  const current = useHelp.getState();
  if (current.phone === phone && current.isDemonstration === isDemonstration) return;
  writeStored('session', KEY, { phone, isDemonstration } satisfies Help);
  useHelp.setState({ phone, isDemonstration });
}
