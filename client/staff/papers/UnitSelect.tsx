import { Select } from 'antd';
import { useState } from 'react';
import {
  enteredBallotRoutes,
  type VotingUnitRow,
} from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { call } from '../../api/call.ts';
import { dateTime } from '../../format/time.ts';
import { useResource } from '../../state/use-resource.ts';
import { useWords } from '../parts/use-words.ts';
import { VotingAmount } from './VotingAmount.tsx';

const SHOWN_AT_MOST = 50;

interface UnitSelectProps {
  readonly meetingId: string;
  readonly resolutionId: string;
  readonly unit: VotingUnitRow | undefined;
  readonly onChange: (unit: VotingUnitRow | undefined) => void;
}

/** The voting unit, found by name or the last digits of its numbers; shows what is recorded of it already. */
export function UnitSelect({ meetingId, resolutionId, unit, onChange }: UnitSelectProps) {
  const { t, language } = useWords();
  const [search, setSearch] = useState('');
  const query = { pageSize: SHOWN_AT_MOST, ...(search === '' ? {} : { search }) };
  const units = useResource(`units/${meetingId}/${resolutionId}/${search}`, () =>
    call(enteredBallotRoutes.votingUnits, { params: { meetingId, resolutionId }, query }),
  );
  const rows = units.data?.rows ?? [];
  return (
    <>
      <label className="labelled">
        {t('staff.papers.unit')}
        <Select
          aria-label={t('staff.papers.unit')}
          showSearch={{ filterOption: false, onSearch: (text: string) => setSearch(text.trim()) }}
          allowClear
          placeholder={t('staff.papers.unitHint')}
          loading={units.isLoading}
          value={unit?.unitId ?? null}
          notFoundContent={units.isLoading ? t('staff.common.loading') : t('staff.papers.noUnit')}
          options={rows.map((row) => ({
            value: row.unitId,
            label: `${row.creditorName} · ${row.mobileMasked}${group(row)}`,
          }))}
          onChange={(unitId: string | null | undefined) =>
            onChange(rows.find((row) => row.unitId === unitId))
          }
        />
      </label>
      {unit === undefined ? null : (
        <p className="muted">
          {unit.idMasked} · {t('staff.papers.amount')} <VotingAmount unit={unit} />
        </p>
      )}
      {unit?.ballot ? (
        <p className="paper-warning" role="alert">
          {t('staff.papers.alreadyVoted', {
            time: dateTime(unit.ballot.ts, language),
            channel: t(`channel.${unit.ballot.channel}`),
            seq: unit.ballot.seq,
          })}
        </p>
      ) : null}
    </>
  );

  function group(row: VotingUnitRow): string {
    return row.group === 'ALL' ? '' : ` · ${t(`group.${row.group}`)}`;
  }
}
