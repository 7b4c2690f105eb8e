import { useEffect, type ReactNode } from 'react';

interface PageTitleProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** The one primary action of the page. */
  readonly action?: ReactNode;
}

/** Heading of a page; the same words stand in the browser's tab. */
export function PageTitle({ title, note, action }: PageTitleProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <header className="page-title">
      <div>
        <h1>{title}</h1>
        {note === undefined ? null : <p className="muted">{note}</p>}
      </div>
      {action}
    </header>
  );
}
