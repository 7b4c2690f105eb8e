import { Button, Input } from 'antd';
import type { CaseDocumentView } from '../../../server/protocol/rest/case-routes.ts';
import { meetingRoutes, type MeetingPreparation } from '../../../server/protocol/rest/meeting-routes.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useWords } from '../parts/use-words.ts';
import { AgendaEditor } from './AgendaEditor.tsx';
import { findProblem, toInput } from './draft.ts';
import { PublishPanel } from './PublishPanel.tsx';
import { useDraft } from './use-draft.ts';

interface MeetingEditorProps {
  readonly preparation: MeetingPreparation;
  readonly documents: readonly CaseDocumentView[];
  readonly onChanged: (preparation: MeetingPreparation) => void;
}

/** Editor of a draft: title, time, agenda with resolutions; the checklist and publication beside it. */
export function MeetingEditor({ preparation, documents, onChanged }: MeetingEditorProps) {
  const { t } = useWords();
  const { meeting } = preparation;
  const { draft, isDirty, edit, reset } = useDraft(meeting);
  const { isBusy, error, run } = useAction();
  const problem = findProblem(draft);
  const save = () =>
    run(async () => {
      const params = { meetingId: meeting.meetingId };
      const saved = await call(meetingRoutes.updateMeeting, { params, body: toInput(draft) });
      reset(saved.meeting);
      onChanged(saved);
    });
  return (
    <div className="two-columns">
      <div className="panel">
        <div className="field-pair">
          <label className="labelled">
            {t('staff.meeting.title')}
            <Input
              value={draft.title}
              maxLength={100}
              onChange={(event) => edit({ ...draft, title: event.target.value })}
            />
          </label>
          <label className="labelled">
            {t('staff.meeting.startsAt')}（{t('staff.common.chinaTime')}）
            <Input
              type="datetime-local"
              value={draft.startsAt}
              onChange={(event) => edit({ ...draft, startsAt: event.target.value })}
            />
          </label>
        </div>
        <AgendaEditor
          caseId={meeting.caseId}
          items={draft.agenda}
          documents={documents}
          onChange={(agenda) => edit({ ...draft, agenda })}
        />
        {error === undefined ? null : <ErrorNotice error={error} />}
        <footer className="sticky-actions">
          <span className="muted" role="status">
            {problem === undefined
              ? t(isDirty ? 'staff.prepare.unsaved' : 'staff.prepare.saved')
              : t(`staff.prepare.problem.${problem.code}`, { position: problem.position })}
          </span>
          <Button disabled={!isDirty} onClick={() => reset(meeting)}>
            {t('staff.prepare.discard')}
          </Button>
          <Button
            type={isDirty ? 'primary' : 'default'}
            disabled={!isDirty || problem !== undefined}
            loading={isBusy}
            onClick={() => void save()}
          >
            {t('staff.prepare.save')}
          </Button>
        </footer>
      </div>
      <PublishPanel preparation={preparation} isDirty={isDirty} onPublished={onChanged} />
    </div>
  );
}
