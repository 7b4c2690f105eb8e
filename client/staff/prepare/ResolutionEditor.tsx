import { Input, Select } from 'antd';
import { isVerification } from '../../../server/protocol/resolution-types.ts';
import type { CaseDocumentView } from '../../../server/protocol/rest/case-routes.ts';
import { useWords } from '../parts/use-words.ts';
import { DocumentSelect } from './DocumentSelect.tsx';
import { ParticularsEditor } from './particulars/ParticularsEditor.tsx';
import type { DraftResolution } from './draft.ts';

const TEXT_MAX = 20_000;

interface ResolutionEditorProps {
  readonly caseId: string;
  readonly resolution: DraftResolution;
  /** Types to choose from. */
  readonly types: readonly string[];
  readonly documents: readonly CaseDocumentView[];
  readonly onChange: (resolution: DraftResolution) => void;
}

/** What another type needed does not belong to this one. */
function withType(
  { particulars: _particulars, ...resolution }: DraftResolution,
  type: string,
): DraftResolution {
  return { ...resolution, type };
}

/** What is put to the vote, or opened for objections: its type (and by it the rule), title, full text, documents. */
export function ResolutionEditor({ caseId, resolution, types, documents, onChange }: ResolutionEditorProps) {
  const { t } = useWords();
  const words = `staff.prepare.${isVerification(resolution) ? 'verified' : 'voted'}`;
  return (
    <fieldset className="resolution-editor">
      <legend>{t(`${words}.item`)}</legend>
      <div className="field-pair">
        <label className="labelled">
          {t('staff.prepare.resolutionType')}
          <Select
            value={resolution.type}
            options={types.map((value) => ({ value, label: t(`staff.resolutionType.${value}`) }))}
            onChange={(type) => onChange(withType(resolution, type))}
          />
        </label>
        <label className="labelled">
          {t('staff.prepare.resolutionTitle')}
          <Input
            value={resolution.title}
            maxLength={100}
            onChange={(event) => onChange({ ...resolution, title: event.target.value })}
          />
        </label>
      </div>
      <p className="muted">{t(`staff.resolutionRule.${resolution.type}`)}</p>
      <ParticularsEditor
        type={resolution.type}
        caseId={caseId}
        particulars={resolution.particulars}
        onChange={(particulars, title) =>
          onChange({ ...resolution, particulars, ...(title !== undefined && { title }) })
        }
      />
      <label className="labelled">
        {t(`${words}.text`)}
        <Input.TextArea
          value={resolution.text}
          maxLength={TEXT_MAX}
          autoSize={{ minRows: 3, maxRows: 14 }}
          placeholder={t(`${words}.textHint`)}
          onChange={(event) => onChange({ ...resolution, text: event.target.value })}
        />
      </label>
      <DocumentSelect
        label={t(`${words}.documents`)}
        documents={documents}
        chosen={resolution.documentIds}
        onChange={(documentIds) => onChange({ ...resolution, documentIds })}
      />
    </fieldset>
  );
}
