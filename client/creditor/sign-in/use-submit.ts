import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText, toAppError } from '../../api/app-error.ts';

interface Submit {
  readonly isBusy: boolean;
  /** In words; undefined when there is none. */
  readonly error: string | undefined;
  readonly submit: () => void;
  readonly setError: (text: string | undefined) => void;
}

/** One running request at a time: a second tap while it runs does nothing. */
export function useSubmit(action: () => Promise<void>): Submit {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>(undefined);
  const running = useRef(false);
  const submit = (): void => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(undefined);
    action()
      .catch((thrown: unknown) => setError(errorText(toAppError(thrown), t)))
      .finally(() => {
        running.current = false;
        setBusy(false);
      });
  };
  return { isBusy, error, submit, setError };
}
