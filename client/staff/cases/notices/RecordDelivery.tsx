import { App, Form, Input, Modal, Radio } from 'antd';
import { noticeRoutes, type RecordedProof } from '../../../../server/protocol/rest/notice-routes.ts';
import { call } from '../../../api/call.ts';
import { calendarDate, chinaDay } from '../../../format/time.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useWords } from '../../parts/use-words.ts';
import { concernedOf, namesOf, type ConcernedProps } from './concerned.ts';

const PROOFS = ['PAPER', 'SMS_REPORT', 'MAIL_REPORT', 'ANNOUNCEMENT'] as const satisfies RecordedProof[];
const REFERENCE = { min: 2, max: 200 };

interface Fields {
  readonly proof: RecordedProof;
  readonly deliveredOn: string;
  readonly reference: string;
}

interface RecordDeliveryProps extends ConcernedProps {
  readonly today: string;
}

/** A delivery outside the system and what proves it; from its day the creditor's own fifteen days run. */
export function RecordDelivery({ meetingId, notice, chosen, today, onDone }: RecordDeliveryProps) {
  const { t, language } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const { isBusy, error, run } = useAction();
  const { count, body } = concernedOf({ notice, chosen });
  const issuedOn = chinaDay(Date.parse(notice.issuedAt));
  const required = { required: true, message: t('staff.common.required') };
  const record = async ({ proof, deliveredOn, reference }: Fields) => {
    const isDone = await run(async () => {
      const params = { meetingId, noticeId: notice.noticeId };
      const delivery = { ...body, proof, deliveredOn, reference: reference.trim() };
      const { recorded } = await call(noticeRoutes.recordDelivery, { params, body: delivery });
      void message.info(t('staff.notices.recorded', { recorded }));
    });
    if (isDone) onDone(true);
  };
  return (
    <Modal
      open
      width={620}
      title={t('staff.notices.recordTitle')}
      okText={t('staff.notices.recordConfirm', { count })}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: count === 0 }}
      onOk={() => form.submit()}
      onCancel={() => onDone(false)}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <p className="confirm-sentence notice-concerned">
        {t(chosen.length === 0 ? 'staff.notices.recordForAll' : 'staff.notices.recordFor', {
          count,
          names: namesOf(chosen, t),
        })}
      </p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          proof: chosen.length === 0 ? 'ANNOUNCEMENT' : 'PAPER',
          deliveredOn: today,
          reference: '',
        }}
        onFinish={(values) => void record(values)}
      >
        <Form.Item name="proof" label={t('staff.notices.proofKind')}>
          <Radio.Group
            className="notice-proofs"
            options={PROOFS.map((value) => ({ value, label: t(`staff.notices.proof.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="deliveredOn"
          label={t('staff.notices.deliveredOn')}
          extra={t('staff.notices.deliveredOnHint', { date: calendarDate(issuedOn, language) })}
          rules={[
            required,
            {
              validator: (_, day: string) =>
                day === '' || (day >= issuedOn && day <= today)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('staff.notices.deliveredOnWrong'))),
            },
          ]}
        >
          <Input type="date" min={issuedOn} max={today} />
        </Form.Item>
        <Form.Item
          name="reference"
          label={t('staff.notices.reference')}
          extra={t('staff.notices.referenceHint')}
          rules={[
            {
              required: true,
              whitespace: true,
              ...REFERENCE,
              message: t('staff.notices.referenceWrong', REFERENCE),
            },
          ]}
        >
          <Input maxLength={REFERENCE.max} autoComplete="off" />
        </Form.Item>
      </Form>
      <p className="muted">{t('staff.notices.recordHint')}</p>
    </Modal>
  );
}
