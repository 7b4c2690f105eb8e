import { Input, Select } from 'antd';
import type { EnteredChannel } from '../../../server/protocol/rest/entered-ballot-routes.ts';
import { useWords } from '../parts/use-words.ts';

const CHANNELS: readonly EnteredChannel[] = ['paper', 'mail', 'sms', 'email', 'on-site'];

export interface Received {
  readonly channel: EnteredChannel;
  /** Wall time in China as the field holds it. */
  readonly wallTime: string;
}

interface ReceivedFieldsProps {
  readonly received: Received;
  readonly onChange: (received: Received) => void;
}

/** How and when it reached the administrator. The time is written down and decides nothing. */
export function ReceivedFields({ received, onChange }: ReceivedFieldsProps) {
  const { t } = useWords();
  return (
    <div className="field-pair">
      <label className="labelled">
        {t('staff.papers.channel')}
        <Select<EnteredChannel>
          aria-label={t('staff.papers.channel')}
          value={received.channel}
          options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChange={(channel) => onChange({ ...received, channel })}
        />
      </label>
      <label className="labelled">
        {t('staff.papers.receivedAt')}
        <Input
          type="datetime-local"
          value={received.wallTime}
          onChange={(event) => onChange({ ...received, wallTime: event.target.value })}
        />
        <small className="muted">{t('staff.papers.receivedAtHint')}</small>
      </label>
    </div>
  );
}
