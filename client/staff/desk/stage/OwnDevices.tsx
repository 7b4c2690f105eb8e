import { AudioMutedOutlined, AudioOutlined, DesktopOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { MediaSource } from '../../../../server/protocol/media.ts';
import { errorText, toAppError } from '../../../api/app-error.ts';
import { codeOf } from '../../../media/types.ts';
import { findMediaClient, useMedia } from '../../../state/media.ts';
import { useRoom } from '../../../state/room.ts';
import { useWords } from '../../parts/use-words.ts';
import { OwnPicture, type PictureSource } from './OwnPicture.tsx';

const SOURCES = ['camera', 'microphone', 'screen'] as const satisfies readonly MediaSource[];

const ICONS: Record<MediaSource, ReactNode> = {
  camera: <VideoCameraOutlined aria-hidden="true" />,
  microphone: <AudioOutlined aria-hidden="true" />,
  screen: <DesktopOutlined aria-hidden="true" />,
};

/** Why a device cannot be had, in words; other refusals by their code. */
function useFailureText(): (source: MediaSource, thrown: unknown) => string {
  const { t } = useWords();
  return (source, thrown) => {
    const code = codeOf(thrown) ?? '';
    return code.startsWith('DEVICE_')
      ? t(`staff.device.${code}`, { source: t(`staff.stage.source.${source}`) })
      : errorText(toAppError(thrown), t);
  };
}

interface OwnDevicesProps {
  /** The own picture that the stage shows already. */
  readonly onStage: PictureSource | undefined;
}

/** Camera, microphone and screen of this desk, each a switch that names what it does. */
export function OwnDevices({ onStage }: OwnDevicesProps) {
  const { t } = useWords();
  const maySend = useRoom((store) => store.personal?.maySend);
  const connection = useMedia((store) => store.connection);
  const local = useMedia((store) => store.local);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const failureText = useFailureText();
  const sources = SOURCES.filter((source) => maySend?.includes(source) === true);
  if (sources.length === 0) return null;
  const toggle = async (source: MediaSource) => {
    setFailure(undefined);
    try {
      const client = findMediaClient();
      const status = local[source]?.status;
      if (status === undefined) await client?.startProducing(source);
      else if (status === 'paused' || status === 'interrupted') await client?.resumeProducing(source);
      else await client?.stopProducing(source);
    } catch (thrown) {
      setFailure(failureText(source, thrown));
    }
  };
  const labelOf = (source: MediaSource) => {
    const status = local[source]?.status;
    const verb =
      status === undefined ? 'on' : status === 'paused' || status === 'interrupted' ? 'again' : 'off';
    return t(`staff.stage.${verb}.${source}`);
  };
  return (
    <div className="own-devices" role="group" aria-label={t('staff.stage.devices')}>
      {sources.map((source) => (
        <Button
          key={source}
          icon={
            source === 'microphone' && local.microphone === undefined ? (
              <AudioMutedOutlined aria-hidden="true" />
            ) : (
              ICONS[source]
            )
          }
          disabled={connection !== 'connected' || local[source]?.status === 'starting'}
          aria-pressed={local[source] !== undefined}
          onClick={() => void toggle(source)}
        >
          {labelOf(source)}
        </Button>
      ))}
      {onStage === 'camera' ? null : <OwnPicture source="camera" />}
      {onStage === 'screen' ? null : <OwnPicture source="screen" />}
      {failure === undefined ? null : (
        <p role="alert" className="own-devices-failure">
          {failure}
        </p>
      )}
    </div>
  );
}
