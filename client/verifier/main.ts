/**
 * The verifier as one page (record.md 12): files in, PASS or FAIL in words out. It runs from a USB stick, asks
 * no network, and is the same code as `npm run verify`.
 */
import './start.ts';
import { toHex } from '../../server/domain/record/base64.ts';
import { BUNDLE_MAX_BYTES } from '../../server/domain/record/bundle/layout.ts';
import { RecordFormatError } from '../../server/domain/record/canonical.ts';
import { parsePolicy } from '../../server/domain/record/notes/policy.ts';
import { certificatesOfPem } from '../../server/domain/record/timestamp/pem.ts';
import type { Words } from '../../server/domain/record/verify/codes.ts';
import type { TrustedInputs } from '../../server/domain/record/verify/context.ts';
import type { StepId } from '../../server/domain/record/verify/report.ts';
import { verifyBundle } from '../../server/domain/record/verify/verify-bundle.ts';
import { stepWords } from '../../server/domain/record/verify/words.ts';
import { pageWords } from './page-words.ts';
import { portableCrypto } from './portable-crypto.ts';
import { both, conclusionView, element, notesView, stepView } from './view.ts';
import './verifier.css';

/** How long the page may stand still between two moments in which it can be scrolled. */
const TURN_MS = 60;

const inputs = ['bundle', 'policy', 'checkpoint', 'receipt', 'authority'] as const;
type InputName = (typeof inputs)[number];

/** What the person gave cannot be used; said beside the button. */
class InputProblem extends Error {
  readonly words: Words;
  constructor(words: Words) {
    super(words.en);
    this.words = words;
  }
}

const root = document.getElementById('verifier') ?? document.body;
const form = element('form', { className: 'files' }, []) as HTMLFormElement;
const button = both('button', pageWords.start, 'primary') as HTMLButtonElement;
const message = element('p', { className: 'message', role: 'alert' }, []);
const progress = element('p', { className: 'progress', role: 'status' }, []);
const results = element('div', { className: 'results' }, []);

function fileField(name: InputName, hint?: Words): HTMLElement {
  const input = element('input', { id: name }, []) as HTMLInputElement;
  input.type = 'file';
  input.name = name;
  if (name === 'bundle') input.accept = '.zip';
  const label = both('label', pageWords[name]) as HTMLLabelElement;
  label.htmlFor = name;
  const parts: Node[] = [label, input];
  if (hint) parts.push(both('p', hint, 'hint'));
  return element('div', { className: 'field' }, parts);
}

function fileOf(name: InputName): File | undefined {
  const input = form.elements.namedItem(name);
  return input instanceof HTMLInputElement ? (input.files?.[0] ?? undefined) : undefined;
}

/** `File.arrayBuffer` is younger than the browsers that this page is for. */
function readBytes(file: File): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(new Uint8Array(reader.result as ArrayBuffer)));
    reader.addEventListener('error', () => reject(new InputProblem(withName(pageWords.fileBad, file))));
    reader.readAsArrayBuffer(file);
  });
}

const withName = ({ zh, en }: Words, { name }: File): Words => ({
  zh: `${name}：${zh}`,
  en: `${name}: ${en}`,
});

async function readText(name: InputName): Promise<{ file: File; text: string } | undefined> {
  const file = fileOf(name);
  if (!file) return undefined;
  const bytes = await readBytes(file);
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    throw new InputProblem(withName(pageWords.fileBad, file));
  }
}

async function readTrusted(): Promise<TrustedInputs> {
  const policy = await readText('policy');
  const checkpoint = await readText('checkpoint');
  const receipt = await readText('receipt');
  const authority = await readText('authority');
  return {
    ...(policy && { policy: readPolicy(policy.file, policy.text) }),
    ...(authority && { timeStampRoots: readRoots(authority.file, authority.text) }),
    ...(checkpoint && { checkpoint: checkpoint.text }),
    ...(receipt && { receipt: receipt.text }),
  };
}

function readRoots(file: File, text: string): readonly Uint8Array[] {
  const roots = certificatesOfPem(text);
  if (roots.length === 0) throw new InputProblem(withName(pageWords.authorityBad, file));
  return roots;
}

function readPolicy(file: File, text: string) {
  try {
    return parsePolicy(portableCrypto.sha256, text);
  } catch (error) {
    if (!(error instanceof RecordFormatError)) throw error;
    throw new InputProblem(withName(pageWords.policyBad, file));
  }
}

/** Lets the browser paint and scroll now and then, and says how far it is. */
function createTurns() {
  let lastMs = performance.now();
  return (step: StepId, done: number, total: number): Promise<void> | undefined => {
    if (performance.now() - lastMs < TURN_MS) return undefined;
    const { title } = stepWords[step];
    const figures = total > done ? ` ${done} / ${total}` : ` ${done}`;
    progress.textContent = `${pageWords.running.zh}：${title.zh}${figures}`;
    return new Promise((resolve) =>
      setTimeout(() => {
        lastMs = performance.now();
        resolve();
      }, 0),
    );
  };
}

async function check(): Promise<void> {
  const file = fileOf('bundle');
  if (!file) throw new InputProblem(pageWords.missing);
  if (file.size > BUNDLE_MAX_BYTES) throw new InputProblem(withName(pageWords.fileBad, file));
  const trusted = await readTrusted();
  const bundle = await readBytes(file);
  const list = element('ol', { className: 'steps' }, []);
  results.appendChild(both('h2', pageWords.steps));
  results.appendChild(list);
  const report = await verifyBundle({
    bundle,
    trusted,
    crypto: portableCrypto,
    onProgress: createTurns(),
    onStep: (step) => void list.appendChild(stepView(step)),
  });
  if (report.notes.length > 0) results.appendChild(notesView(report));
  results.appendChild(particulars(file, bundle));
  results.insertBefore(conclusionView(report), results.firstChild);
}

/** What a printed result is of: the file's name and hash, and when it was checked. */
function particulars(file: File, bundle: Uint8Array): HTMLElement {
  const print = both('button', pageWords.print, 'secondary') as HTMLButtonElement;
  print.type = 'button';
  print.addEventListener('click', () => window.print());
  return element('section', { className: 'particulars' }, [
    element('p', {}, [`${pageWords.file.zh}：${file.name}`]),
    element('p', { className: 'hash' }, [`SHA-256 ${toHex(portableCrypto.sha256(bundle))}`]),
    element('p', {}, [`${pageWords.at.zh}：${new Date().toLocaleString('zh-CN')}`]),
    print,
  ]);
}

async function run(): Promise<void> {
  message.textContent = '';
  results.textContent = '';
  button.disabled = true;
  progress.textContent = `${pageWords.running.zh}…`;
  try {
    await check();
  } catch (error) {
    results.textContent = '';
    const words = error instanceof InputProblem ? error.words : { zh: String(error), en: '' };
    message.appendChild(both('span', words));
  }
  progress.textContent = '';
  button.disabled = false;
}

function build(): void {
  root.textContent = '';
  root.appendChild(
    element('header', {}, [both('h1', pageWords.title), both('p', pageWords.offline, 'offline')]),
  );
  if (typeof BigInt !== 'function') {
    root.appendChild(both('p', pageWords.tooOld, 'message'));
    return;
  }
  const fields = [
    fileField('bundle'),
    fileField('policy', pageWords.policyHint),
    fileField('checkpoint'),
    fileField('receipt'),
    fileField('authority', pageWords.authorityHint),
  ];
  for (const field of fields) form.appendChild(field);
  form.appendChild(button);
  form.appendChild(message);
  form.appendChild(progress);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run();
  });
  root.appendChild(form);
  root.appendChild(results);
}

build();
