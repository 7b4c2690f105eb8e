import { Button, Empty, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { CaseView } from '../../../server/protocol/rest/case-routes.ts';
import { meetingRoutes, type MeetingListRow } from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { findInstant } from '../parts/china-time.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { MeetingStateMark } from '../parts/MeetingStateMark.tsx';
import { mayPrepare } from '../parts/permissions.ts';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';

function MeetingRow({ row }: { readonly row: MeetingListRow }) {
  const { t, language } = useWords();
  const isDraft = row.state === 'draft';
  const isClosed = row.state === 'closed';
  return (
    <li>
      <div>
        <strong>{row.title}</strong>
        <p className="muted">{dateTime(row.startsAt, language)}</p>
      </div>
      <MeetingStateMark state={row.state} />
      <Link to={`/staff/meetings/${row.meetingId}/prepare`}>
        {t(isDraft ? 'staff.meeting.prepare' : 'staff.meeting.look')}
      </Link>
      {isDraft ? null : <Link to={`/staff/meetings/${row.meetingId}/papers`}>{t('staff.papers.title')}</Link>}
      {isDraft ? null : (
        <Link to={`/staff/meetings/${row.meetingId}/objections`}>{t('staff.objections.title')}</Link>
      )}
      {isDraft ? null : (
        <Link to={`/staff/meetings/${row.meetingId}/decisions`}>{t('staff.decisions.title')}</Link>
      )}
      {isClosed ? <Link to={`/staff/review/${row.meetingId}`}>{t('staff.meeting.record')}</Link> : null}
      {isDraft ? null : <Link to={`/staff/meetings/${row.meetingId}/desk`}>{t('staff.meeting.enter')}</Link>}
    </li>
  );
}

/** Meetings of the case, newest first. */
export function MeetingsTab({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const [isCreating, setCreating] = useState(false);
  const meetings = useResource(`meetings/${view.caseId}`, () =>
    call(meetingRoutes.myMeetings, { query: { caseId: view.caseId, pageSize: 200 } }),
  );
  const create = mayPrepare(view.myRole) ? (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t('staff.meeting.create')}
    </Button>
  ) : null;
  return (
    <div className="panel">
      <div className="toolbar">
        <span className="toolbar-end">{create}</span>
      </div>
      <Loaded resource={meetings}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty description={t('staff.meeting.none')} />
          ) : (
            <ul className="row-list">
              {rows.map((row) => (
                <MeetingRow key={row.meetingId} row={row} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isCreating ? <NewMeetingModal caseId={view.caseId} onClose={() => setCreating(false)} /> : null}
    </div>
  );
}

interface NewMeeting {
  readonly title: string;
  readonly startsAt: string;
}

function NewMeetingModal({ caseId, onClose }: { readonly caseId: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<NewMeeting>();
  const { isBusy, error, run } = useAction();
  const create = ({ title, startsAt }: NewMeeting) =>
    run(async () => {
      const body = { title, startsAt: findInstant(startsAt) ?? '' };
      const created = await call(meetingRoutes.createMeeting, { params: { caseId }, body });
      await navigate(`/staff/meetings/${created.meeting.meetingId}/prepare`);
    });
  return (
    <Modal
      open
      title={t('staff.meeting.create')}
      okText={t('staff.meeting.createNow')}
      cancelText={t('staff.common.cancel')}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <p className="muted">{t('staff.meeting.templateHint')}</p>
      <Form<NewMeeting>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ title: t('staff.meeting.firstTitle') }}
        onFinish={(values) => void create(values)}
      >
        <Form.Item
          name="title"
          label={t('staff.meeting.title')}
          rules={[{ required: true, min: 2, message: t('staff.common.required') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="startsAt"
          label={t('staff.meeting.startsAt')}
          extra={t('staff.common.chinaTime')}
          rules={[{ required: true, message: t('staff.common.required') }]}
        >
          <Input type="datetime-local" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
