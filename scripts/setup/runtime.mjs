import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { SetupError } from './progress.mjs';

const REQUIRED_MAJOR = 24;
const PARENT_POLL_MS = 500;

/**
 * Flags of Node for the server and for what measures it. By itself V8 lets the heap of a server that has just read
 * a claims table of 50 000 creditors grow to several times what is alive, for about a tenth less of processor time,
 * and that spent on other threads. Young objects get 16 MB: with 8 what is under way with a ballot was copied twice
 * as often, for no less memory in all.
 */
export const SERVER_FLAGS = ['--heap-growing-percent=20', '--max-semi-space-size=16'];

/**
 * Settings of glibc's allocator for the same processes; other C libraries ignore them. By itself every thread keeps
 * a store of its own, and buffers of a megabyte leave holes in the heap: with a roll of 50 000 units frozen that
 * was 60 MB which nobody used.
 */
export const SERVER_MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: String(128 * 1024) };

/**
 * Whether this process is the pinned Node. If it is not, runs the same script again under the one that npm has
 * installed, hands its signals on, and ends with its exit code.
 *
 * @param {string} script
 * @returns {boolean} false when the other process does the work
 */
export function runsOnPinnedNode(script) {
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) return true;
  const node = pinnedNode();
  const child = spawn(node, [script, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  superviseChild(child);
  return false;
}

/** The pinned Node's path; the running one where it is new enough and npm has no binary for the platform. */
export function pinnedNode() {
  const path = inRoot('node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(path)) return path;
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) return process.execPath;
  throw new SetupError(`Node ${REQUIRED_MAJOR} is needed; npm carries it for Linux on x64 and arm64 only.`);
}

/**
 * Ends with the child, and passes on the wish to end. The terminal sends Ctrl-C to every process of its group,
 * so the child usually has it already; a second one does no harm because the child shuts down only once.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function superviseChild(child) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill('SIGTERM'));
  }
  onParentGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === 'SIGKILL')
      console.error('The server was killed. Start it again: what was recorded is kept.');
    process.exitCode = code ?? (signal ? 1 : 0);
    // Nothing else is left to do; an IPC channel or a signal handler must not keep the process.
    process.exit();
  });
}

/**
 * A parent that was killed cannot pass anything on. One of our own closes its channel; npm's shell is noticed by
 * the process that takes its place. Without npm nobody is expected to stay: the command may have been started
 * to outlive its terminal.
 *
 * @param {() => void} end
 */
function onParentGone(end) {
  if (process.send) process.on('disconnect', end);
  else if (process.env['npm_lifecycle_event']) {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      end();
    }, PARENT_POLL_MS);
  }
}
