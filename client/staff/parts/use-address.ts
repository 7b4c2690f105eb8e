import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

interface Address {
  readonly get: (name: string) => string;
  readonly page: number;
  /** Empty values leave the address; any change but of the page goes back to page 1. */
  readonly set: (changes: Readonly<Record<string, string | undefined>>) => void;
}

/** Filter, sort and page of a list live in the address, so that it can be sent and reloaded. */
export function useAddress(): Address {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (changes: Readonly<Record<string, string | undefined>>) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (!('page' in changes)) next.delete('page');
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const page = Math.max(1, Number.parseInt(search.get('page') ?? '1', 10) || 1);
  return { get: (name) => search.get(name) ?? '', page, set };
}
