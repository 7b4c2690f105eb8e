import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText, type AppError } from '../api/app-error.ts';
import { Button } from './Button.tsx';

interface NoticeProps {
  readonly children: ReactNode;
  readonly kind?: 'plain' | 'attention' | 'error';
  readonly role?: 'status' | 'alert';
  /** Accessible name, where the role needs one. */
  readonly label?: string;
}

export function Notice({ children, kind = 'plain', role, label }: NoticeProps) {
  return (
    <div className={kind === 'plain' ? 'notice' : `notice notice--${kind}`} role={role} aria-label={label}>
      {children}
    </div>
  );
}

/** An error in words, with a way out. */
export function ErrorNotice({ error, retry }: { readonly error: AppError; readonly retry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <Notice kind="error" role="alert">
        {errorText(error, t)}
      </Notice>
      {retry !== undefined && <Button onClick={retry}>{t('common.retry')}</Button>}
    </div>
  );
}
