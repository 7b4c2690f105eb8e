import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaSource } from '../../../server/protocol/media.ts';
import { errorText, toAppError } from '../../api/app-error.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { codeOf } from '../../media/types.ts';
import { findMediaClient, useMedia } from '../../state/media.ts';
import { useMeeting } from '../use-meeting.ts';

const SOURCES = ['microphone', 'camera'] as const satisfies readonly MediaSource[];

/** For those whose office lets them speak without the floor, such as the chair (会议主席). */
export function StageControls() {
  const { t } = useTranslation();
  const { personal } = useMeeting();
  const local = useMedia((store) => store.local);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const sources = SOURCES.filter((source) => personal.maySend.includes(source));
  if (personal.floor !== 'none' || sources.length === 0) return null;
  const toggle = async (source: MediaSource): Promise<void> => {
    setFailure(undefined);
    try {
      const client = findMediaClient();
      if (local[source] === undefined) await client?.startProducing(source);
      else await client?.stopProducing(source);
    } catch (thrown) {
      const code = codeOf(thrown) ?? '';
      const isDevice = code.startsWith('DEVICE_');
      setFailure(isDevice ? t(`device.${source}.${code}`) : errorText(toAppError(thrown), t));
    }
  };
  return (
    <section className="card" aria-label={t('stageControls.title')}>
      {sources.map((source) => (
        <Button key={source} onClick={() => void toggle(source)}>
          {t(`stageControls.${source}.${local[source] === undefined ? 'on' : 'off'}`)}
        </Button>
      ))}
      {failure !== undefined && (
        <Notice kind="error" role="alert">
          {failure}
        </Notice>
      )}
    </section>
  );
}
