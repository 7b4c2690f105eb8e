import { Button, Empty, Input, Segmented } from 'antd';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import {
  noticeRoutes,
  type DeliveryRow,
  type NoticesView,
  type NoticeView,
} from '../../../../server/protocol/rest/notice-routes.ts';
import { call } from '../../../api/call.ts';
import { dateTime } from '../../../format/time.ts';
import { useResource } from '../../../state/use-resource.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../parts/use-words.ts';
import { DeliveryTable } from './DeliveryTable.tsx';
import { NotReaching } from './NotReaching.tsx';
import { RecordDelivery } from './RecordDelivery.tsx';
import { ResendNotice } from './ResendNotice.tsx';
import { useReloadWhile } from './use-reload-while.ts';

const PAGE_SIZE = 50;
const STATES = ['delivered', 'sent', 'queued', 'failed'] as const;
const LISTS = ['all', ...STATES] as const;
type List = (typeof LISTS)[number];

interface NoticeAddress {
  readonly meetingId: string;
  readonly noticeId: string;
}

/** One notice: its text, and its way to each creditor. */
export function Deliveries({ meetingId, noticeId }: NoticeAddress) {
  const { t } = useWords();
  const list = useResource(`notices/${meetingId}`, () =>
    call(noticeRoutes.notices, { params: { meetingId } }),
  );
  return (
    <div className="panel">
      <p>
        <Link to="?tab=notices">‹ {t('staff.notices.back')}</Link>
      </p>
      <Loaded resource={list}>
        {(view) => {
          const notice = view.notices.find((one) => one.noticeId === noticeId);
          if (notice === undefined) return <Empty description={t('staff.notices.unknown')} />;
          return <OneNotice meetingId={meetingId} notice={notice} view={view} onReload={list.reload} />;
        }}
      </Loaded>
    </div>
  );
}

interface OneNoticeProps {
  readonly meetingId: string;
  readonly notice: NoticeView;
  readonly view: NoticesView;
  readonly onReload: () => void;
}

function OneNotice({ meetingId, notice, view, onReload }: OneNoticeProps) {
  const { t } = useWords();
  const { get, page, set } = useAddress();
  const { noticeId } = notice;
  const [step, setStep] = useState<'resend' | 'record' | undefined>(undefined);
  const [chosen, setChosen] = useState<readonly DeliveryRow[]>([]);
  const list = LISTS.find((one) => one === get('state')) ?? 'all';
  const search = get('search');
  const query = {
    page,
    pageSize: PAGE_SIZE,
    ...(list !== 'all' && { state: list }),
    ...(search !== '' && { search }),
  };
  const rows = useResource(`deliveries/${noticeId}/${JSON.stringify(query)}`, () =>
    call(noticeRoutes.deliveries, { params: { meetingId, noticeId }, query }),
  );
  const reloadRows = rows.reload;
  const reload = useCallback(() => {
    reloadRows();
    onReload();
  }, [reloadRows, onReload]);
  // What is sent again waits too, while it counts as sent.
  const waits = rows.data?.rows.some(({ state, nextTryAt }) => state !== 'delivered' && nextTryAt !== null);
  useReloadWhile(notice.queued > 0 || waits === true, reload);
  const done = (isDone: boolean) => {
    setStep(undefined);
    if (!isDone) return;
    setChosen([]);
    reload();
  };
  const concerned = { meetingId, notice, chosen, onDone: done };
  return (
    <>
      <NoticeHead notice={notice} />
      <NotReaching reaches={view.reaches} />
      <div className="toolbar">
        <Segmented<List>
          className="notice-lists"
          value={list}
          options={LISTS.map((value) => ({ value, label: labelOf(value) }))}
          onChange={(next) => set({ state: next === 'all' ? undefined : next })}
        />
        <Input.Search
          key={search}
          className="filter-search"
          allowClear
          defaultValue={search}
          maxLength={50}
          placeholder={t('staff.notices.searchHint')}
          aria-label={t('staff.notices.searchHint')}
          onSearch={(text) => set({ search: text.trim() })}
        />
        <Button onClick={reload}>{t('staff.papers.reload')}</Button>
        {view.mayIssue ? (
          <span className="toolbar-end">
            <Button onClick={() => setStep('resend')}>
              {chosen.length === 0
                ? t('staff.notices.resendAll')
                : t('staff.notices.resendChosen', { count: chosen.length })}
            </Button>
            <Button type="primary" onClick={() => setStep('record')}>
              {chosen.length === 0
                ? t('staff.notices.recordAll')
                : t('staff.notices.recordChosen', { count: chosen.length })}
            </Button>
          </span>
        ) : null}
      </div>
      {rows.error === undefined ? null : <ErrorNotice error={rows.error} onRetry={rows.reload} />}
      <DeliveryTable
        notice={notice}
        today={view.today}
        rows={rows.data?.rows ?? []}
        isLoading={rows.isLoading}
        chosen={view.mayIssue ? { rows: chosen, onChange: setChosen } : undefined}
        paging={{
          current: page,
          pageSize: PAGE_SIZE,
          total: rows.data?.total ?? 0,
          onChange: (next) => set({ page: String(next) }),
        }}
      />
      {step === 'resend' ? <ResendNotice {...concerned} /> : null}
      {step === 'record' ? <RecordDelivery {...concerned} today={view.today} /> : null}
    </>
  );

  function labelOf(value: List): string {
    const count = value === 'all' ? notice.recipients : notice[value];
    return `${t(`staff.notices.list.${value}`)} ${count}`;
  }
}

function NoticeHead({ notice }: { readonly notice: NoticeView }) {
  const { t, language } = useWords();
  const { title, text, issuedAt, seq, recipients, delivered } = notice;
  const facts = [
    ['recipients', recipients],
    ['delivered', delivered],
    ['unproved', recipients - delivered],
  ] as const;
  return (
    <header className="notice-head">
      <h2>{title}</h2>
      <p className="muted">{t('staff.notices.issuedAt', { time: dateTime(issuedAt, language), seq })}</p>
      <dl className="facts">
        {facts.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`staff.notices.column.${name}`)}</dt>
            <dd>{t('staff.notices.creditors', { count })}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{t('staff.notices.fullText')}</summary>
        <p className="notice-paper">{text}</p>
      </details>
      {notice.isRevocable ? <p className="muted">{t('staff.notices.proofHint')}</p> : null}
    </header>
  );
}
