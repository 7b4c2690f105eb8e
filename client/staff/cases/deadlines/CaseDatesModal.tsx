import { Checkbox, Form, Input, Modal } from 'antd';
import { deadlineRoutes, type CaseDates } from '../../../../server/protocol/rest/deadline-routes.ts';
import { call } from '../../../api/call.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useWords } from '../../parts/use-words.ts';
import { DisposalsField, type DraftedDisposal } from './DisposalsField.tsx';

interface CaseDatesModalProps {
  readonly caseId: string;
  readonly dates: CaseDates;
  readonly isReorganisation: boolean;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

interface Fields {
  readonly claimsPeriodEndsOn?: string;
  readonly planReceivedOn?: string;
  readonly isPlanPeriodExtended?: boolean;
  readonly disposals: readonly DraftedDisposal[];
  readonly reason: string;
}

const REASON_MAX = 500;

/** Dates of the procedure that no meeting tells; kept with what they rest on. */
export function CaseDatesModal({ caseId, dates, isReorganisation, onClose, onChanged }: CaseDatesModalProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Fields>();
  const { isBusy, error, run } = useAction();
  const change = async (values: Fields) => {
    const changed = {
      claimsPeriodEndsOn: values.claimsPeriodEndsOn || null,
      planReceivedOn: isReorganisation ? values.planReceivedOn || null : dates.planReceivedOn,
      isPlanPeriodExtended: isReorganisation
        ? values.isPlanPeriodExtended === true
        : dates.isPlanPeriodExtended,
      disposals: values.disposals.map(({ what, plannedOn, reportedOn }) => ({
        what,
        plannedOn,
        reportedOn: reportedOn || null,
      })),
    };
    const isDone = await run(async () => {
      const { reason } = values;
      await call(deadlineRoutes.changeCaseDates, { params: { caseId }, body: { dates: changed, reason } });
    });
    if (!isDone) return;
    onChanged();
    onClose();
  };
  return (
    <Modal
      open
      title={t('staff.deadlines.dates.title')}
      okText={t('staff.deadlines.dates.save')}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          claimsPeriodEndsOn: dates.claimsPeriodEndsOn ?? '',
          planReceivedOn: dates.planReceivedOn ?? '',
          isPlanPeriodExtended: dates.isPlanPeriodExtended,
          disposals: dates.disposals.map((disposal) => ({
            ...disposal,
            reportedOn: disposal.reportedOn ?? '',
          })),
          reason: '',
        }}
        onFinish={(values) => void change(values)}
      >
        <Form.Item name="claimsPeriodEndsOn" label={t('staff.deadlines.dates.claimsPeriodEndsOn')}>
          <Input type="date" />
        </Form.Item>
        {isReorganisation ? (
          <>
            <Form.Item name="planReceivedOn" label={t('staff.deadlines.dates.planReceivedOn')}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="isPlanPeriodExtended" valuePropName="checked">
              <Checkbox>{t('staff.deadlines.dates.isPlanPeriodExtended')}</Checkbox>
            </Form.Item>
          </>
        ) : null}
        <DisposalsField />
        <Form.Item
          name="reason"
          label={t('staff.deadlines.dates.reason')}
          extra={t('staff.deadlines.dates.reasonHint')}
          rules={[{ required: true, min: 2, message: t('staff.common.required') }]}
        >
          <Input.TextArea rows={2} maxLength={REASON_MAX} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
