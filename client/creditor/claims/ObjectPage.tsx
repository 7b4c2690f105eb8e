import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import {
  objectionRoutes,
  type ClaimRowView,
  type ObjectionView,
  type OwnVerificationView,
} from '../../../server/protocol/rest/objection-routes.ts';
import { call } from '../../api/call.ts';
import { LinkButton } from '../../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../../components/ConnectionState.tsx';
import { ErrorNotice, Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { dateTime } from '../../format/time.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useResource } from '../../state/use-resource.ts';
import { useMeeting } from '../use-meeting.ts';
import { ClaimRow } from './ClaimRow.tsx';
import { ObjectedRow } from './ObjectedRow.tsx';
import { ObjectionForm } from './ObjectionForm.tsx';
import './claims.css';

/** 提出异议 to one row: the row, what it is about, the amount, the reasons, a photograph; then the number. */
export function ObjectPage() {
  const { t } = useTranslation();
  const { claimNo = '' } = useParams();
  const { meeting, base } = useMeeting();
  const { meetingId } = meeting;
  const [filed, setFiled] = useState<ObjectionView | undefined>(undefined);
  const loaded = useResource(`object/${meetingId}/${claimNo}`, async () => {
    const params = { meetingId };
    const [view, found] = await Promise.all([
      call(objectionRoutes.ownVerification, { params }),
      call(objectionRoutes.claimRows, { params, query: { search: claimNo, pageSize: 50 } }),
    ]);
    return { view, row: found.rows.find((row) => row.claimNo === claimNo) };
  });
  return (
    <Page
      title={t(filed === undefined ? 'claims.object' : 'claims.recorded')}
      back={{ to: `${base}/claims`, label: t('claims.title') }}
      aside={<ConnectionBadge />}
    >
      <ConnectionNotice />
      {loaded.error !== undefined && <ErrorNotice error={loaded.error} retry={loaded.reload} />}
      {filed !== undefined && <Recorded objection={filed} />}
      {filed === undefined && loaded.data !== undefined && <Objecting {...loaded.data} onFiled={setFiled} />}
    </Page>
  );
}

interface ObjectingProps {
  readonly view: OwnVerificationView;
  readonly row: ClaimRowView | undefined;
  readonly onFiled: (objection: ObjectionView) => void;
}

function Objecting({ view, row, onFiled }: ObjectingProps) {
  const { t } = useTranslation();
  if (row === undefined) return <Notice kind="attention">{t('errors.CLAIM_UNKNOWN')}</Notice>;
  return (
    <>
      <ul>
        <ClaimRow row={row} objectAt={undefined} heading="h2" />
      </ul>
      <ObjectionForm view={view} row={row} onFiled={onFiled} />
    </>
  );
}

function Recorded({ objection }: { readonly objection: ObjectionView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { base } = useMeeting();
  return (
    <>
      <Notice role="status">
        <p>
          <strong>{t('claims.recordedNo', { seq: objection.seq })}</strong>
        </p>
        <ObjectedRow {...objection} />
        <p className="muted">{dateTime(objection.filedAt, language)}</p>
      </Notice>
      <p>{t('claims.whatNext')}</p>
      <LinkButton to={`${base}/claims`} look="primary">
        {t('claims.toClaims')}
      </LinkButton>
    </>
  );
}
