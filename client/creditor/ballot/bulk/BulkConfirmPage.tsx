import { useEffect, useRef, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../../components/Amount.tsx';
import { ConnectionNotice } from '../../../components/ConnectionState.tsx';
import { TopStrip } from '../../../components/TopStrip.tsx';
import { submitBallot } from '../../../state/ballots.ts';
import { ListeningLine } from '../../room/ListeningLine.tsx';
import { matterOf } from '../../../format/matter.ts';
import { useMeeting } from '../../use-meeting.ts';
import { createBallotBody } from '../use-ballot.ts';
import { sumsOf, useBulk, type Bulk } from './use-bulk.ts';
import '../ballot.css';
import './bulk.css';

/** The second tap of a double tap on the page before must not confirm anything. */
const INERT_FIRST_MS = 1_000;

/** One confirmation for all choices: heads and amount of each, and the names behind them. */
export function BulkConfirmPage() {
  const bulk = useBulk();
  const { base } = useMeeting();
  if (bulk === undefined) return <Navigate to={`${base}/my-ballots`} replace />;
  if (bulk.rows.every(({ draft }) => draft === undefined)) {
    const isUnderWay = bulk.rows.some(({ progress }) => progress !== undefined);
    return <Navigate to={isUnderWay ? `${bulk.path}/sent` : bulk.path} replace />;
  }
  return <Confirmation bulk={bulk} />;
}

function Confirmation({ bulk }: { readonly bulk: Bulk }) {
  const { t } = useTranslation();
  const { meeting } = useMeeting();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isArmed, setArmed] = useState(false);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    const timer = setTimeout(() => setArmed(true), INERT_FIRST_MS);
    return () => clearTimeout(timer);
  }, []);
  const { resolution, rows, path } = bulk;
  const chosen = rows.filter(({ draft }) => draft !== undefined);
  const left = rows.filter(({ isOpen, draft }) => isOpen && draft === undefined).length;
  const confirm = (): void => {
    if (!isArmed) return;
    for (const { right, key, draft } of chosen) {
      const body = draft && createBallotBody(meeting.origin, { resolution, right }, draft);
      if (body !== undefined) submitBallot(key, body);
    }
    void navigate(`${path}/sent`, { replace: true });
  };
  return (
    <div className="page">
      <TopStrip />
      <main className="page__main">
        <ListeningLine />
        <h1 ref={heading} tabIndex={-1}>
          {t('bulk.confirmTitle', { count: chosen.length })}
        </h1>
        <ConnectionNotice />
        <p>{matterOf(resolution, t)}</p>
        <SumsTable bulk={bulk} />
        {left > 0 && <p>{t('bulk.unchosen', { count: left })}</p>}
        <p>{t(resolution.allowChange ? 'vote.mayChange' : 'vote.cannotChange')}</p>
        <Names bulk={bulk} />
      </main>
      <footer className="page__action">
        <div className="page__action-inner ballot-foot">
          <button
            type="button"
            className="button"
            aria-disabled={!isArmed}
            onClick={() => isArmed && void navigate(path, { replace: true })}
          >
            {t('vote.change')}
          </button>
          <button type="button" className="button" aria-disabled={!isArmed} onClick={confirm}>
            {t('bulk.confirm', { count: chosen.length })}
          </button>
        </div>
      </footer>
    </div>
  );
}

function SumsTable({ bulk: { rows } }: { readonly bulk: Bulk }) {
  const { t } = useTranslation();
  return (
    <table className="bulk-table">
      <thead>
        <tr>
          <th scope="col">{t('verdict.choice')}</th>
          <th scope="col">{t('verdict.headsColumn')}</th>
          <th scope="col">{t('bulk.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {sumsOf(rows).map(({ choice, heads, fen }) => (
          <tr key={choice}>
            <th scope="row">{t(`choice.${choice}`)}</th>
            <td>{heads}</td>
            <td>
              <Amount fen={fen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Names({ bulk: { rows } }: { readonly bulk: Bulk }) {
  const { t } = useTranslation();
  return (
    <ul className="bulk-names">
      {rows.map(({ key, right, draft }) =>
        draft === undefined ? null : (
          <li key={key}>
            <span>{right.creditorName}</span> <strong>{t(`choice.${draft}`)}</strong>
          </li>
        ),
      )}
    </ul>
  );
}
