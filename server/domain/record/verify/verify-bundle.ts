/**
 * Verifies an evidence bundle offline, step by step (record.md 12). The same code runs in the command and in
 * the page; it reads nothing but what it is given.
 */
import { BundleError } from '../bundle/bundle-error.ts';
import { entriesOf, type MeetingHistory } from '../history/meeting-history.ts';
import type { Pause, StepResult, StepRun, TrustedInputs, VerifierCrypto, VerifyContext } from './context.ts';
import { STEP_IDS, type Note, type NoteId, type Report, type StepId, type StepReport } from './report.ts';
import { checkBallots } from './steps/ballots.ts';
import { checkCheckpoints } from './outside/checkpoints.ts';
import { checkContinuation } from './outside/continuation.ts';
import { openContainer } from './steps/container.ts';
import { checkDocuments } from './steps/documents.ts';
import { checkEntries } from './steps/entries.ts';
import { checkKeys } from './steps/keys.ts';
import { checkMinutes } from './steps/minutes.ts';
import { checkPrivates } from './steps/privates.ts';
import { checkReceipt } from './outside/receipt.ts';
import { checkRolls } from './steps/rolls.ts';
import { checkRoot } from './steps/root.ts';
import { checkTimeStamps } from './outside/time-stamps.ts';
import { checkSignatures } from './outside/signatures.ts';
import { checkTally } from './steps/tally.ts';
import { checkVerdict } from './steps/verdict.ts';
import { checkVotes } from './steps/votes.ts';

export interface VerifyOptions {
  readonly bundle: Uint8Array;
  readonly trusted: TrustedInputs;
  readonly crypto: VerifierCrypto;
  /** Called often; what it returns is waited for. */
  readonly onProgress?: (step: StepId, done: number, total: number) => Promise<void> | undefined;
  /** Called with each step's report as it is made. */
  readonly onStep?: (report: StepReport) => void;
}

const steps: Readonly<Record<Exclude<StepId, 'container'>, StepRun>> = {
  entries: checkEntries,
  root: checkRoot,
  signatures: checkSignatures,
  checkpoints: checkCheckpoints,
  timeStamps: checkTimeStamps,
  continuation: checkContinuation,
  rolls: checkRolls,
  documents: checkDocuments,
  keys: checkKeys,
  votes: checkVotes,
  ballots: checkBallots,
  tally: checkTally,
  verdict: checkVerdict,
  minutes: checkMinutes,
  privates: checkPrivates,
  receipt: checkReceipt,
};

/** Steps that read rows of rolls, and so are not made when those cannot be read. */
const NEEDS_ROLLS: ReadonlySet<StepId> = new Set([
  'votes',
  'ballots',
  'tally',
  'verdict',
  'privates',
  'receipt',
]);
/** With what in a roll its rows cannot be counted. */
const UNREADABLE = new Set(['ROLL_CHUNK_MISSING', 'ROLL_ROW', 'ROLL_UNIT_TWICE']);

/** Never throws for what stands in the bundle: that is a finding. */
export async function verifyBundle(options: VerifyOptions): Promise<Report> {
  const { trusted, crypto, onProgress, onStep } = options;
  const reports: StepReport[] = [];
  const notes: Note[] = [];
  let current: StepId = 'container';
  const pause: Pause = (done, total) => onProgress?.(current, done, total);
  let context: VerifyContext | undefined;

  async function take(id: StepId, run: () => Promise<StepResult | undefined>): Promise<void> {
    current = id;
    const made = await runStep(id, run);
    reports.push(made);
    onStep?.(made);
  }

  await take('container', async () => {
    const { archive, result } = await openContainer(options.bundle, pause);
    context = { archive, trusted, crypto, pause, weakKeys: new Set(), tallies: new Map(), notes };
    return result;
  });
  for (const id of STEP_IDS) {
    if (id === 'container') continue;
    const ready = context && isReady(id, context, reports) ? context : undefined;
    await take(id, async () => ready && steps[id](ready));
  }
  if (context?.record) addNotes(context.record.history, notes);
  return { ...concludeFrom(reports, context), steps: reports, notes };
}

/** Whether the steps before have left what this one is made from. */
function isReady(id: StepId, context: VerifyContext, reports: readonly StepReport[]): boolean {
  if (id === 'entries') return true;
  if (!context.record) return false;
  if (!NEEDS_ROLLS.has(id)) return true;
  const rolls = reports.find((report) => report.id === 'rolls');
  return rolls !== undefined && !rolls.findings.some(({ code }) => UNREADABLE.has(code));
}

async function runStep(id: StepId, run: () => Promise<StepResult | undefined>): Promise<StepReport> {
  try {
    const result = await run();
    if (!result) return { id, status: 'NOT_CHECKED', findings: [], count: 0, facts: {} };
    const { kept, count } = result.findings;
    return { id, status: count === 0 ? 'PASS' : 'FAIL', findings: kept, count, facts: result.facts };
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    const { code, at } = error;
    return { id, status: 'FAIL', findings: [{ code, at }], count: 1, facts: {} };
  }
}

/** Without a policy from outside nothing says that this is the record, however well it fits itself. */
function concludeFrom(
  reports: readonly StepReport[],
  context: VerifyContext | undefined,
): Pick<Report, 'conclusion' | 'isWitnessed'> {
  const hasFailed = reports.some(({ status }) => status === 'FAIL');
  const isTrusted = context?.trusted.policy !== undefined;
  if (hasFailed) return { conclusion: 'FAILED', isWitnessed: false };
  return {
    conclusion: isTrusted ? 'VERIFIED' : 'SELF_CONSISTENT_ONLY',
    isWitnessed: context?.isWitnessed ?? false,
  };
}

/** Causes of a close before the deadline. */
const BY_CONSENT: ReadonlySet<string> = new Set(['COURT_CONSENT', 'ABORTED']);

/** What stands openly in the record and that a reader has to judge: counted, not hidden among the rest. */
function addNotes(history: MeetingHistory, notes: Note[]): void {
  const count = (id: NoteId, found: number) => {
    if (found > 0) notes.push({ id, count: String(found) });
  };
  count('continued', history.convened?.body.continues ? 1 : 0);
  count('lateEvidence', entriesOf(history, 'evidence').length);
  const presence = entriesOf(history, 'presence');
  const closes = entriesOf(history, 'ballot.close');
  count(
    'staffSignIns',
    presence.filter(({ body }) => body.event === 'sign-in' && body.enteredBy !== undefined).length,
  );
  count('credentialResets', entriesOf(history, 'credential.reset').length);
  count('incidents', entriesOf(history, 'incident').length);
  count('interruptions', entriesOf(history, 'ballot.interrupt').length);
  count('earlyClosings', closes.filter(({ body }) => BY_CONSENT.has(body.cause)).length);
  count(
    'rollCorrections',
    entriesOf(history, 'roll.freeze').filter(({ body }) => body.version !== '0').length,
  );
  count('corrections', entriesOf(history, 'correction').length);
}
