import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useTranslation } from 'react-i18next';
import { TopStrip } from './TopStrip.tsx';
import './page.css';

interface PageProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly back?: { readonly to: string; readonly label: string };
  /** The page's one primary action, at the thumb. */
  readonly action?: ReactNode;
  /** Shown at the right of the way back. */
  readonly aside?: ReactNode;
  readonly isTitleHidden?: boolean;
}

/** A creditor page: one column, one question, one primary action. Its heading has the focus after a change of page. */
export function Page({ title, children, back, action, aside, isTitleHidden = false }: PageProps) {
  const { t } = useTranslation();
  const heading = useFocusOnArrival();
  useEffect(() => {
    const product = t('common.product');
    document.title = title === product ? product : `${title} · ${product}`;
  }, [title, t]);
  return (
    <div className="page">
      <TopStrip />
      <main className="page__main">
        {(back !== undefined || aside !== undefined) && (
          <div className="page__head">
            {back !== undefined && (
              <Link className="page__back" to={back.to}>
                <span aria-hidden="true">‹&nbsp;</span>
                {back.label}
              </Link>
            )}
            {aside !== undefined && <div className="page__connection">{aside}</div>}
          </div>
        )}
        <h1 ref={heading} tabIndex={-1} className={isTitleHidden ? 'sr-only' : undefined}>
          {title}
        </h1>
        {children}
      </main>
      {action !== undefined && (
        <footer className="page__action">
          <div className="page__action-inner">{action}</div>
        </footer>
      )}
    </div>
  );
}

/** The heading takes the focus when one arrives by a link, so that a screen reader begins at the top. */
export function useFocusOnArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    // 'default' is the first page of the tab: the browser's own start must not be disturbed.
    if (key !== 'default' && document.activeElement?.tagName !== 'INPUT') {
      heading.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }, [key]);
  return heading;
}
