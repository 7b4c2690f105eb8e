import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import {
  continuationRoutes,
  type ContinuationView,
} from '../../../server/protocol/rest/continuation-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { useContinuation } from '../../record/use-continuation.ts';
import { serverNowMs } from '../../state/clock.ts';
import { findInstant, toWallTime } from '../parts/china-time.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';

/** Time to check the draft and to tell the creditors. */
const DEFAULT_LEAD_MS = 3_600_000;

/** A meeting whose record was rolled back: what happened in words, and the way on. */
export function RolledBack({ meetingId }: { readonly meetingId: string }) {
  const told = useContinuation(meetingId);
  return <Loaded resource={told}>{(view) => <Told meetingId={meetingId} view={view} />}</Loaded>;
}

interface ToldProps {
  readonly meetingId: string;
  readonly view: ContinuationView;
}

function Told({ meetingId, view: { halt, continuedBy, mayContinue } }: ToldProps) {
  const { t, language } = useWords();
  const [isAsking, setAsking] = useState(false);
  if (halt === null) return null;
  const { signedSize, foundSize, detectedAt, by } = halt;
  const figures = { signed: signedSize, found: foundSize, time: dateTime(detectedAt, language) };
  return (
    <section className="panel" aria-labelledby="rolled-back">
      <h2 id="rolled-back">{t('staff.rollback.title')}</h2>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t('staff.rollback.what', figures)}
        description={t(`staff.rollback.by.${by}`)}
      />
      <ol>
        <li>{t('staff.rollback.keep')}</li>
        <li>{t('staff.rollback.restore')}</li>
        <li>{t('staff.rollback.continue')}</li>
      </ol>
      {continuedBy !== null ? (
        <p>
          <Link to={`/staff/meetings/${continuedBy.meetingId}/prepare`}>
            {t(continuedBy.isPublished ? 'staff.rollback.continued' : 'staff.rollback.drafted', {
              title: continuedBy.title,
              time: dateTime(continuedBy.startsAt, language),
            })}
          </Link>
        </p>
      ) : (
        <p>
          <Button type="primary" disabled={!mayContinue} onClick={() => setAsking(true)}>
            {t('staff.rollback.prepare')}
          </Button>{' '}
          {mayContinue ? null : <span className="muted">{t('staff.rollback.leadOnly')}</span>}
        </p>
      )}
      {isAsking ? <ContinueModal meetingId={meetingId} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

interface ContinueModalProps {
  readonly meetingId: string;
  readonly onClose: () => void;
}

function ContinueModal({ meetingId, onClose }: ContinueModalProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { isBusy, error, run } = useAction();
  const [time, setTime] = useState(() => toWallTime(serverNowMs() + DEFAULT_LEAD_MS));
  const startsAt = findInstant(time);
  const prepare = () =>
    run(async () => {
      if (startsAt === undefined) return;
      const params = { meetingId };
      const next = await call(continuationRoutes.continueMeeting, { params, body: { startsAt } });
      await navigate(`/staff/meetings/${next.meetingId}/prepare`);
    });
  return (
    <Modal
      open
      title={t('staff.rollback.prepare')}
      okText={t('staff.rollback.prepareNow')}
      cancelText={t('staff.common.cancel')}
      okButtonProps={{ disabled: startsAt === undefined }}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => void prepare()}
    >
      {error === undefined ? null : <ErrorNotice error={error} />}
      <p>{t('staff.rollback.prepareWhat')}</p>
      <Form layout="vertical">
        <Form.Item label={t('staff.rollback.startsAt')} htmlFor="rollback-starts-at">
          <Input
            id="rollback-starts-at"
            type="datetime-local"
            value={time}
            onChange={({ target }) => setTime(target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
