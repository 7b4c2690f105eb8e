import { InputNumber, Radio } from 'antd';
import type { CaseSettings } from '../../../../server/protocol/case-settings.ts';
import { yuanWithUnit } from '../../../format/money.ts';
import { useWords } from '../../parts/use-words.ts';
import type { SettingsFields } from './fields.ts';

const FEN_PER_YUAN = 100;
/** The largest sum that a number input carries to the fen; a group of small claims is far below it. */
const SMALL_CLAIMS_MAX_YUAN = 100_000_000;

type ChoiceName =
  | 'attendanceBasis'
  | 'amountBase'
  | 'employeeMode'
  | 'subordinatedVotes'
  | 'allowChange'
  | 'carryOver'
  | 'investorBase';

/** Values in the order in which they are offered. */
const CHOICES: { readonly [N in ChoiceName]: readonly CaseSettings[N][] } = {
  attendanceBasis: ['SIGN_IN_OR_VOTED', 'SIGN_IN', 'VOTED'],
  amountBase: ['UNSECURED', 'ALL_VOTING'],
  employeeMode: ['NONE', 'COLLECTIVE_ONE', 'INDIVIDUAL'],
  subordinatedVotes: [false, true],
  allowChange: [false, true],
  carryOver: [false, true],
  investorBase: ['participating', 'groupTotal'],
};

type ChoiceFieldsProps = SettingsFields & { readonly defaults: CaseSettings };

export function ChoiceFields(props: ChoiceFieldsProps) {
  return (
    <>
      {(Object.keys(CHOICES) as ChoiceName[]).map((name) => (
        <Choice key={name} name={name} {...props} />
      ))}
      <SmallClaims {...props} />
    </>
  );
}

function Choice({
  name,
  settings,
  defaults,
  isReadOnly,
  onChange,
}: ChoiceFieldsProps & { readonly name: ChoiceName }) {
  const { t } = useWords();
  return (
    <fieldset className="setting-field">
      <legend>{t(`setting.${name}.label`)}</legend>
      <Radio.Group
        disabled={isReadOnly}
        value={settings[name]}
        options={CHOICES[name].map((value) => ({
          value,
          label: `${t(`setting.${name}.${String(value)}`)}${
            value === defaults[name] ? t('staff.settings.default') : ''
          }`,
        }))}
        onChange={(event) => onChange({ ...settings, [name]: event.target.value as unknown })}
      />
    </fieldset>
  );
}

/** 小额债权组 (art. 82(2)): ordinary claims up to a sum; null means that there is none by amount. */
function SmallClaims({ settings, isReadOnly, onChange }: ChoiceFieldsProps) {
  const { t, language } = useWords();
  const { smallClaimsMaxFen } = settings;
  return (
    <fieldset className="setting-field">
      <legend>{t('setting.smallClaimsMaxFen.label')}</legend>
      <InputNumber
        className="setting-amount"
        disabled={isReadOnly}
        min={0.01}
        max={SMALL_CLAIMS_MAX_YUAN}
        precision={2}
        suffix={t('staff.settings.yuan')}
        placeholder={t('setting.smallClaimsMaxFen.NONE')}
        aria-label={t('setting.smallClaimsMaxFen.label')}
        value={smallClaimsMaxFen === null ? null : Number(smallClaimsMaxFen) / FEN_PER_YUAN}
        onChange={(yuan) =>
          onChange({
            ...settings,
            smallClaimsMaxFen: yuan === null ? null : String(Math.round(yuan * FEN_PER_YUAN)),
          })
        }
      />
      <span className="muted">
        {smallClaimsMaxFen === null
          ? t('setting.smallClaimsMaxFen.NONE')
          : t('setting.smallClaimsMaxFen.upTo', { amount: yuanWithUnit(smallClaimsMaxFen, language) })}
      </span>
    </fieldset>
  );
}
