/** The media plane from its configuration, and what the metrics tell of rooms, sockets and media. */
import { createMediaPlane, type MediaPlaneOptions } from '../../media/plane.ts';
import type { MediaConfig } from '../config.ts';
import type { ServerFigures } from '../http/built-in/metrics.ts';
import type { createRealtime } from '../realtime/realtime.ts';
import type { Rooms } from '../services/conduct/rooms.ts';
import type { MediaPlane } from '../services/ports/media-port.ts';

export function openMediaPlane(media: MediaConfig, log: MediaPlaneOptions['log']): Promise<MediaPlane> {
  return createMediaPlane({
    ...(media.workerBin !== null && { workerBin: media.workerBin }),
    numWorkers: media.workers,
    listenIp: media.listenIp,
    ...(media.announcedAddress !== null && { announcedAddress: media.announcedAddress }),
    ...(media.portBase > 0 && { portBase: media.portBase }),
    log,
  });
}

interface Measured {
  readonly realtime: Pick<ReturnType<typeof createRealtime>, 'connections'>;
  readonly plane: MediaPlane;
}

export function readFigures({ realtime, plane }: Measured, rooms: Rooms): ServerFigures {
  const media = plane.status();
  return {
    sockets: realtime.connections(),
    openMeetings: rooms.openRooms().length,
    mediaWorkersAlive: media.workersAlive,
    mediaWorkerDeaths: media.workerDeaths,
    mediaProducers: media.producers,
    mediaConsumers: media.consumers,
  };
}
