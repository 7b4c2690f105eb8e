import { useCallback, useEffect, useRef, useState } from 'react';
import { toAppError, type AppError } from '../api/app-error.ts';

export interface Resource<T> {
  readonly data: T | undefined;
  readonly error: AppError | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/**
 * Loads what a page shows. `key` names it: another key loads anew, undefined loads nothing. While it is
 * loaded again, and when that fails, the data of before stays.
 */
export function useResource<T>(key: string | undefined, load: () => Promise<T>): Resource<T> {
  const [entry, setEntry] = useState<{ key: string; data?: T; error?: AppError } | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  const loadRef = useRef(load);
  loadRef.current = load;

  useEffect(() => {
    if (key === undefined) return undefined;
    let isCurrent = true;
    loadRef
      .current()
      .then((data) => isCurrent && setEntry({ key, data }))
      .catch((thrown: unknown) => {
        if (!isCurrent) return;
        const error = toAppError(thrown);
        setEntry((before) => (before?.key === key ? { ...before, error } : { key, error }));
      });
    return () => {
      isCurrent = false;
    };
  }, [key, turn]);

  const reload = useCallback(() => setTurn((value) => value + 1), []);
  const current = entry?.key === key ? entry : undefined;
  return {
    data: current?.data,
    error: current?.error,
    isLoading: key !== undefined && current === undefined,
    reload,
  };
}
