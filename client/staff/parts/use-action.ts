import { App } from 'antd';
import { useCallback, useState } from 'react';
import { errorText, toAppError, type AppError } from '../../api/app-error.ts';
import { useWords } from './use-words.ts';

interface Action {
  readonly isBusy: boolean;
  readonly error: AppError | undefined;
  readonly clearError: () => void;
  /** Runs the step; true when it succeeded. Failures are kept in `error`. */
  readonly run: (step: () => Promise<void>) => Promise<boolean>;
}

/** One step that the server must agree to: busy while it runs, its refusal kept to be shown beside the button. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const run = useCallback(async (step: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await step();
      return true;
    } catch (thrown) {
      setError(toAppError(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  const clearError = useCallback(() => setError(undefined), []);
  return { isBusy, error, clearError, run };
}

/** For steps without a place of their own: the refusal is told in a message that stays 8 s. */
export function useToldAction(): Pick<Action, 'isBusy' | 'run'> {
  const { message } = App.useApp();
  const { t } = useWords();
  const [isBusy, setBusy] = useState(false);
  const run = useCallback(
    async (step: () => Promise<void>) => {
      setBusy(true);
      try {
        await step();
        return true;
      } catch (thrown) {
        void message.error(errorText(toAppError(thrown), t), 8);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [message, t],
  );
  return { isBusy, run };
}
