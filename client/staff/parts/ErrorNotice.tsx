import { Alert, Button } from 'antd';
import { errorText, type AppError } from '../../api/app-error.ts';
import { findPlaceText } from '../../api/place.ts';
import { useWords } from './use-words.ts';

interface ErrorNoticeProps {
  readonly error: AppError;
  /** The way out; left out where the page itself offers one. */
  readonly onRetry?: () => void;
}

/** What went wrong in words, which field it is about, and what can be done. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { t } = useWords();
  const retry =
    onRetry === undefined ? undefined : (
      <Button size="small" onClick={onRetry}>
        {t('staff.common.retry')}
      </Button>
    );
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={errorText(error, t)}
      description={error.code === 'INTERNAL' ? error.detail : findPlaceText(error, t)}
      action={retry}
    />
  );
}
