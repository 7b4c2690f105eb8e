import { Button, Form, Input, QRCode, Typography } from 'antd';
import type { Static } from 'typebox';
import type { EnrolmentView } from '../../../server/protocol/rest/account-views.ts';
import { useWords } from '../parts/use-words.ts';

interface SecondFactorProps {
  readonly factor: Static<typeof EnrolmentView>;
  readonly isBusy: boolean;
  readonly onSubmit: (totp: string) => void;
}

/** The secret is shown this once: as a QR code for the app and as text; the first code proves that it arrived. */
export function SecondFactor({ factor, isBusy, onSubmit }: SecondFactorProps) {
  const { t } = useWords();
  return (
    <Form<{ totp: string }> layout="vertical" requiredMark={false} onFinish={({ totp }) => onSubmit(totp)}>
      <p>{t('staff.enrol.scan')}</p>
      <QRCode value={factor.otpauthUri} type="svg" size={200} bordered={false} />
      <p>{t('staff.enrol.secret')}</p>
      <Typography.Paragraph copyable className="enrolment-code">
        {factor.secret}
      </Typography.Paragraph>
      <Form.Item
        name="totp"
        label={t('staff.enrol.totp')}
        rules={[{ required: true, pattern: /^[\s0-9]{6,14}$/, message: t('staff.enrol.totpWrong') }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={14} />
      </Form.Item>
      <Button block size="large" type="primary" htmlType="submit" loading={isBusy}>
        {t('staff.enrol.finish')}
      </Button>
    </Form>
  );
}
