import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { countLines, listCode, measureFunctions } from '../support/code-sizes.ts';

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;
const COMPONENT_LINES_MAX = 150;
const FOLDER_FILES_MAX = 15;

/** The product's code; a test's `describe` is as long as what it describes. */
const PRODUCT = ['server', 'media', 'client', 'scripts'].flatMap(listCode);
const ALL = [...PRODUCT, ...listCode('tests')];

type Sizes = Record<string, number>;

/**
 * What was over a limit when the limit came. It only ever gets shorter: a new excess fails, a recorded one that
 * has grown fails, and so does an entry that is no longer needed.
 */
const exceptions = JSON.parse(readFileSync(new URL('style-exceptions.json', import.meta.url), 'utf8')) as {
  readonly files: Sizes;
  readonly functions: Sizes;
  readonly folders: Sizes;
};

function filesOverLimit(): Sizes {
  const sizes = ALL.map((file) => [file, countLines(file)] as const);
  return Object.fromEntries(sizes.filter(([, lines]) => lines > FILE_LINES_MAX));
}

function functionsOverLimit(): Sizes {
  const tooLong = PRODUCT.flatMap(measureFunctions).filter(
    ({ lines, isComponent }) => lines > (isComponent ? COMPONENT_LINES_MAX : FUNCTION_LINES_MAX),
  );
  return Object.fromEntries(tooLong.map(({ file, name, lines }) => [`${file} ${name}`, lines]));
}

function foldersOverLimit(): Sizes {
  const counts: Sizes = {};
  for (const file of PRODUCT) counts[dirname(file)] = (counts[dirname(file)] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > FOLDER_FILES_MAX));
}

function expectOnlyRecorded(found: Sizes, recorded: Sizes): void {
  const grown = Object.entries(found).filter(([name, size]) => size > (recorded[name] ?? 0));
  const stale = Object.keys(recorded).filter((name) => !(name in found));
  expect({ grown: Object.fromEntries(grown), stale }).toEqual({ grown: {}, stale: [] });
}

describe('the style of the code', () => {
  it(`has no file over ${FILE_LINES_MAX} lines beyond the recorded ones`, () => {
    expectOnlyRecorded(filesOverLimit(), exceptions.files);
  });

  it(`has no function over ${FUNCTION_LINES_MAX} lines, or component over ${COMPONENT_LINES_MAX}, beyond the recorded ones`, () => {
    expectOnlyRecorded(functionsOverLimit(), exceptions.functions);
  });

  it(`has no folder with more than ${FOLDER_FILES_MAX} files beyond the recorded ones`, () => {
    expectOnlyRecorded(foldersOverLimit(), exceptions.folders);
  });

  it('measures a function from its first line to its last', () => {
    const own = measureFunctions('tests/unit/style.test.ts').find(({ name }) => name === 'foldersOverLimit');
    expect(own?.lines).toBe(5);
  });
});
