import { useSearchParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import type { ReceiptView } from '../../../server/protocol/room.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { dateTimeWithSeconds } from '../../format/time.ts';
import { useWitnessed } from '../../record/use-witnessed.ts';
import { usePreferences } from '../../state/preferences.ts';
import { resolutionsOf, rightsIn } from '../../state/rights.ts';
import { useMeeting } from '../use-meeting.ts';
import { ReceiptQr } from './ReceiptQr.tsx';
import { ReceiptWitnessed, WitnessedLine } from './ReceiptWitnessed.tsx';
import './print.css';

/** Receipts on A4, black and white, a page each. `?seq=` prints the one with this number. */
export function PrintReceiptsPage() {
  const { t } = useTranslation();
  const { state, meeting, personal, base } = useMeeting();
  const [query] = useSearchParams();
  const only = query.get('seq');
  const receipts = resolutionsOf(state)
    .flatMap(({ resolutionId }) => rightsIn(personal, resolutionId))
    .flatMap(({ receipt }) => (receipt === null ? [] : [receipt]))
    .filter(({ seq }) => only === null || seq === only);
  // Asked for the first and the last alone: hundreds of sheets are hardly ever partly witnessed.
  const seqs = receipts.map(({ seq }) => seq).sort((a, b) => Number(a) - Number(b));
  const isFirstWitnessed = useWitnessed(meeting.meetingId, seqs[0]);
  const isLastWitnessed = useWitnessed(meeting.meetingId, seqs.at(-1));
  const isPartly = isFirstWitnessed === true && isLastWitnessed === false;
  const isWitnessed = isFirstWitnessed === false ? false : isLastWitnessed;
  return (
    <Page
      title={t('check.printTitle')}
      back={{ to: `${base}/my-ballots`, label: t('myBallots.title') }}
      action={
        receipts.length > 0 && (
          <Button look="primary" onClick={() => window.print()}>
            {t('check.printNow', { count: receipts.length })}
          </Button>
        )
      }
    >
      <div className="not-printed">
        <Notice>{t(receipts.length > 0 ? 'check.printHint' : 'check.printNone')}</Notice>
      </div>
      {receipts.map((receipt, index) => (
        <ReceiptSheet key={receipt.seq} receipt={receipt} page={index + 1} pages={receipts.length}>
          {isPartly ? <ReceiptWitnessed seq={receipt.seq} /> : <WitnessedLine isWitnessed={isWitnessed} />}
        </ReceiptSheet>
      ))}
    </Page>
  );
}

interface ReceiptSheetProps {
  readonly receipt: ReceiptView;
  readonly page: number;
  readonly pages: number;
  /** Whether it is witnessed. */
  readonly children: React.ReactNode;
}

function ReceiptSheet({ receipt, page, pages, children }: ReceiptSheetProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { meeting } = useMeeting();
  const { debtor, caseNumber, court } = meeting;
  return (
    <section className="card sheet" aria-label={t('vote.numberOf', { seq: receipt.seq })}>
      <h2>{t('vote.receiptTitle')}</h2>
      {meeting.isDemonstration && <p>{t('common.demonstration')}</p>}
      <p>{meeting.title}</p>
      <p>{t('check.keptBy', { debtor, caseNumber, court })}</p>
      <p className="ballot-sentence">{receipt.sentence}</p>
      <dl className="facts">
        <dt>{t('vote.number')}</dt>
        <dd>{t('vote.numberOf', { seq: receipt.seq })}</dd>
        <dt>{t('vote.time')}</dt>
        <dd>{dateTimeWithSeconds(receipt.ts, language)}</dd>
        <dt>{t('vote.channel')}</dt>
        <dd>{t(`channel.${receipt.channel}`, { defaultValue: receipt.channel })}</dd>
        <dt>{t('vote.origin')}</dt>
        <dd className="receipt__hash">{receipt.origin}</dd>
        <dt>{t('vote.leafHash')}</dt>
        <dd className="receipt__hash">{receipt.leafHash}</dd>
      </dl>
      <p>{t(receipt.isSigned ? 'vote.signed' : 'vote.unsigned')}</p>
      {children}
      <ReceiptQr receipt={receipt} />
      <p>{t('check.verify')}</p>
      <p className="sheet__foot">
        <span>
          {t('check.call')} {meeting.helpPhone}
        </span>
        <span>{t('check.pageOf', { page, pages })}</span>
      </p>
    </section>
  );
}
