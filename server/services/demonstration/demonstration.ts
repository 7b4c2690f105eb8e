/** What is known when the server starts. */
export interface StartConditions {
  readonly mongodbUri: string | null;
  /** A provider that reaches real people is configured. */
  readonly messengerIsReal: boolean;
  readonly publicOrigin: string | null;
  readonly nodeEnv: string;
  /** Address that the server listens on. */
  readonly host: string;
  readonly lan: boolean;
  readonly noDemo: boolean;
  /** The mark that seeding left in the database. */
  readonly databaseHasMark: boolean;
  readonly databaseIsEmpty: boolean;
  /** Cases that are not marked as demonstration. */
  readonly realCasesExist: boolean;
}

export interface DemonstrationDecision {
  /** The demonstration's routes exist. */
  readonly allowed: boolean;
  /** The demonstration case is to be written first. */
  readonly seed: boolean;
  /** Why not, in words for the terminal; null when allowed. */
  readonly reason: string | null;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Whether the demonstration may exist: one-tap sign-in is an open door, so every condition closes it and only
 * the exact known values leave it open. With `--lan` the door needs the secret of the printed address.
 */
export function decideDemonstration(conditions: StartConditions): DemonstrationDecision {
  const reason = findObstacle(conditions);
  if (reason !== null) return { allowed: false, seed: false, reason };
  return { allowed: true, seed: !conditions.databaseHasMark, reason: null };
}

/** The first that applies; refusals in order of weight. */
function findObstacle(conditions: StartConditions): string | null {
  const { nodeEnv, host, lan } = conditions;
  if (conditions.noDemo) return '--no-demo was given';
  if (nodeEnv !== 'development' && nodeEnv !== 'test') return `NODE_ENV is "${nodeEnv}"`;
  if (conditions.mongodbUri !== null) return 'MONGODB_URI is set';
  if (conditions.messengerIsReal) return 'a real message provider is configured';
  if (conditions.publicOrigin !== null) return 'PUBLIC_ORIGIN is set';
  if (!lan && !LOOPBACK.has(host)) return `HOST is ${host}: not the loopback, and --lan was not given`;
  if (conditions.realCasesExist) return 'the database holds real cases';
  if (!conditions.databaseHasMark && !conditions.databaseIsEmpty) {
    return 'the database is in use and was not made by the demonstration';
  }
  return null;
}
