import { Select } from 'antd';
import { useState } from 'react';
import { caseRoutes } from '../../../server/protocol/rest/case-routes.ts';
import { call } from '../../api/call.ts';
import { useResource } from '../../state/use-resource.ts';
import { useWords } from './use-words.ts';

const ROWS = 200;

interface CreditorSelectProps {
  readonly caseId: string;
  readonly label: string;
  readonly chosen: readonly string[];
  readonly isDisabled?: boolean;
  /** It must be filled in. */
  readonly isRequired?: boolean;
  readonly status?: 'error' | '';
  /** How many may be chosen; one by default. */
  readonly max?: number;
  readonly onChange: (creditorIds: readonly string[], names: readonly string[]) => void;
}

/** Creditors of the case by name or number; the server searches. */
export function CreditorSelect(props: CreditorSelectProps) {
  const {
    caseId,
    label,
    chosen,
    max = 1,
    status = '',
    isDisabled = false,
    isRequired = false,
    onChange,
  } = props;
  const { t } = useWords();
  const [search, setSearch] = useState('');
  const query = { page: 1, pageSize: ROWS, ...(search !== '' && { search }) };
  const loaded = useResource(`creditor-select/${caseId}/${search}`, () =>
    call(caseRoutes.listCreditors, { params: { caseId }, query }),
  );
  const rows = loaded.data?.rows ?? [];
  const nameOf = (id: string): string => rows.find(({ creditorId }) => creditorId === id)?.name ?? id;
  return (
    <Select
      mode="multiple"
      className="full-width"
      aria-label={label}
      aria-required={isRequired}
      aria-invalid={status === 'error'}
      disabled={isDisabled}
      status={status}
      placeholder={t('staff.creditorSelect.hint')}
      loading={loaded.isLoading}
      maxCount={max}
      value={[...chosen]}
      showSearch={{ filterOption: false, onSearch: (text) => setSearch(text.trim()) }}
      options={rows.map(({ creditorId, creditorNo, name }) => ({
        value: creditorId,
        label: creditorNo === '' ? name : `${name}（${creditorNo}）`,
      }))}
      onChange={(ids: string[]) => onChange(ids, ids.map(nameOf))}
    />
  );
}
