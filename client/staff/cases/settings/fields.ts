import type { CaseSettings } from '../../../../server/protocol/case-settings.ts';

/** What every group of fields of the settings page is given. */
export interface SettingsFields {
  readonly caseId: string;
  readonly settings: CaseSettings;
  readonly isReadOnly: boolean;
  readonly onChange: (settings: CaseSettings) => void;
}
