import type { ReactNode } from 'react';
import type {
  RecordState,
  TimeStampView,
  WitnessStanding,
  WitnessView,
} from '../../../server/protocol/record-state.ts';
import { dateTime, dateTimeWithSeconds } from '../../format/time.ts';
import { Mark, type MarkShape } from '../parts/Mark.tsx';
import { useWords } from '../parts/use-words.ts';
import './attest.css';

const SHAPES: Record<WitnessStanding, MarkShape> = {
  waiting: 'waiting',
  cosigned: 'done',
  unreachable: 'warning',
  'unknown-log': 'warning',
  conflict: 'blocks',
  ahead: 'blocks',
  invalid: 'warning',
};

/** Whether the quorum stands behind the record, and how far: a word and a shape. */
function WitnessedMark({ state: { witnessed } }: { readonly state: RecordState }) {
  const { t } = useWords();
  return witnessed === null ? (
    <Mark shape="warning" word={t('staff.attest.notWitnessed')} />
  ) : (
    <Mark shape="done" word={t('staff.attest.witnessed', { size: witnessed.size })} />
  );
}

/** Who verified what of the ledger, and when: signature, witnesses, time stamps (record.md 6 and 13). */
export function RecordDetails({ state }: { readonly state: RecordState }) {
  return (
    <div className="attest">
      <Checkpoint state={state} />
      <Witnesses state={state} />
      <TimeStamps state={state} />
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Checkpoint({ state: { checkpoint, isSignerUp } }: { readonly state: RecordState }) {
  const { t, language } = useWords();
  return (
    <Part title={t('staff.attest.checkpoint')}>
      {isSignerUp ? null : (
        <p>
          <Mark shape="blocks" word={t('staff.attest.signerDown')} />
        </p>
      )}
      {checkpoint === null ? (
        <p className="muted">{t('staff.attest.noCheckpoint')}</p>
      ) : (
        <>
          <p>
            <Mark
              shape="done"
              word={t('staff.attest.signed', {
                size: checkpoint.size,
                time: dateTimeWithSeconds(checkpoint.at, language),
              })}
            />
          </p>
          <p className="attest-hash">
            {t('staff.attest.root')} {checkpoint.root}
          </p>
        </>
      )}
    </Part>
  );
}

function Witnesses({ state }: { readonly state: RecordState }) {
  const { t, language } = useWords();
  const { witnesses, witnessed, hasPolicy } = state;
  return (
    <Part title={t('staff.attest.witnesses')}>
      <p>
        <WitnessedMark state={state} />{' '}
        {witnessed === null ? null : <small>{dateTime(witnessed.at, language)}</small>}
      </p>
      {witnessed === null ? (
        <p className="muted">{t(hasPolicy ? 'staff.attest.noQuorum' : 'staff.attest.noPolicy')}</p>
      ) : null}
      <ul>
        {witnesses.map((witness) => (
          <li key={witness.name}>
            <Witness witness={witness} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Witness({ witness: { name, standing, last } }: { readonly witness: WitnessView }) {
  const { t, language } = useWords();
  return (
    <>
      <strong>{name}</strong> <Mark shape={SHAPES[standing]} word={t(`staff.attest.standing.${standing}`)} />
      <small className="muted">
        {last === null
          ? t('staff.attest.nothingCosigned')
          : t('staff.attest.cosignedTo', { size: last.size, time: dateTimeWithSeconds(last.at, language) })}
      </small>
    </>
  );
}

function TimeStamps({ state: { timeStamps, hasTimeStampAuthority } }: { readonly state: RecordState }) {
  const { t } = useWords();
  const none = hasTimeStampAuthority ? 'staff.attest.noStampYet' : 'staff.attest.noAuthority';
  return (
    <Part title={t('staff.attest.timeStamps')}>
      {timeStamps.length === 0 ? <p className="muted">{t(none)}</p> : null}
      <ul>
        {timeStamps.map((stamp) => (
          <li key={stamp.seq}>
            <TimeStamp stamp={stamp} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function TimeStamp({ stamp }: { readonly stamp: TimeStampView }) {
  const { t, language } = useWords();
  const { reason, seq, size, root, stamped, attempts } = stamp;
  const event = t('staff.attest.stampFor', { reason: t(`staff.attest.reason.${reason}`), seq });
  if (stamped === null) {
    return (
      <>
        <Mark shape="waiting" word={t('staff.attest.stampWanted')} /> {event}
        <small className="muted">{t('staff.attest.attempts', { count: attempts })}</small>
      </>
    );
  }
  const { time, authority } = stamped;
  return (
    <>
      <Mark shape="done" word={dateTimeWithSeconds(time, language)} /> {event}
      <small className="muted">{t('staff.attest.stampBy', { authority, size })}</small>
      <small className="attest-hash">
        {t('staff.attest.root')} {root}
      </small>
    </>
  );
}
