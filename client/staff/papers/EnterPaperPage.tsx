import { Button, Select, Upload } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import {
  enteredBallotRoutes,
  SCAN_MAX_BYTES,
  type ScanView,
  type VotingUnitRow,
} from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { isVerification } from '../../../server/protocol/resolution-types.ts';
import { meetingRoutes, type MeetingView } from '../../../server/protocol/rest/meeting-routes.ts';
import type { ChoiceRead } from '../../../server/protocol/scalars.ts';
import { call } from '../../api/call.ts';
import { megabytesOf } from '../../format/size.ts';
import { dateTime } from '../../format/time.ts';
import { serverNowMs } from '../../state/clock.ts';
import { useResource } from '../../state/use-resource.ts';
import { findInstant, toWallTime } from '../parts/china-time.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { PageTitle } from '../parts/PageTitle.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { ReceivedFields, type Received } from './ReceivedFields.tsx';
import { ScanPane } from './ScanPane.tsx';
import { UnitSelect } from './UnitSelect.tsx';
import './papers.css';

/** Entering a ballot that was not cast online; it counts only after another person has confirmed it. */
export function EnterPaperPage() {
  const { meetingId = '' } = useParams();
  const meeting = useResource(`meeting/${meetingId}`, () =>
    call(meetingRoutes.getMeeting, { params: { meetingId } }),
  );
  return <Loaded resource={meeting}>{(view) => <Entering meeting={view} />}</Loaded>;
}

function Entering({ meeting }: { readonly meeting: MeetingView }) {
  const { t } = useWords();
  const [scan, setScan] = useState<ScanView | undefined>(undefined);
  return (
    <>
      <PageTitle
        title={t('staff.papers.enter')}
        note={t('staff.papers.enterNote')}
        action={<Link to={`/staff/meetings/${meeting.meetingId}/papers`}>{t('staff.papers.back')}</Link>}
      />
      <div className="paper-columns">
        <section className="panel" aria-label={t('staff.papers.scan')}>
          <h2>{t('staff.papers.step.scan')}</h2>
          {scan === undefined ? null : <ScanPane meetingId={meeting.meetingId} scan={scan} />}
          <ScanUpload meetingId={meeting.meetingId} hasScan={scan !== undefined} onScan={setScan} />
        </section>
        <PaperForm meeting={meeting} scan={scan} />
      </div>
    </>
  );
}

interface ScanUploadProps {
  readonly meetingId: string;
  readonly hasScan: boolean;
  readonly onScan: (scan: ScanView) => void;
}

function ScanUpload({ meetingId, hasScan, onScan }: ScanUploadProps) {
  const { t } = useWords();
  const { isBusy, error, run } = useAction();
  const upload = (file: File) =>
    run(async () => onScan(await call(enteredBallotRoutes.uploadScan, { params: { meetingId }, file })));
  return (
    <>
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Upload
        accept="application/pdf,image/jpeg,image/png"
        showUploadList={false}
        beforeUpload={(file) => {
          void upload(file);
          return Upload.LIST_IGNORE;
        }}
      >
        <Button loading={isBusy} type={hasScan ? 'default' : 'primary'}>
          {t(hasScan ? 'staff.papers.scanAgain' : 'staff.papers.scanUpload')}
        </Button>
      </Upload>
      <p className="muted">{t('staff.papers.scanLimits', { megabytes: megabytesOf(SCAN_MAX_BYTES) })}</p>
    </>
  );
}

function PaperForm({
  meeting,
  scan,
}: {
  readonly meeting: MeetingView;
  readonly scan: ScanView | undefined;
}) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { meetingId } = meeting;
  // Nobody casts a ballot in a verification of claims.
  const open = meeting.resolutions.filter((item) => item.status === 'open' && !isVerification(item));
  const [resolutionId, setResolutionId] = useState(open[0]?.resolutionId);
  const [unit, setUnit] = useState<VotingUnitRow | undefined>(undefined);
  const [choice, setChoice] = useState<ChoiceRead | undefined>(undefined);
  const [received, setReceived] = useState<Received>({
    channel: 'paper',
    wallTime: toWallTime(serverNowMs()),
  });
  const { isBusy, error, run } = useAction();
  const resolution = open.find((candidate) => candidate.resolutionId === resolutionId);
  if (resolution === undefined) {
    return (
      <section className="panel">
        <p>{t('staff.papers.noOpenVote')}</p>
      </section>
    );
  }
  const statedReceivedAt = findInstant(received.wallTime);
  const missing = missingStep();

  const enter = () =>
    run(async () => {
      if (!scan || !unit || !choice || statedReceivedAt === undefined) return;
      const { unitId } = unit;
      const { channel } = received;
      const paper = { unitId, choice, channel, statedReceivedAt, scanSha256: scan.sha256 };
      const body = { resolutionId: resolution.resolutionId, ...paper };
      await call(enteredBallotRoutes.enterBallot, { params: { meetingId }, body });
      await navigate(`/staff/meetings/${meetingId}/papers`);
    });

  return (
    <section className="panel" aria-label={t('staff.papers.step.content')}>
      <h2>{t('staff.papers.step.content')}</h2>
      <label className="labelled">
        {t('staff.papers.resolution')}
        <Select
          aria-label={t('staff.papers.resolution')}
          value={resolution.resolutionId}
          options={open.map(({ resolutionId: value, title }) => ({ value, label: title }))}
          onChange={(next: string) => {
            setResolutionId(next);
            setUnit(undefined);
          }}
        />
      </label>
      <p className="muted">
        {t('staff.papers.closesAt', { time: dateTime(resolution.closesAt ?? '', language) })}
      </p>
      <UnitSelect
        meetingId={meetingId}
        resolutionId={resolution.resolutionId}
        unit={unit}
        onChange={setUnit}
      />
      <ReceivedFields received={received} onChange={setReceived} />
      <ChoiceField label={t('staff.papers.choice')} choice={choice} onChange={setChoice} />
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Button
        type="primary"
        size="large"
        disabled={missing !== undefined}
        loading={isBusy}
        onClick={() => void enter()}
      >
        {t('staff.papers.submit')}
      </Button>
      <p className="muted">{missing ?? t('staff.papers.submitNote')}</p>
    </section>
  );

  function missingStep(): string | undefined {
    if (scan === undefined) return t('staff.papers.missing.scan');
    if (unit === undefined) return t('staff.papers.missing.unit');
    if (unit.isPending) return t('errors.ENTRY_PENDING');
    if (statedReceivedAt === undefined) return t('staff.papers.missing.receivedAt');
    return choice === undefined ? t('staff.papers.missing.choice') : undefined;
  }
}
