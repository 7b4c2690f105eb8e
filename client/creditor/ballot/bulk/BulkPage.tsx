import { useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { Choice } from '../../../../server/protocol/scalars.ts';
import { Button, LinkButton } from '../../../components/Button.tsx';
import { ConnectionBadge, ConnectionNotice } from '../../../components/ConnectionState.tsx';
import { Countdown } from '../../../components/Countdown.tsx';
import { DocumentList } from '../../../components/DocumentList.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { Page } from '../../../components/Page.tsx';
import { chooseDraft, discardBallot } from '../../../state/ballots.ts';
import { ListeningLine } from '../../room/ListeningLine.tsx';
import { matterOf } from '../../../format/matter.ts';
import { useMeeting } from '../../use-meeting.ts';
import { BulkRowItem } from './BulkRowItem.tsx';
import { CHOICES, sumsOf, useBulk, type Bulk } from './use-bulk.ts';
import '../ballot.css';
import './bulk.css';

/** Many principals, one page: a choice for each, by row or for the ticked rows; nothing is preset. */
export function BulkPage() {
  const bulk = useBulk();
  const { base } = useMeeting();
  if (bulk === undefined) return <Navigate to={`${base}/my-ballots`} replace />;
  return <OpenBulk bulk={bulk} />;
}

function OpenBulk({ bulk }: { readonly bulk: Bulk }) {
  const { t } = useTranslation();
  const { base } = useMeeting();
  const navigate = useNavigate();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { resolution, rows, path } = bulk;
  const open = rows.filter(({ isOpen }) => isOpen);
  const marked = open.filter(({ key }) => ticked.has(key));
  const tick = (keys: readonly string[], isTicked: boolean) =>
    setTicked((before) => {
      const next = new Set(before);
      for (const key of keys) {
        if (isTicked) next.add(key);
        else next.delete(key);
      }
      return next;
    });
  const isUnderWay = rows.some(
    ({ progress }) => progress?.kind === 'sending' || progress?.kind === 'refused',
  );
  return (
    <Page
      title={matterOf(resolution, t)}
      back={{ to: `${base}/room`, label: t('room.title') }}
      aside={<ConnectionBadge />}
      action={
        open.length > 0 ? (
          <BulkFoot bulk={bulk} onConfirm={() => void navigate(`${path}/confirm`)} />
        ) : (
          <LinkButton to={`${base}/my-ballots`} look="primary">
            {t('myBallots.title')}
          </LinkButton>
        )
      }
    >
      <ListeningLine />
      <ConnectionNotice />
      {resolution.closesAt !== null && resolution.status === 'open' && (
        <p>
          {t('vote.left')} <Countdown until={resolution.closesAt} label={t('vote.left')} />
        </p>
      )}
      {open.length > 0 ? (
        <p>{t('bulk.intro', { count: rows.length, open: open.length })}</p>
      ) : (
        <Notice>{t(`bulk.nothing.${whyNothing(bulk)}`)}</Notice>
      )}
      {isUnderWay && (
        <Notice kind="attention">
          <a href={`${path}/sent`}>{t('bulk.seeSent')}</a>
        </Notice>
      )}
      <details className="ballot-facts">
        <summary>{t('vote.whatIsVoted')}</summary>
        <p className="resolution-text">{resolution.text}</p>
        <DocumentList documents={resolution.documents} />
      </details>
      {open.length > 0 && (
        <BulkTools
          total={open.length}
          count={marked.length}
          onTickAll={(isTicked) =>
            tick(
              open.map(({ key }) => key),
              isTicked,
            )
          }
          onChoose={(choice) => marked.forEach(({ key }) => chooseDraft(key, choice))}
          onClear={() => marked.forEach(({ key }) => discardBallot(key))}
        />
      )}
      <ul className="bulk-rows">
        {rows.map((row) => (
          <BulkRowItem
            key={row.key}
            row={row}
            isTicked={ticked.has(row.key)}
            onTick={(isTicked) => tick([row.key], isTicked)}
          />
        ))}
      </ul>
    </Page>
  );
}

/** Why nothing is left to choose. */
function whyNothing({ resolution, rows }: Bulk): 'allCast' | 'notOpen' | 'noneLeft' {
  const votable = rows.filter(({ right }) => right.mayVote);
  if (votable.length > 0 && votable.every(({ receipt }) => receipt !== undefined)) return 'allCast';
  return resolution.status === 'open' ? 'noneLeft' : 'notOpen';
}

interface BulkToolsProps {
  readonly total: number;
  /** Ticked rows. */
  readonly count: number;
  readonly onTickAll: (isTicked: boolean) => void;
  readonly onChoose: (choice: Choice) => void;
  readonly onClear: () => void;
}

function BulkTools({ total, count, onTickAll, onChoose, onClear }: BulkToolsProps) {
  const { t } = useTranslation();
  const isNone = count === 0;
  return (
    <section className="card bulk-tools" aria-label={t('bulk.tools')}>
      <label className="bulk-tick">
        <input
          type="checkbox"
          checked={count === total}
          onChange={(event) => onTickAll(event.target.checked)}
        />
        {t('bulk.tickAll', { count: total })}
      </label>
      <p className="muted">{t(isNone ? 'bulk.tickFirst' : 'bulk.forTicked', { count })}</p>
      <div className="bulk-choices" role="group" aria-label={t('bulk.tools')}>
        {CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            className="bulk-choice"
            aria-disabled={isNone}
            onClick={() => !isNone && onChoose(choice)}
          >
            {t(`choice.${choice}`)}
          </button>
        ))}
        <button
          type="button"
          className="bulk-choice bulk-choice--clear"
          aria-disabled={isNone}
          onClick={() => !isNone && onClear()}
        >
          {t('bulk.clear')}
        </button>
      </div>
    </section>
  );
}

function BulkFoot({ bulk: { rows }, onConfirm }: { readonly bulk: Bulk; readonly onConfirm: () => void }) {
  const { t } = useTranslation();
  const sums = sumsOf(rows);
  const chosen = sums.reduce((sum, { heads }) => sum + heads, 0);
  const left = rows.filter(({ isOpen, draft }) => isOpen && draft === undefined).length;
  return (
    <>
      <p className="bulk-sums" role="status">
        {sums
          .map(({ choice, heads }) => t('bulk.sum', { choice: t(`choice.${choice}`), count: heads }))
          .join(' · ')}
        <span className="muted"> {t('bulk.unchosen', { count: left })}</span>
      </p>
      <Button
        look="primary"
        disabledReason={chosen === 0 ? t('bulk.chooseFirst') : undefined}
        onClick={onConfirm}
      >
        {t('bulk.toConfirm', { count: chosen })}
      </Button>
    </>
  );
}
