import { Select } from 'antd';
import type { CaseDocumentView } from '../../../server/protocol/rest/case-routes.ts';
import { useWords } from '../parts/use-words.ts';

interface DocumentSelectProps {
  readonly label: string;
  readonly documents: readonly CaseDocumentView[];
  readonly chosen: readonly string[];
  readonly onChange: (documentIds: string[]) => void;
}

/** Documents of the case to go with an item or a resolution. */
export function DocumentSelect({ label, documents, chosen, onChange }: DocumentSelectProps) {
  const { t } = useWords();
  return (
    <Select
      mode="multiple"
      className="full-width"
      aria-label={label}
      placeholder={t('staff.prepare.noDocuments')}
      value={[...chosen]}
      maxCount={20}
      options={documents.map(({ documentId, title }) => ({ value: documentId, label: title }))}
      showSearch={{ optionFilterProp: 'label' }}
      notFoundContent={t('staff.prepare.uploadFirst')}
      onChange={onChange}
    />
  );
}
