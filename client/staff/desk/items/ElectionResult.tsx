import { Button, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import type { ElectionSlice, ResolutionSlice } from '../../../../server/protocol/room-slices.ts';
import { useRoom } from '../../../state/room.ts';
import { useWords } from '../../parts/use-words.ts';
import { YuanCell } from '../../parts/YuanCell.tsx';
import { useDeskRights } from '../desk-state.ts';
import { useFormCommand } from '../use-command.ts';

const REASON_MAX = 500;

/** The lot between candidates that are equal in amount and heads, in the order drawn. */
function Lot({ election }: { readonly election: ElectionSlice }) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  const [order, setOrder] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const { isBusy, send, refusal } = useFormCommand();
  const equal = election.candidates.filter(({ state }) => state === 'LOT_NEEDED');
  const record = async () => {
    const { electionId } = election;
    if (await send('election:lot', { electionId, order: [...order], reason: reason.trim() })) setAsked(false);
  };
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t('staff.election.lot')}</Button>
      <Modal
        open={isAsked}
        title={t('staff.election.lot')}
        okText={t('staff.election.lotConfirm')}
        cancelText={t('staff.common.back')}
        confirmLoading={isBusy}
        okButtonProps={{ disabled: order.length !== equal.length || reason.trim() === '' }}
        onOk={() => void record()}
        onCancel={() => setAsked(false)}
      >
        {refusal === undefined ? null : <p role="alert">{refusal}</p>}
        <p>{t('staff.election.lotHint')}</p>
        {equal.map(({ resolutionId, title }) => {
          const at = order.indexOf(resolutionId);
          return (
            <Button
              key={resolutionId}
              aria-pressed={at >= 0}
              onClick={() =>
                setOrder(at >= 0 ? order.filter((id) => id !== resolutionId) : [...order, resolutionId])
              }
            >
              {at >= 0 ? `${at + 1}. ` : ''}
              {title}
            </Button>
          );
        })}
        <Input
          value={reason}
          maxLength={REASON_MAX}
          aria-label={t('staff.election.lotReason')}
          placeholder={t('staff.election.lotReason')}
          onChange={(event) => setReason(event.target.value)}
        />
      </Modal>
    </>
  );
}

/** The election of which a resolution is one candidate: who takes a seat, in the order of amount, heads, lot. */
export function ElectionResult({ resolution }: { readonly resolution: ResolutionSlice }) {
  const { t } = useWords();
  const { isHost } = useDeskRights();
  const electionId = resolution.particulars?.candidateOf?.electionId;
  const election = useRoom((store) =>
    electionId === undefined ? undefined : store.state[`election:${electionId}`],
  );
  if (election === undefined) return null;
  return (
    <section>
      <table className="sums">
        <caption>{t('staff.election.title', { seats: election.seats })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('staff.election.candidate')}</th>
            <th scope="col">{t('staff.tally.heads')}</th>
            <th scope="col">{t('staff.tally.amount')}</th>
            <th scope="col">{t('staff.election.result')}</th>
          </tr>
        </thead>
        <tbody>
          {election.candidates.map(({ resolutionId, title, forHeads, forFen, state, rank }) => (
            <tr key={resolutionId}>
              <th scope="row">{title}</th>
              <td>{forHeads}</td>
              <td>
                <YuanCell fen={forFen} />
              </td>
              <td>
                <Tag>
                  {rank === null ? '' : `${rank}. `}
                  {t(`staff.election.state.${state}`)}
                </Tag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isHost && election.candidates.some(({ state }) => state === 'LOT_NEEDED') ? (
        <Lot election={election} />
      ) : null}
    </section>
  );
}
