import { Input } from 'antd';
import { CONSENT_NO_MIN } from '../../../../server/protocol/vote/requests.ts';
import { useWords } from '../../parts/use-words.ts';

export interface Consent {
  readonly reason: string;
  readonly courtConsentNo: string;
}

export const NO_CONSENT: Consent = { reason: '', courtConsentNo: '' };

export function isComplete({ reason, courtConsentNo }: Consent): boolean {
  return reason.trim() !== '' && courtConsentNo.trim().length >= CONSENT_NO_MIN;
}

export function trimmed({ reason, courtConsentNo }: Consent): Consent {
  return { reason: reason.trim(), courtConsentNo: courtConsentNo.trim() };
}

interface ConsentFieldsProps {
  readonly consent: Consent;
  readonly onChange: (consent: Consent) => void;
}

/** Reason and number of the court's consent; both go into the record. */
export function ConsentFields({ consent, onChange }: ConsentFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <label className="labelled">
        {t('staff.consent.reason')}
        <Input
          value={consent.reason}
          maxLength={500}
          onChange={(event) => onChange({ ...consent, reason: event.target.value })}
        />
      </label>
      <label className="labelled">
        {t('staff.consent.courtConsentNo')}
        <Input
          value={consent.courtConsentNo}
          maxLength={100}
          placeholder={t('staff.consent.courtConsentNoHint')}
          onChange={(event) => onChange({ ...consent, courtConsentNo: event.target.value })}
        />
      </label>
      {isComplete(consent) ? null : (
        <p className="muted">{t('staff.consent.missing', { count: CONSENT_NO_MIN })}</p>
      )}
    </>
  );
}
