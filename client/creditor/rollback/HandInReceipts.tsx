import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../api/app-error.ts';
import { Button } from '../../components/Button.tsx';
import { findHandedIn, handIn, type HandedIn } from '../../record/handing-in.ts';
import { keptReceiptsOf } from '../../record/kept-receipts.ts';
import { useMeeting } from '../use-meeting.ts';

/** On the meeting that goes on after a rollback: the receipts that this browser holds are asked for. */
export function HandInReceipts() {
  const { meeting } = useMeeting();
  return meeting.continues === null ? null : <Asked origin={meeting.continues} />;
}

interface Line {
  readonly id: string;
  readonly sentence: string;
  readonly proof: string | undefined;
  readonly outcome: HandedIn | undefined;
}

function linesOf(origin: string): Line[] {
  return keptReceiptsOf(origin).map(({ receipt: { leafHash, sentence, proof } }) => ({
    id: leafHash,
    sentence,
    proof,
    outcome: findHandedIn(leafHash),
  }));
}

const isOpen = ({ proof, outcome }: Line): boolean =>
  proof !== undefined && (outcome === undefined || outcome.kind === 'failed');

function Asked({ origin }: { readonly origin: string }) {
  const { t } = useTranslation();
  const { meetingId } = useMeeting().meeting;
  const [lines, setLines] = useState(() => linesOf(origin));
  const [isBusy, setBusy] = useState(false);
  const heading = useId();
  const open = lines.filter(isOpen);

  const send = async (asked: readonly Line[]): Promise<void> => {
    setBusy(true);
    for (const line of asked) {
      const outcome = await handIn(meetingId, line.proof ?? '', line.id);
      setLines((before) => before.map((each) => (each.id === line.id ? { ...each, outcome } : each)));
    }
    setBusy(false);
  };
  const sendFile = async (file: File): Promise<void> => {
    setBusy(true);
    const outcome = await handIn(meetingId, await file.text());
    setLines((before) => [
      ...before.filter(({ id }) => id !== file.name),
      { id: file.name, sentence: file.name, proof: undefined, outcome },
    ]);
    setBusy(false);
  };
  return (
    <section className="card" aria-labelledby={heading}>
      <h2 id={heading}>{t('rollback.handInTitle')}</h2>
      <p>{t('rollback.handInWhy')}</p>
      <p className="muted">{t('rollback.notCounted')}</p>
      <ul className="stack" aria-live="polite">
        {lines.map((line) => (
          <li key={line.id}>
            {line.sentence}
            <br />
            <Outcome outcome={line.outcome} />
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p>{t('rollback.noneKept')}</p>}
      {open.length > 0 && (
        <Button look="primary" isBusy={isBusy} onClick={() => void send(open)}>
          {t('rollback.handIn', { count: open.length })}
        </Button>
      )}
      <FileChoice isBusy={isBusy} onFile={(file) => void sendFile(file)} />
    </section>
  );
}

function Outcome({ outcome }: Pick<Line, 'outcome'>) {
  const { t } = useTranslation();
  if (outcome === undefined) return <span className="muted">○ {t('rollback.notYet')}</span>;
  if (outcome.kind === 'failed') return <span>✕ {errorText(outcome.error, t)}</span>;
  if (outcome.kind === 'not-lost') return <span>✓ {t('rollback.notLost')}</span>;
  return <span>✓ {t('rollback.handedIn', { seq: outcome.seq })}</span>;
}

/** A receipt that was saved as a file, on whatever device. */
function FileChoice({ isBusy, onFile }: { readonly isBusy: boolean; readonly onFile: (file: File) => void }) {
  const { t } = useTranslation();
  return (
    <p>
      <label className="stack">
        {t('rollback.fromFile')}
        <input
          type="file"
          accept=".txt,text/plain"
          disabled={isBusy}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) onFile(file);
            target.value = '';
          }}
        />
      </label>
    </p>
  );
}
