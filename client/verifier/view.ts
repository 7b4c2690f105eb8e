/** Builds the page's parts. Text only ever becomes text: nothing of a bundle is read as markup. */
import { codes, type Words } from '../../server/domain/record/verify/codes.ts';
import type { Report, StepReport } from '../../server/domain/record/verify/report.ts';
import {
  conclusionOf,
  filled,
  noteWords,
  notWitnessedWords,
  sentenceOf,
  statusWords,
  stepWords,
} from '../../server/domain/record/verify/words.ts';
import { pageWords } from './page-words.ts';

interface Attributes {
  readonly className?: string;
  readonly role?: string;
  readonly id?: string;
}

export function element(
  tag: string,
  { className, role, id }: Attributes,
  children: readonly (Node | string)[],
): HTMLElement {
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (role !== undefined) made.setAttribute('role', role);
  if (id !== undefined) made.id = id;
  for (const child of children)
    made.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  return made;
}

/** Chinese, and the same in English below, smaller. */
export function both(tag: string, { zh, en }: Words, className = ''): HTMLElement {
  const english = element('span', { className: 'en' }, [en]);
  english.lang = 'en';
  return element(tag, { className }, [zh, english]);
}

/** A shape beside the word: status is never colour alone. */
const SHAPES = { PASS: '✓', FAIL: '✕', NOT_CHECKED: '–' } as const;

export function stepView(step: StepReport): HTMLElement {
  const status = statusWords[step.status];
  const mark = element('span', { className: `mark ${step.status.toLowerCase()}` }, [
    element('span', { className: 'shape' }, [SHAPES[step.status]]),
    status.zh,
    element('span', { className: 'en' }, [status.en]),
  ]);
  const sentence = sentenceOf(step);
  const body = element('div', { className: 'body' }, [both('h3', stepWords[step.id].title)]);
  if (sentence.zh !== '') body.appendChild(both('p', sentence));
  for (const { code, at } of step.findings) body.appendChild(findingView(code, at));
  const more = step.count - step.findings.length;
  if (more > 0) {
    const { zh, en } = pageWords.more;
    body.appendChild(both('p', { zh: `${zh} ${more} 处`, en: `${en} ${more} more` }));
  }
  return element('li', { className: 'step' }, [mark, body]);
}

function findingView(code: keyof typeof codes, at: string): HTMLElement {
  const place = at === '' ? '' : ` [${at}]`;
  return element('p', { className: 'finding' }, [
    element('code', {}, [code + place]),
    ' ',
    codes[code].zh,
    element('span', { className: 'en' }, [codes[code].en]),
  ]);
}

export function conclusionView(report: Report): HTMLElement {
  const className = `conclusion ${report.conclusion.toLowerCase().replace(/_/g, '-')}`;
  const shape = { VERIFIED: '✓', FAILED: '✕', SELF_CONSISTENT_ONLY: '!' }[report.conclusion];
  const words = both('p', conclusionOf(report), 'verdict');
  const box = element('section', { className, role: 'status', id: 'conclusion' }, [
    element('span', { className: 'shape' }, [shape]),
    words,
  ]);
  if (!report.isWitnessed) box.appendChild(both('p', notWitnessedWords, 'unwitnessed'));
  return box;
}

export function notesView({ notes }: Report): HTMLElement {
  const items = notes.map(({ id, count }) => {
    const { zh, en } = noteWords[id];
    return both('li', { zh: filled(zh, { count }), en: filled(en, { count }) });
  });
  return element('section', { className: 'notes' }, [both('h2', pageWords.judge), element('ul', {}, items)]);
}
