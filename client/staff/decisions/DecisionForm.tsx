import { App, Button, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import type { CaseDocumentView } from '../../../server/protocol/rest/case-routes.ts';
import { meetingRoutes, type RulingInput } from '../../../server/protocol/rest/meeting-routes.ts';
import type { ResolutionSlice } from '../../../server/protocol/vote/slices.ts';
import { call } from '../../api/call.ts';
import { yuanWithUnit } from '../../format/money.ts';
import { serverNowMs } from '../../state/clock.ts';
import { toWallTime } from '../parts/china-time.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { isAnswered, toChecklist, type CramDownAnswers } from './cram-down-answers.ts';
import { CramDownFields } from './CramDownFields.tsx';

const TEXT_MAX = 2_000;
const REFERENCE_MAX = 100;

interface DecisionFormProps {
  readonly meetingId: string;
  readonly resolution: ResolutionSlice;
  readonly documents: readonly CaseDocumentView[];
  readonly onRecorded: () => void;
}

interface Draft {
  readonly round?: string | undefined;
  readonly group?: RulingInput['group'] | undefined;
  readonly documentId?: string | undefined;
  readonly kind: RulingInput['kind'] | undefined;
  readonly decidedOn: string;
  readonly reference: string;
  readonly text: string;
  readonly answers: CramDownAnswers;
}

/** One decision or application. It is recorded once and for all: asked once more before it is sent. */
export function DecisionForm({ meetingId, resolution, documents, onRecorded }: DecisionFormProps) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { isBusy, error, run } = useAction();
  const [isAsking, setAsking] = useState(false);
  const today = toWallTime(serverNowMs()).slice(0, 10);
  const [draft, setDraft] = useState<Draft>({
    kind: undefined,
    decidedOn: today,
    reference: '',
    text: '',
    answers: {},
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const { kind, decidedOn, reference, text, answers } = draft;
  const missing = missingStep();

  const record = () =>
    run(async () => {
      const input = toInput(draft, resolution);
      if (input === undefined) return;
      try {
        await call(meetingRoutes.recordRuling, { params: { meetingId }, body: input });
        void message.success(t('staff.decisions.done'));
        onRecorded();
      } finally {
        setAsking(false);
      }
    });

  return (
    <section className="panel" aria-labelledby="decision-form">
      <h2 id="decision-form">{t('staff.decisions.formTitle')}</h2>
      <Radio.Group
        className="decision-kinds"
        aria-label={t('staff.decisions.kind')}
        value={kind}
        options={resolution.decisions.map((value) => ({ value, label: t(`ruling.kind.${value}`) }))}
        onChange={(event) => change({ kind: event.target.value as RulingInput['kind'] })}
      />
      {kind === undefined ? null : <p className="muted">{t(`staff.decisions.hint.${kind}`)}</p>}
      {kind === 'RECONSIDERATION_APPLICATION' ? <UnsecuredTotal resolution={resolution} /> : null}
      <About resolution={resolution} draft={draft} onChange={change} />
      <label className="labelled">
        {t('staff.decisions.decidedOn')}
        <Input
          type="date"
          max={today}
          value={decidedOn}
          onChange={(event) => change({ decidedOn: event.target.value })}
        />
      </label>
      <label className="labelled">
        {t('staff.decisions.reference')}
        <Input
          value={reference}
          maxLength={REFERENCE_MAX}
          placeholder={t('staff.decisions.referenceHint')}
          onChange={(event) => change({ reference: event.target.value })}
        />
      </label>
      <label className="labelled">
        {t('staff.decisions.text')}
        <Input.TextArea
          rows={3}
          maxLength={TEXT_MAX}
          value={text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </label>
      <label className="labelled">
        {t('staff.decisions.document')}
        <Select
          allowClear
          aria-label={t('staff.decisions.document')}
          placeholder={t('staff.decisions.noDocument')}
          value={draft.documentId ?? null}
          options={documents.map(({ documentId, title }) => ({ value: documentId, label: title }))}
          onChange={(next: string | null) => change({ documentId: next ?? undefined })}
        />
      </label>
      {kind === 'CRAM_DOWN_APPLICATION' ? (
        <CramDownFields
          resolution={resolution}
          answers={answers}
          onChange={(next) => change({ answers: next })}
        />
      ) : null}
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Button type="primary" size="large" disabled={missing !== undefined} onClick={() => setAsking(true)}>
        {t('staff.decisions.submit')}
      </Button>
      {missing === undefined ? null : <p className="muted">{missing}</p>}
      <Modal
        open={isAsking && kind !== undefined}
        title={t('staff.decisions.confirmTitle')}
        okText={t('staff.decisions.confirmNow')}
        cancelText={t('staff.common.back')}
        confirmLoading={isBusy}
        onCancel={() => setAsking(false)}
        onOk={() => void record()}
      >
        <p className="confirm-sentence">
          {t('staff.decisions.confirmSentence', {
            title: resolution.title,
            kind: t(`ruling.kind.${kind ?? 'OTHER'}`),
            reference: reference.trim(),
            date: decidedOn,
          })}
        </p>
      </Modal>
    </section>
  );

  function missingStep(): string | undefined {
    if (kind === undefined) return t('staff.decisions.missing.kind');
    if (decidedOn === '' || decidedOn > today) return t('staff.decisions.missing.date');
    if (reference.trim().length < 2) return t('staff.decisions.missing.reference');
    if (kind !== 'CRAM_DOWN_APPLICATION') return undefined;
    const count = resolution.cramDown.filter((line) => !isAnswered(line, answers)).length;
    return count === 0 ? undefined : t('staff.decisions.missing.answers', { count });
  }
}

function toInput(draft: Draft, resolution: ResolutionSlice): RulingInput | undefined {
  const { kind, decidedOn, round, group, documentId } = draft;
  if (kind === undefined) return undefined;
  const text = draft.text.trim();
  return {
    resolutionId: resolution.resolutionId,
    kind,
    decidedOn,
    reference: draft.reference.trim(),
    ...(round !== undefined && { round }),
    ...(group !== undefined && { group }),
    ...(documentId !== undefined && { documentId }),
    ...(text !== '' && { text }),
    ...(kind === 'CRAM_DOWN_APPLICATION' && {
      checklist: toChecklist(resolution.cramDown, draft.answers),
    }),
  };
}

/** Art. 66: half of what counts against a ruling under art. 65(2). */
function UnsecuredTotal({ resolution }: Pick<DecisionFormProps, 'resolution'>) {
  const { t, language } = useWords();
  const total = resolution.rollGroups.reduce((sum, { unsecuredFen }) => sum + BigInt(unsecuredFen), 0n);
  return (
    <p className="muted">
      {t('staff.decisions.unsecured', {
        amount: yuanWithUnit(String(total), language),
        // Half a fen is rounded up: the threshold is at least half.
        half: yuanWithUnit(String((total + 1n) / 2n), language),
      })}
    </p>
  );
}

interface AboutProps extends Pick<DecisionFormProps, 'resolution'> {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

/** Where there was more than one vote, or more than one group: which of them it is about. */
function About({ resolution, draft, onChange }: AboutProps) {
  const { t } = useWords();
  const rounds = [...resolution.earlierRounds, resolution].filter(({ verdict }) => verdict !== null);
  const groups = (resolution.verdict?.groups ?? []).filter(({ group }) => group !== 'ALL');
  return (
    <>
      {rounds.length < 2 ? null : (
        <label className="labelled">
          {t('staff.decisions.round')}
          <Select
            aria-label={t('staff.decisions.round')}
            value={draft.round ?? ''}
            options={[
              { value: '', label: t('staff.decisions.allRounds') },
              ...rounds.map(({ round }) => ({ value: round, label: round })),
            ]}
            onChange={(next: string) => onChange({ round: next === '' ? undefined : next })}
          />
        </label>
      )}
      {groups.length === 0 ? null : (
        <label className="labelled">
          {t('staff.decisions.group')}
          <Select
            aria-label={t('staff.decisions.group')}
            value={draft.group ?? ''}
            options={[
              { value: '' as const, label: t('staff.decisions.allGroups') },
              ...groups.map(({ group }) => ({ value: group, label: t(`group.${group}`) })),
            ]}
            onChange={(next) => onChange({ group: groups.find(({ group }) => group === next)?.group })}
          />
        </label>
      )}
    </>
  );
}
