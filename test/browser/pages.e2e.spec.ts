import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { StartedApp } from '../support/app.js';
import { newDemoFolder, startApp } from '../support/app.js';
import { barriers, settled, startBrowser, watch } from '../support/browser.js';
import { inLongForm } from '../support/long-form.js';
import type { Hostile } from './hostile.js';
import { storeHostile, storeUnreadable } from './hostile.js';
import { lookAt, offered } from './looking.js';
import { pages, routes } from './pages.js';

const looks = ['lang=vi&theme=light', 'lang=en&theme=dark', 'lang=vi&theme=dark', 'lang=en&theme=light'];

interface Watched {
  readonly page: Page;
  readonly wrong: string[];
}

const lineOf = (route: string): (typeof pages)[string] => {
  const line = pages[route];
  if (!line) throw new Error(`The page ${route} has no line in pages.ts.`);
  return line;
};

/** In short each page is opened in one of the looks; `npm run test:browser` opens each in all of them, and in each of its states. */
describe('Every page', () => {
  let full: StartedApp;
  let empty: StartedApp | undefined;
  let browser: Browser;
  let there: Hostile;
  const signedIn = new Map<string, Promise<Watched>>();

  beforeAll(async () => {
    const folder = await newDemoFolder();
    await storeUnreadable(folder);
    [full, empty, browser] = await Promise.all([
      startApp({ folder, env: { WEBHOOK_HOSTS: 'hook.invalid' } }),
      inLongForm ? startApp() : undefined,
      startBrowser(),
    ]);
    there = await storeHostile(full.url);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([full.stop(), empty?.stop()]);
  });

  const begin = async (url: string, who: string | null): Promise<Watched> => {
    // What fades in has not its own contrast yet.
    const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
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
  const open = async (
    route: string,
    look: string,
    { search = '', address = lineOf(route).address(there), url = full.url } = {},
  ): Promise<Watched> => {
    const watched = await pageOf(url, lineOf(route).who);
    await watched.page.goto(`${url}${address}?${[look, search].filter((part) => part !== '').join('&')}`);
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
  const shown = ({ page }: Watched, route: string): Promise<number> => page.locator('main').locator(lineOf(route).shows).count();
  const refusals = ({ page }: Watched): Promise<readonly string[]> => page.locator('main [role="alert"]').allTextContents();

  it('has a line in the table, and every line a page', () => {
    expect(Object.keys(pages).sort()).toEqual([...routes()].sort());
  });

  describe.each(routes().map((route, index) => [route, inLongForm ? looks : [looks[index % looks.length] ?? '']] as const))(
    '%s',
    (route, own) => {
      const began = Date.now();
      const long = inLongForm ? it.each(own) : it.skip.each(own);
      afterAll(() => {
        // One file is told of only when all of it is done.
        if (inLongForm) process.stdout.write(`${route} was seen, ${String(Math.round((Date.now() - began) / 1_000))} s after the start.\n`);
      });

      it.each(own)('has no barriers, fails no request and runs nothing that was stored: %s', async (look) => {
        const watched = await open(route, look);
        expect(await watched.page.locator('html').getAttribute('lang')).toBe(look.slice(5, 7));
        await watched.page.locator('main').locator(lineOf(route).shows).first().waitFor();
        expect(await refusals(watched)).toEqual([]);
        expect(await found(watched)).toEqual([]);
      });

      long('has no barriers where it has nothing to show: %s', async (look) => {
        const { empty: where } = lineOf(route);
        if (where === null) return;
        const watched = await open(route, look, where === 'installation' ? { url: empty?.url } : { address: where(there) });
        expect([await shown(watched, route), await refusals(watched)]).toEqual([0, []]);
        expect(await found(watched)).toEqual([]);
      });

      long('has no barriers when a form is refused, and below a dialog that it opens: %s', async (look) => {
        for (const view of lineOf(route).views ?? [{}]) {
          const search = view.search?.(there) ?? '';
          const watched = await open(route, look, { search });
          const { page } = watched;
          if (view.first !== undefined) await page.locator(view.first).first().click();
          const place = page.locator(view.within ?? 'main');
          const { acts = [], dialogs = [] } = view;
          const named = { acts: [...acts].sort(), dialogs: [...dialogs].sort(), stands: view.standing !== undefined };
          // Some are there once it is known what units the person administers, or what is amiss.
          if (view.standing !== undefined) await place.locator('form').first().waitFor();
          for (const name of [...acts, ...dialogs]) await place.locator(`[data-action="${name}"]`).first().waitFor();
          expect([search, await offered(place)]).toEqual([search, named]);
          expect(await lookAt(place, view, () => found(watched))).toEqual([]);
        }
      });

      long('has no barriers below the palette and the keys: %s', async (look) => {
        if (lineOf(route).who === null) return;
        const watched = await open(route, look);
        for (const keys of ['Control+k', '?']) {
          await watched.page.keyboard.press(keys);
          await watched.page.getByRole('dialog').waitFor();
          expect(await found(watched)).toEqual([]);
          await watched.page.keyboard.press('Escape');
          await watched.page.getByRole('dialog').waitFor({ state: 'detached' });
        }
      });

      (inLongForm ? it : it.skip)('is read without scrolling sideways on a narrow screen, and at twice the size', async () => {
        const widths: (readonly [string, number, number])[] = [];
        for (const { search } of lineOf(route).views ?? [{}]) {
          const { page } = await open(route, 'lang=vi&theme=light', { search: search?.(there) ?? '' });
          for (const width of [320, 640]) {
            await page.setViewportSize({ width, height: 512 });
            widths.push([page.url(), width, await page.evaluate<number>('document.documentElement.scrollWidth')]);
          }
          await page.setViewportSize({ width: 1280, height: 720 });
        }
        expect(widths.filter(([, width, wide]) => wide !== width)).toEqual([]);
      });
    },
  );
});
