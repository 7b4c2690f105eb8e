import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import type { CaseDocumentView } from '../../../server/protocol/rest/case-routes.ts';
import { useWords } from '../parts/use-words.ts';
import { DocumentSelect } from './DocumentSelect.tsx';
import { agendaKinds, newItem, typesOf, withKind, withObjections, type DraftItem } from './draft.ts';
import { ResolutionEditor } from './ResolutionEditor.tsx';

interface AgendaEditorProps {
  readonly caseId: string;
  readonly items: readonly DraftItem[];
  readonly documents: readonly CaseDocumentView[];
  readonly onChange: (items: readonly DraftItem[]) => void;
}

function moved(items: readonly DraftItem[], index: number, by: 1 | -1): readonly DraftItem[] {
  const item = items[index];
  const other = items[index + by];
  return item === undefined || other === undefined ? items : items.with(index, other).with(index + by, item);
}

/** The agenda in its order: titles, kinds, documents; a vote carries its resolution. */
export function AgendaEditor({ caseId, items, documents, onChange }: AgendaEditorProps) {
  const { t } = useWords();
  return (
    <section aria-labelledby="agenda-heading">
      <h2 id="agenda-heading">{t('staff.prepare.agenda')}</h2>
      <ol className="agenda-editor">
        {items.map((item, index) => (
          <li key={item.key}>
            <ItemEditor
              caseId={caseId}
              item={item}
              position={index + 1}
              documents={documents}
              onChange={(next) => onChange(items.with(index, next))}
              moves={
                <ItemMoves
                  position={index + 1}
                  count={items.length}
                  onMove={(by) => onChange(moved(items, index, by))}
                  onRemove={() => onChange(items.toSpliced(index, 1))}
                />
              }
            />
          </li>
        ))}
      </ol>
      <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => onChange([...items, newItem()])}>
        {t('staff.prepare.addItem')}
      </Button>
    </section>
  );
}

interface ItemMovesProps {
  readonly position: number;
  readonly count: number;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

function ItemMoves({ position, count, onMove, onRemove }: ItemMovesProps) {
  const { t } = useWords();
  return (
    <span className="item-moves">
      <Button
        size="small"
        disabled={position === 1}
        icon={<ArrowUpOutlined aria-hidden="true" />}
        aria-label={t('staff.prepare.moveUp', { position })}
        onClick={() => onMove(-1)}
      />
      <Button
        size="small"
        disabled={position === count}
        icon={<ArrowDownOutlined aria-hidden="true" />}
        aria-label={t('staff.prepare.moveDown', { position })}
        onClick={() => onMove(1)}
      />
      <Button
        size="small"
        icon={<DeleteOutlined aria-hidden="true" />}
        aria-label={t('staff.prepare.remove', { position })}
        onClick={onRemove}
      />
    </span>
  );
}

interface ItemEditorProps {
  readonly caseId: string;
  readonly item: DraftItem;
  readonly position: number;
  readonly documents: readonly CaseDocumentView[];
  readonly moves: React.ReactNode;
  readonly onChange: (item: DraftItem) => void;
}

function ItemEditor({ caseId, item, position, documents, moves, onChange }: ItemEditorProps) {
  const { t } = useWords();
  const verificationWords = {
    title: t('staff.prepare.verificationTitle'),
    text: t('staff.prepare.verificationText'),
  };
  return (
    <>
      <div className="agenda-line">
        <span className="num agenda-position">{position}</span>
        <Input
          value={item.title}
          maxLength={100}
          aria-label={t('staff.prepare.itemTitle', { position })}
          placeholder={t('staff.prepare.itemTitleHint')}
          onChange={(event) => onChange({ ...item, title: event.target.value })}
        />
        <Select
          className="agenda-kind"
          aria-label={t('staff.prepare.itemKind', { position })}
          value={item.kind}
          options={agendaKinds.map((value) => ({ value, label: t(`staff.agendaKind.${value}`) }))}
          onChange={(kind) => onChange(withKind(item, kind))}
        />
        {moves}
      </div>
      <div className="agenda-more">
        {item.kind === 'verification' ? (
          <Checkbox
            checked={item.resolution !== null}
            onChange={({ target: { checked } }) =>
              onChange(withObjections(item, checked ? verificationWords : undefined))
            }
          >
            {t('staff.prepare.openForObjections')}
          </Checkbox>
        ) : null}
        {item.resolution === null ? (
          <DocumentSelect
            label={t('staff.prepare.itemDocuments', { position })}
            documents={documents}
            chosen={item.documentIds}
            onChange={(documentIds) => onChange({ ...item, documentIds })}
          />
        ) : (
          <ResolutionEditor
            caseId={caseId}
            resolution={item.resolution}
            types={typesOf(item.kind)}
            documents={documents}
            onChange={(resolution) => onChange({ ...item, resolution })}
          />
        )}
      </div>
    </>
  );
}
