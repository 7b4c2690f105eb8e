import type { CaseSettings } from '../../../../server/protocol/case-settings.ts';

/** What every group of fields of the settings page is given. */
export interface SettingsFields {
  readonly caseId: string;
  readonly settings: CaseSettings;
  readonly isReadOnly: boolean;
  /** Places that kept the settings from being saved, spelt as the server spells them. */
  readonly wrong: ReadonlySet<string>;
  readonly onChange: (settings: CaseSettings) => void;
}

/** The state of an antd input at a place of the settings. */
export function statusAt(wrong: ReadonlySet<string>, place: string): 'error' | '' {
  return wrong.has(`body/settings/${place}`) ? 'error' : '';
}
