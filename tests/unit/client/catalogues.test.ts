import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { catalogue as coreEn } from '../../../client/i18n/en/core.ts';
import { catalogue as staffEn } from '../../../client/i18n/en/staff.ts';
import { catalogue as coreZh } from '../../../client/i18n/zh-CN/core.ts';
import { catalogue as staffZh } from '../../../client/i18n/zh-CN/staff.ts';
import type { Catalogue } from '../../../client/i18n/catalogues.ts';
import { errorStatus } from '../../../server/protocol/errors.ts';

const client = join(import.meta.dirname, '../../../client');

/** Path of every text, with its text. */
function textsOf(catalogue: Catalogue, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === 'string') texts.set(prefix + key, value);
    else for (const [path, text] of textsOf(value, `${prefix}${key}.`)) texts.set(path, text);
  }
  return texts;
}

const placeholders = (text: string): string[] => (text.match(/{{\w+}}/g) ?? []).sort();

const areas: readonly [string, Catalogue, Catalogue][] = [
  ['core', coreZh, coreEn],
  ['staff', staffZh, staffEn],
];

describe.each(areas)('the catalogue %s', (_, zh, en) => {
  const chinese = textsOf(zh);
  const english = textsOf(en);

  it('has the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('has the same placeholders in both languages', () => {
    for (const [key, text] of chinese) {
      expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });
});

it('numbers an entry of the record as the receipt does, 第 N 号, for 第 N 条 is an article', () => {
  for (const [key, text] of [...textsOf(coreZh), ...textsOf(staffZh)]) {
    expect([key, text]).not.toEqual([key, expect.stringMatching(/第 ?\{\{\w*seq\}\} ?条/i)]);
  }
});

it('has words for every refusal', () => {
  const { errors } = coreZh;
  for (const code of Object.keys(errorStatus)) expect(Object.keys(errors)).toContain(code);
});

it('has words for every key that a page names', () => {
  const known = new Set([...textsOf(coreZh).keys(), ...textsOf(staffZh).keys()]);
  const missing = readdirSync(client, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('i18n'))
    .flatMap((path) => {
      const source = readFileSync(join(client, path), 'utf8');
      const named = [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => match[1] ?? '');
      return named.filter((key) => !known.has(key)).map((key) => `${path}: ${key}`);
    });
  expect(missing).toEqual([]);
});
