import { Form, Radio, Select } from 'antd';
import { ResolutionTypeId } from '../../../../server/protocol/resolution-types.ts';
import type { ItemScope } from '../../../../server/protocol/rest/proxy-routes.ts';
import { useWords } from '../../parts/use-words.ts';
import { useCaseResolutions } from './use-scope-words.ts';

const KINDS = ['all', 'resolutions', 'types'] as const satisfies readonly ItemScope['kind'][];

export interface ScopeValues {
  readonly scopeKind: ItemScope['kind'];
  readonly resolutionIds?: string[];
  readonly types?: ResolutionTypeId[];
}

export function toScope({ scopeKind, resolutionIds = [], types = [] }: ScopeValues): ItemScope {
  if (scopeKind === 'resolutions') return { kind: 'resolutions', resolutionIds };
  return scopeKind === 'types' ? { kind: 'types', types } : { kind: 'all' };
}

const TYPE_IDS = ResolutionTypeId.anyOf.map((literal) => literal.const);

/** Items that the document names; the fields of a form. */
export function ScopeFields({ caseId }: { readonly caseId: string }) {
  const { t } = useWords();
  const resolutions = useCaseResolutions(caseId);
  const kind = Form.useWatch<ItemScope['kind'] | undefined>('scopeKind') ?? 'all';
  const required = { required: true, message: t('staff.common.required') };
  return (
    <>
      <Form.Item name="scopeKind" label={t('staff.proxy.scope')}>
        <Radio.Group options={KINDS.map((value) => ({ value, label: t(`staff.proxyScopeKind.${value}`) }))} />
      </Form.Item>
      {kind === 'resolutions' ? (
        <Form.Item name="resolutionIds" rules={[required]}>
          <Select
            mode="multiple"
            aria-label={t('staff.proxyScopeKind.resolutions')}
            loading={resolutions === undefined}
            notFoundContent={t('staff.proxy.noResolutions')}
            showSearch={{ optionFilterProp: 'label' }}
            options={(resolutions ?? []).map(({ resolutionId, title, meetingTitle }) => ({
              value: resolutionId,
              label: `${title}（${meetingTitle}）`,
            }))}
          />
        </Form.Item>
      ) : null}
      {kind === 'types' ? (
        <Form.Item name="types" rules={[required]}>
          <Select
            mode="multiple"
            aria-label={t('staff.proxyScopeKind.types')}
            showSearch={{ optionFilterProp: 'label' }}
            options={TYPE_IDS.map((value) => ({ value, label: t(`staff.resolutionType.${value}`) }))}
          />
        </Form.Item>
      ) : null}
    </>
  );
}
