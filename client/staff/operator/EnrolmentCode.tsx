import { Alert, Typography } from 'antd';
import type { Static } from 'typebox';
import type { EnrolmentCodeView } from '../../../server/protocol/rest/account-views.ts';
import { dateTime } from '../../format/time.ts';
import { useWords } from '../parts/use-words.ts';

/** A one-time code, where it is used and until when; it is shown this once. */
export function EnrolmentCode({ code }: { readonly code: Static<typeof EnrolmentCodeView> }) {
  const { t, language } = useWords();
  return (
    <>
      <Alert type="info" showIcon title={t('staff.operator.codeOnce')} />
      <Typography.Paragraph copyable className="enrolment-code">
        {code.code}
      </Typography.Paragraph>
      <p>{t('staff.operator.codeUse', { address: `${window.location.origin}/staff/enrol` })}</p>
      <p className="muted">{t('staff.operator.codeExpires', { time: dateTime(code.expiresAt, language) })}</p>
    </>
  );
}
