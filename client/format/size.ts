const BYTES_PER_KB = 1024;
const BYTES_PER_MB = BYTES_PER_KB * BYTES_PER_KB;

/** `1.4 MB`, `32 kB`; never zero. */
export function fileSize(sizeBytes: number): string {
  return sizeBytes >= BYTES_PER_MB
    ? `${(sizeBytes / BYTES_PER_MB).toFixed(1)} MB`
    : `${Math.max(1, Math.round(sizeBytes / BYTES_PER_KB))} kB`;
}

/** For limits, which are whole megabytes. */
export const megabytesOf = (sizeBytes: number): number => sizeBytes / BYTES_PER_MB;
