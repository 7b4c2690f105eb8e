import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { Resource } from '../../state/use-resource.ts';
import { ErrorNotice } from './ErrorNotice.tsx';

interface LoadedProps<T> {
  readonly resource: Resource<T>;
  readonly children: (data: T) => ReactNode;
}

/** A resource as a page shows it: skeleton, then the data; a failed reload stands above the data of before. */
export function Loaded<T>({ resource, children }: LoadedProps<T>) {
  const { data, error, reload } = resource;
  return (
    <>
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      {data !== undefined ? children(data) : error === undefined ? <Skeleton active /> : null}
    </>
  );
}
