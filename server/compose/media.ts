import { createMediaPlane } from '../../media/plane.ts';
import type { Config } from '../config.ts';
import type { createLogger } from '../http/logger.ts';

/** Sound and picture, as configured. */
export function openMediaPlane({ media }: Config, log: ReturnType<typeof createLogger>) {
  return createMediaPlane({
    ...(media.workerBin !== null && { workerBin: media.workerBin }),
    numWorkers: media.workers,
    listenIp: media.listenIp,
    ...(media.announcedAddress !== null && { announcedAddress: media.announcedAddress }),
    ...(media.portBase > 0 && { portBase: media.portBase }),
    log,
  });
}
