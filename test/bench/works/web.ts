import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { settled, startBrowser } from '../../support/browser.js';
import { quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { signInAll, startProduct, viewLive } from '../product.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';

const procedures = sized(100_000, 500);
/** How much slower than this machine's the processor of an office is taken to be. */
const slowdown = 4;

interface Opened {
  readonly url: string;
  readonly browser: Browser;
  /** Somebody signed in, at the worklist. */
  readonly page: Page;
  readonly devtools: CDPSession;
}

/** The product with 100,000 procedures, and an officer's browser in front of it. */
async function withBrowser(server: Server, work: (opened: Opened) => Promise<Row>): Promise<Row> {
  const database = await server.database();
  const product = await startProduct({ DATABASE_URL: database, DEMO: '1' });
  const browser = await startBrowser();
  try {
    const [officer] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    const { position } = await seedLives(database, { procedures, eventsEach: 2, owningUnit: officer.unit });
    await viewLive(product.url, administrator.token, { position });
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(product.url);
    await page.locator('[data-demo="navy.officer1"]').click();
    await page.locator('main a[href^="/procedures/"]').first().waitFor();
    await settled(page);
    return await work({ url: product.url, browser, page, devtools: await page.context().newCDPSession(page) });
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** Scripts and styles that the browser fetches for the worklist, each as long as it is when it is sent packed by gzip. */
export async function firstLoad(server: Server): Promise<Row> {
  return withBrowser(server, async ({ url, page, devtools }) => {
    await devtools.send('Network.clearBrowserCache');
    const fetched = new Set<string>();
    page.on('response', (response) => {
      if (['script', 'stylesheet'].includes(response.request().resourceType()) || /\.(js|css)$/.test(response.url()))
        fetched.add(response.url());
    });
    await page.goto(url);
    await page.locator('main a[href^="/procedures/"]').first().waitFor();
    await settled(page);
    // What comes later of itself, is part of it, too. The stream of events never ends.
    await page.waitForTimeout(1_000);
    const [gzip, brotli] = await Promise.all(
      ['gzip', 'br'].map(async (coding) =>
        (await Promise.all([...fetched].map((one) => lengthOf(one, coding)))).reduce((so, one) => so + one, 0),
      ),
    );
    return row(
      'web-first-load',
      'kB gzip',
      (gzip ?? NaN) / 1000,
      {},
      { files: fetched.size, brotliKB: Math.round((brotli ?? NaN) / 1000) },
    );
  });
}

/** Octets of an answer as it is sent. */
function lengthOf(url: string, coding: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': coding } }, (answer) => {
      let length = 0;
      answer.on('data', (chunk: Buffer) => (length += chunk.length));
      answer.on('end', () => resolve(length));
    }).on('error', reject);
  });
}

/** From the call of its address to the worklist with its rows and counts: nothing in the cache, the processor slowed down. Beside it: a page that is only HTML. */
export async function worklistUsable(server: Server): Promise<Row> {
  return withBrowser(server, async ({ url, page, devtools }) => {
    const bare = createServer((_, answer) =>
      answer.setHeader('content-type', 'text/html').end('<main aria-busy="false"><a href="/procedures/1">.</a></main>'),
    );
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const opening = async (address: string): Promise<number> => {
      await devtools.send('Network.clearBrowserCache');
      const started = performance.now();
      await page.goto(address, { waitUntil: 'commit' });
      await page.locator('main[aria-busy="false"] a[href^="/procedures/"]').first().waitFor();
      return performance.now() - started;
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < sized(7, 1); round++) {
      ours.push(await opening(url));
      theirs.push(await opening(`http://127.0.0.1:${String((bare.address() as AddressInfo).port)}/`));
    }
    bare.close();
    return row(
      'web-worklist',
      'ms',
      quantile(ours, 0.5),
      { bareHtml: quantile(theirs, 0.5) },
      { slowestMs: Math.round(Math.max(...ours)), slowdown },
    );
  });
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest that the page's thread is held by one task while somebody types into the register, filters and sorts it. */
export async function typing(server: Server): Promise<Row> {
  return withBrowser(server, async ({ url, browser, page }) => {
    await page.goto(`${url}/procedures`);
    await page.locator('main tbody a').first().waitFor();
    await settled(page);
    const words = page.locator('main input[type="search"]').first();
    const tasks: number[] = [];
    for (let round = 0; round < sized(5, 1); round++) {
      await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
      await words.pressSequentially('cấp giấy phép số 42', { delay: 80 });
      await settled(page);
      await page.locator('main tbody a').first().waitFor();
      await words.fill('');
      await settled(page);
      await page.waitForTimeout(400);
      tasks.push(longestTask(await browser.stopTracing()));
    }
    return row('web-typing', 'ms', quantile(tasks, 0.5), {}, { longestMs: Math.round(Math.max(...tasks)), procedures });
  });
}

/** Milliseconds, on the main threads of pages. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${String(pid)} ${String(tid)}`;
  const main = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf));
  const taken = traceEvents
    .filter((one) => one.ph === 'X' && one.name.endsWith('RunTask') && main.has(threadOf(one)))
    .map(({ dur = 0 }) => dur / 1000);
  if (taken.length === 0) throw new Error('The trace holds no task of a page.');
  return Math.max(...taken);
}

/** Scrolls what scrolls on the page by so much each frame, and says which part of the frames did not come. */
const scrolling = (seconds: number): string => `new Promise((done) => {
  const all = [document.scrollingElement, ...document.querySelectorAll('main *')];
  const scroller = all.reduce((most, one) => (one.scrollHeight - one.clientHeight > most.scrollHeight - most.clientHeight &&
    (one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowY)) ? one : most));
  const began = performance.now();
  let frames = 0;
  const frame = (now) => {
    frames++;
    scroller.scrollTop += 160;
    if (now - began < ${String(seconds * 1000)}) requestAnimationFrame(frame);
    else done({ dropped: Math.max(0, 100 * (1 - frames / (((now - began) / 1000) * 60))), scrolled: scroller.scrollTop });
  };
  requestAnimationFrame(frame);
})`;

interface Scrolled {
  /** Per cent of the frames. */
  readonly dropped: number;
  /** Pixels. */
  readonly scrolled: number;
}

/** How many frames are dropped while somebody scrolls through the register of 100,000. Beside it: a page of rows that is only HTML. */
export async function scroll(server: Server): Promise<Row> {
  return withBrowser(server, async ({ url, page }) => {
    const ours: Scrolled[] = [];
    const theirs: Scrolled[] = [];
    const rows = Array.from({ length: 5_000 }, (_, index) => `<tr><td>Thủ tục ${String(index)}</td><td>Quân lực</td></tr>`).join('');
    for (let round = 0; round < sized(3, 1); round++) {
      await page.goto(`${url}/procedures`);
      await page.locator('main tbody a').first().waitFor();
      await settled(page);
      ours.push(await page.evaluate<Scrolled>(scrolling(sized(10, 1))));
      await page.goto('about:blank');
      await page.setContent(`<main><table>${rows}</table></main>`);
      theirs.push(await page.evaluate<Scrolled>(scrolling(sized(5, 1))));
    }
    const median = (all: readonly Scrolled[]): number =>
      quantile(
        all.map(({ dropped }) => dropped),
        0.5,
      );
    const far = Math.round(
      quantile(
        ours.map(({ scrolled }) => scrolled),
        0.5,
      ),
    );
    return row('web-scroll', '% dropped', median(ours), {}, { bareTable: median(theirs), scrolledPixels: far, procedures });
  });
}

/** What the page holds after 500 changes of the page, beside what it held after the first 50. */
export async function memory(server: Server): Promise<Row> {
  return withBrowser(server, async ({ page, devtools }) => {
    const places = ['/procedures', '/deadlines', '/notifications', '/dashboard', '/'];
    let changed = 0;
    const heapAfter = async (changes: number): Promise<number> => {
      for (; changed < changes; changed++) {
        const place = places[changed % places.length] ?? '/';
        await page.locator(`nav a[href="${place}"]`).first().click();
        await page.waitForURL((address) => address.pathname === place);
        await settled(page);
      }
      await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      return usedSize / 2 ** 20;
    };
    const first = await heapAfter(sized(50, 5));
    const last = await heapAfter(sized(500, 10));
    const nodes = (await devtools.send('Memory.getDOMCounters')).nodes;
    return row('web-memory', 'MB', last, { afterFirst50: first }, { changes: changed, domNodes: nodes });
  });
}
