import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

/** Downloads the minutes from the page of a record and reads them back, without the spaces of their layout. */
export async function readMinutes(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '会议笔录（PDF）' }).click(),
  ]);
  const path = await download.path();
  const { stdout } = await promisify(execFile)('pdftotext', [path, '-']);
  return stdout.replaceAll(/\s/g, '');
}
