import { Alert, Button, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { meetingRoutes } from '../../../../server/protocol/rest/meeting-routes.ts';
import type { RollCorrectionPreview } from '../../../../server/protocol/vote/roll-views.ts';
import type { ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { call } from '../../../api/call.ts';
import { yuanWithUnit } from '../../../format/money.ts';
import { useRoom } from '../../../state/room.ts';
import { useResource } from '../../../state/use-resource.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { useWords } from '../../parts/use-words.ts';
import { YuanCell } from '../../parts/YuanCell.tsx';
import { useFormCommand } from '../use-command.ts';
import { ConsentFields, isComplete, NO_CONSENT, trimmed } from './ConsentFields.tsx';
import { confirmedRoll } from './opening/confirmed-roll.ts';

type Row = RollCorrectionPreview['rows'][number];

function useColumns(): TableColumnsType<Row> {
  const { t } = useWords();
  const amount = (figures: Row['before']) =>
    figures === null ? (
      t('staff.correctRoll.notOnRoll')
    ) : (
      <>
        <YuanCell fen={figures.amountFen} />
        <small className="muted correction-unsecured">
          {t('staff.correctRoll.unsecured')} <YuanCell fen={figures.unsecuredFen} />
        </small>
      </>
    );
  return [
    { title: t('staff.creditor.name'), dataIndex: 'name' },
    {
      title: t('staff.correctRoll.group'),
      render: (_, { before, after }) => t(`group.${after?.group ?? before?.group ?? 'ALL'}`),
    },
    { title: t('staff.correctRoll.before'), align: 'right', render: (_, { before }) => amount(before) },
    { title: t('staff.correctRoll.after'), align: 'right', render: (_, { after }) => amount(after) },
  ];
}

interface FormProps {
  readonly resolution: ResolutionSlice;
  readonly correction: RollCorrectionPreview;
  readonly onClose: () => void;
}

function CorrectionForm({ resolution, correction, onClose }: FormProps) {
  const { t } = useWords();
  const [consent, setConsent] = useState(NO_CONSENT);
  const { isBusy, send, refusal } = useFormCommand();
  const columns = useColumns();
  const { difference, preview, rows, round, version } = correction;
  const changes = Number(difference.added) + Number(difference.removed) + Number(difference.changed);
  const correct = async () => {
    const isDone = await send('roll:correct', {
      resolutionId: resolution.resolutionId,
      expectedRound: round,
      expectedVersion: version,
      ...confirmedRoll(preview),
      ...trimmed(consent),
    });
    if (isDone) onClose();
  };
  return (
    <>
      {refusal === undefined ? null : <Alert type="warning" showIcon role="alert" title={refusal} />}
      <p className="confirm-sentence">
        {changes === 0
          ? t('staff.correctRoll.nothing')
          : t('staff.correctRoll.sentence', { ...difference, version: String(Number(version) + 1) })}
      </p>
      {changes === 0 ? null : <Totals correction={correction} />}
      <Table<Row>
        className="correction-rows"
        rowKey="unitId"
        size="small"
        columns={columns}
        dataSource={[...rows]}
        pagination={false}
        scroll={{ y: 260 }}
      />
      <ConsentFields consent={consent} onChange={setConsent} />
      <Button
        type="primary"
        loading={isBusy}
        disabled={changes === 0 || !isComplete(consent)}
        onClick={() => void correct()}
      >
        {t('staff.correctRoll.confirm')}
      </Button>
    </>
  );
}

/** The roll's sums before and after, by which the tests are measured. */
function Totals({ correction: { totals, preview } }: Pick<FormProps, 'correction'>) {
  const { t, language } = useWords();
  const yuan = (fen: string) => yuanWithUnit(fen, language);
  return (
    <p className="correction-totals">
      {t('staff.correctRoll.totals', {
        units: totals.units,
        amount: yuan(totals.amountFen),
        unsecured: yuan(totals.unsecuredFen),
        unitsAfter: preview.units,
        amountAfter: yuan(preview.amountFen),
        unsecuredAfter: yuan(preview.unsecuredFen),
      })}
    </p>
  );
}

/** 更正名册: what the claims table in force would change; the same ballots are counted anew, both results stay. */
export function CorrectRoll({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  return (
    <div>
      <Button onClick={() => setAsked(true)}>{t('staff.correctRoll.action')}</Button>
      {isAsked ? (
        <Modal
          open
          width={760}
          title={t('staff.correctRoll.title', { title: resolution.title })}
          footer={null}
          onCancel={() => setAsked(false)}
        >
          <LoadedCorrection resolution={resolution} onClose={() => setAsked(false)} />
        </Modal>
      ) : null}
    </div>
  );
}

function LoadedCorrection({ resolution, onClose }: Omit<FormProps, 'correction'>) {
  const { meetingId = '' } = useRoom((store) => store.state.meeting) ?? {};
  const { resolutionId } = resolution;
  const loaded = useResource(`roll-correction/${resolutionId}`, () =>
    call(meetingRoutes.rollCorrection, { params: { meetingId, resolutionId } }),
  );
  return (
    <Loaded resource={loaded}>
      {(correction) => <CorrectionForm resolution={resolution} correction={correction} onClose={onClose} />}
    </Loaded>
  );
}
