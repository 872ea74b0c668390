import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startApp, tinhgon } from './support/app.js';
import { settled, startBrowser } from './support/browser.js';
import type { Caller } from './support/client.js';
import { signInAs } from './support/client.js';

const folder = join('docs', 'screenshots');
const mostBytes = 150_000;

interface Picture {
  readonly name: string;
  readonly who: string;
  readonly address: string;
}

/** Writes the pictures of the README: the sample data and the Navy's report, in Vietnamese, light and dark. */
async function main(): Promise<void> {
  const app = await startApp();
  const browser = await startBrowser();
  try {
    const entered = await tinhgon(['import', 'navy-2022-2025', '--url', app.url]);
    if (entered.code !== 0) throw new Error(entered.stderr);
    const id = await firstWork(await signInAs(app.url, 'officer', 'service'));
    await mkdir(folder, { recursive: true });
    for (const picture of [
      { name: 'worklist', who: 'navy.officer1', address: '/' },
      { name: 'procedure', who: 'navy.officer1', address: `/procedures/${id}` },
      { name: 'history', who: 'navy.officer1', address: `/procedures/${id}/history?asOf=2` },
      { name: 'dashboard', who: 'navy.leader', address: '/dashboard' },
    ])
      for (const theme of ['light', 'dark']) await take(browser, app.url, picture, theme);
  } finally {
    await browser.close();
    await app.stop();
  }
}

async function take(browser: Browser, url: string, { name, who, address }: Picture, theme: string): Promise<void> {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 720 }, reducedMotion: 'reduce' })).newPage();
  await page.goto(`${url}/?lang=vi&theme=${theme}`);
  await page.locator(`[data-demo="${who}"]`).click();
  await page.locator('a[href="/account"]').first().waitFor({ state: 'attached' });
  await page.goto(`${url}${address}`);
  await settled(page);
  // Fonts and what fades in.
  await page.waitForTimeout(1_000);
  const path = join(folder, `${name}-${theme}.png`);
  await page.screenshot({ path });
  const { size } = await stat(path);
  process.stdout.write(`${path} ${String(Math.round(size / 1000))} kB\n`);
  if (size > mostBytes) throw new Error(`${path} is larger than ${String(mostBytes / 1000)} kB.`);
  await page.context().close();
}

/** The work that is most urgent to somebody: it says what is to be done. */
async function firstWork(reader: Caller): Promise<string> {
  const { body } = await reader.get<{ readonly items: readonly { readonly id: string }[] }>('/api/v1/worklist?limit=1');
  const [first] = body.items;
  if (!first) throw new Error('The import left no work.');
  return first.id;
}

await main();
