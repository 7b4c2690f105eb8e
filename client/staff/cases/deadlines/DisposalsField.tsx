import { Button, Form, Input } from 'antd';
import { useWords } from '../../parts/use-words.ts';

export interface DraftedDisposal {
  readonly what: string;
  readonly plannedOn: string;
  readonly reportedOn?: string;
}

const WHAT_MAX = 100;
const DISPOSALS_MAX = 50;

/** Disposals of major property, each with its day and the day of the report (司法解释三 art. 15). */
export function DisposalsField() {
  const { t } = useWords();
  const required = [{ required: true, message: t('staff.common.required') }];
  return (
    <fieldset className="disposals">
      <legend>{t('staff.deadlines.dates.disposals')}</legend>
      <p className="muted">{t('staff.deadlines.dates.disposalsHint')}</p>
      <Form.List name="disposals">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="disposal">
                <Form.Item
                  name={[name, 'what']}
                  label={t('staff.deadlines.dates.what')}
                  rules={[{ required: true, min: 2, message: t('staff.common.required') }]}
                >
                  <Input maxLength={WHAT_MAX} />
                </Form.Item>
                <Form.Item
                  name={[name, 'plannedOn']}
                  label={t('staff.deadlines.dates.plannedOn')}
                  rules={required}
                >
                  <Input type="date" />
                </Form.Item>
                <Form.Item name={[name, 'reportedOn']} label={t('staff.deadlines.dates.reportedOn')}>
                  <Input type="date" />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t('staff.deadlines.dates.removeDisposal')}</Button>
              </div>
            ))}
            <Button disabled={fields.length >= DISPOSALS_MAX} onClick={() => add()}>
              {t('staff.deadlines.dates.addDisposal')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
