/** What the server is put together with. */
import type { Config } from '../config.ts';
import type { Installation } from '../storage/installation.ts';
import type { Clock } from '../services/clock.ts';

export interface ComposeOptions {
  readonly config: Config;
  readonly installation: Installation;
  readonly databaseUri: string;
  /** Certificate of `--lan`. */
  readonly tls: { readonly key: string; readonly cert: string } | null;
  /** Secret of the printed address with `--lan`. */
  readonly demonstrationSecret: string | null;
  /** Another time than the system's, for tests of deadlines. */
  readonly clock?: Clock;
}
