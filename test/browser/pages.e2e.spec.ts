import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { StartedApp } from '../support/app.js';
import { startApp } from '../support/app.js';
import { barriers, settled, startBrowser, watch } from '../support/browser.js';
import { inLongForm } from '../support/long-form.js';
import type { Hostile } from './hostile.js';
import { storeHostile } from './hostile.js';
import { pages, routes } from './pages.js';

const slow = 180_000;
const looks = ['lang=vi&theme=light', 'lang=en&theme=dark', 'lang=vi&theme=dark', 'lang=en&theme=light'];

interface Watched {
  readonly page: Page;
  readonly wrong: string[];
}

/** In short each page is opened in one of the looks; `npm run test:browser` opens each in all of them, and in each of its states. */
const opened = routes().flatMap((route, index) =>
  looks.filter((_, look) => inLongForm || look === index % looks.length).map((look) => [route, look] as const),
);

describe('Every page', () => {
  let full: StartedApp;
  let empty: StartedApp;
  let browser: Browser;
  let there: Hostile;
  const signedIn = new Map<string, Promise<Watched>>();

  beforeAll(async () => {
    [full, empty, browser] = await Promise.all([startApp({ env: { WEBHOOK_HOSTS: 'hook.invalid' } }), startApp(), startBrowser()]);
    there = await storeHostile(full.url);
  }, slow);
  afterAll(async () => {
    await browser.close();
    await Promise.all([full.stop(), empty.stop()]);
  }, slow);

  const begin = async (url: string, who: string | null): Promise<Watched> => {
    const page = await (await browser.newContext()).newPage();
    const wrong = watch(page);
    if (who !== null) {
      await page.goto(url);
      await page.locator(`[data-demo="${who}"]`).click();
      await page.locator('a[href="/account"]').first().waitFor({ state: 'attached' });
    }
    return { page, wrong };
  };
  /** A page of a person of their own, kept for all that they open. */
  const pageOf = (url: string, who: string | null): Promise<Watched> => {
    const key = `${url} ${who ?? ''}`;
    const begun = signedIn.get(key) ?? begin(url, who);
    signedIn.set(key, begun);
    return begun;
  };
  const open = async (url: string, route: string, look: string, state: 'filled' | 'empty'): Promise<Watched> => {
    const line = pages[route];
    if (!line) throw new Error(`The page ${route} has no line in pages.ts.`);
    const watched = await pageOf(url, line.who);
    const address = (state === 'empty' ? line.empty?.(there) : undefined) ?? line.address(there);
    await watched.page.goto(`${url}${address}?${look}`);
    await settled(watched.page);
    return watched;
  };
  /** What is wrong with what is shown: barriers, headings, things that ran. */
  const found = async ({ page, wrong }: Watched): Promise<readonly string[]> => [
    ...(await barriers(page)),
    ...((await page.locator('h1').count()) === 1 && (await page.locator('main').count()) === 1 ? [] : ['not one h1 and one main']),
    ...((await page.evaluate<boolean>("'ran' in window")) ? ['something stored ran'] : []),
    // What is refused on purpose is answered so.
    ...wrong.splice(0).filter((one) => !/^4\d\d (POST|PUT|PATCH|DELETE) |status of 4\d\d/.test(one)),
  ];

  it('has a line in the table', () => {
    expect(routes().filter((route) => pages[route] === undefined)).toEqual([]);
  });

  it.each(opened)(
    'has no barriers, fails no request and runs nothing that was stored: %s, %s',
    async (route, look) => {
      const watched = await open(full.url, route, look, 'filled');
      expect(await watched.page.locator('html').getAttribute('lang')).toBe(look.slice(5, 7));
      expect(await found(watched)).toEqual([]);
    },
    slow,
  );

  const long = inLongForm ? it.each(opened) : it.skip.each(opened);

  long(
    'has no barriers where it has nothing to show: %s, %s',
    async (route, look) => {
      const own = pages[route]?.empty !== undefined;
      expect(await found(await open(own ? full.url : empty.url, route, look, 'empty'))).toEqual([]);
    },
    slow,
  );

  long(
    'has no barriers when a form is refused: %s, %s',
    async (route, look) => {
      const begins = pages[route]?.refused;
      if (begins === undefined) return;
      const watched = await open(full.url, route, look, 'filled');
      await refuse(watched.page, begins);
      expect(await found(watched)).toEqual([]);
    },
    slow,
  );

  long(
    'has no barriers below an open dialog: %s, %s',
    async (route, look) => {
      if (pages[route]?.who === null) return;
      const watched = await open(full.url, route, look, 'filled');
      for (const keys of ['Control+k', '?']) {
        await watched.page.keyboard.press(keys);
        await watched.page.getByRole('dialog').waitFor();
        // What still fades in has not its own contrast yet.
        await watched.page.waitForTimeout(300);
        expect(await found(watched)).toEqual([]);
        await watched.page.keyboard.press('Escape');
        await watched.page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    },
    slow,
  );

  (inLongForm ? it.each(routes()) : it.skip.each(routes()))(
    'is read without scrolling sideways on a narrow screen, and at twice the size: %s',
    async (route) => {
      const { page } = await open(full.url, route, 'lang=vi&theme=light', 'filled');
      const widths: (readonly [number, number])[] = [];
      for (const width of [320, 640]) {
        await page.setViewportSize({ width, height: 512 });
        widths.push([width, await page.evaluate<number>('document.documentElement.scrollWidth')]);
      }
      await page.setViewportSize({ width: 1280, height: 720 });
      expect(widths).toEqual([
        [320, 320],
        [640, 640],
      ]);
    },
    slow,
  );
});

/** Sends a form as it is. @param begins A `data-action`, or `form` where the form stands on the page */
async function refuse(page: Page, begins: string): Promise<void> {
  if (begins !== 'form') await page.locator(`[data-action="${begins}"]`).first().click();
  const form = page
    .locator('main form, [role="dialog"] form')
    .filter({ has: page.locator('button[type="submit"]') })
    .last();
  await page.evaluate('for (const one of document.forms) one.noValidate = true');
  await form.locator('button[type="submit"]').last().click();
  await page.locator('[role="alert"], [aria-invalid="true"]').first().waitFor();
}
