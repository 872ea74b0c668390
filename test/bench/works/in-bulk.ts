import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel, quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { residentMegabytes, send, signInAll, startProduct, viewLive } from '../product.js';
import type { Product, SignedIn } from '../product.js';
import { eventsOfWholeLife, wholeLife } from '../samples.js';
import { seedLives } from '../seed.js';
import type { Server } from '../server.js';

const sizes = [sized(1_000, 10), sized(10_000, 40)] as const;
const sheets = [sized(10_000, 20), sized(100_000, 60)] as const;

interface Begun {
  readonly id: string;
  readonly state: string;
}

/** A product with a database of its own, and an officer in it. */
interface Place {
  readonly product: Product;
  readonly officer: SignedIn;
  readonly url: string;
}

async function inPlace<Result>(server: Server, work: (place: Place) => Promise<Result>): Promise<Result> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  try {
    const [officer] = await signInAll(product.url, 'officer');
    return await work({ product, officer, url });
  } finally {
    await product.stop();
  }
}

/** A sheet of so many procedures is entered, each of them durable; beside it, the seconds that the same number takes by single calls, 16 at once. */
export async function importing(server: Server): Promise<Row> {
  const [smaller, larger] = [await imported(server, sizes[0]), await imported(server, sizes[1])];
  const singly = await inPlace(server, async ({ product, officer }) => {
    const began = performance.now();
    await inParallel(sizes[1], 16, async (at) => register({ product, officer }, at));
    return (performance.now() - began) / 1_000;
  });
  return row('import-10000', 's', larger, { 'one by one': singly }, { [`s of ${String(sizes[0])}`]: smaller });
}

function imported(server: Server, count: number): Promise<number> {
  return inPlace(server, async ({ product, officer }) => {
    const lines = Array.from({ length: count }, (_, at) => `Thủ tục nhập số ${String(at)},internal,C,Quân lực,${officer.unit}`);
    const form = new FormData();
    form.set('file', new Blob([['title,kind,group,field,owningUnit', ...lines].join('\r\n')], { type: 'text/csv' }), 'procedures.csv');
    const began = performance.now();
    const answer = await fetch(`${product.url}/api/v1/imports?kind=procedures&dryRun=false`, {
      ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${officer.token}` } },
    });
    const { id } = (await answer.json()) as Begun;
    const { accepted } = await ended<Begun & { readonly accepted: number }>({ product, officer }, `imports/${id}`);
    if (accepted !== count) throw new Error(`Of ${String(count)} rows ${String(accepted)} were entered.`);
    return (performance.now() - began) / 1_000;
  });
}

/** One action on so many procedures, while twenty single commands a second go on. */
export async function bulk(server: Server): Promise<Row> {
  const [smaller, larger] = [await ordered(server, sizes[0]), await ordered(server, sizes[1])];
  return row(
    'bulk-10000',
    's',
    larger.seconds,
    {},
    { [`s of ${String(sizes[0])}`]: smaller.seconds, 'ms p99 of commands': larger.commandsMs },
  );
}

function ordered(server: Server, count: number): Promise<{ readonly seconds: number; readonly commandsMs: number }> {
  return inPlace(server, async ({ product, officer, url }) => {
    const { position } = await seedLives(url, { procedures: count, eventsEach: 1, owningUnit: officer.unit });
    const [administrator] = await signInAll(product.url, 'administrator');
    await viewLive(product.url, administrator.token, { position });
    let isOver = false;
    const commands: number[] = [];
    const beside = async (): Promise<void> => {
      for (let at = 0; !isOver; at++) {
        const began = performance.now();
        await register({ product, officer }, at);
        commands.push(performance.now() - began);
        await sleep(50);
      }
    };
    const selection = { filter: { stage: 'registered' }, position: String(position) };
    const order = { action: 'withdraw', body: {}, reason: 'Đo', selection, dryRun: false, expectedCount: count };
    const began = performance.now();
    const { id } = await send<Begun>(`${product.url}/api/v1/bulk`, officer.token, order);
    const commanding = beside();
    const { outcomes } = await ended<Begun & { readonly outcomes: readonly unknown[] }>({ product, officer }, `bulk/${id}`);
    const seconds = (performance.now() - began) / 1_000;
    isOver = true;
    await commanding;
    if (JSON.stringify(outcomes) !== JSON.stringify([{ outcome: 'accepted', count }])) throw new Error(JSON.stringify(outcomes));
    return { seconds, commandsMs: quantile(commands, 0.99) };
  });
}

/** A report with a row for each procedure as a spreadsheet, and what the process holds at most beyond what it held before. Two sizes. */
export async function sheet(server: Server): Promise<Row> {
  const [smaller, larger] = [await written(server, sheets[0]), await written(server, sheets[1])];
  const before = { [`s of ${String(sheets[0])}`]: smaller.seconds, [`MB of ${String(sheets[0])}`]: smaller.megabytes };
  return row('xlsx-100000', 's', larger.seconds, {}, { ...before, 'MB over rest': larger.megabytes, 'MB of the file': larger.file });
}

function written(server: Server, count: number): Promise<{ readonly seconds: number; readonly megabytes: number; readonly file: number }> {
  return inPlace(server, async ({ product, officer, url }) => {
    // Up to the review, with a row for each.
    const eventsEach = Math.min(5, eventsOfWholeLife);
    const { position } = await seedLives(url, {
      procedures: count,
      eventsEach,
      owningUnit: officer.unit,
      of: (at) => wholeLife(at, officer.unit),
    });
    const [administrator] = await signInAll(product.url, 'administrator');
    await viewLive(product.url, administrator.token, { position, waitMs: 3_600_000 });
    await sleep(sized(10_000, 100));
    const rest = await residentMegabytes(product.pid);
    let most = rest;
    const watch = setInterval(() => void residentMegabytes(product.pid).then((now) => (most = Math.max(most, now))), 100);
    const began = performance.now();
    const answer = await fetch(`${product.url}/api/v1/reports/review-results?format=xlsx`, {
      headers: { authorization: `Bearer ${officer.token}` },
    });
    if (!answer.ok) throw new Error(`The sheet was answered with ${String(answer.status)}.`);
    const { byteLength } = await answer.arrayBuffer();
    clearInterval(watch);
    return { seconds: (performance.now() - began) / 1_000, megabytes: most - rest, file: byteLength / 2 ** 20 };
  });
}

const register = ({ product, officer }: Pick<Place, 'product' | 'officer'>, at: number): Promise<unknown> =>
  send(`${product.url}/api/v1/procedures`, officer.token, {
    ...{ title: `Thủ tục lẻ số ${String(at)}`, kind: 'internal', group: 'C', field: 'Quân lực', owningUnit: officer.unit },
  });

/** What it has come to once nobody works on it any more. */
async function ended<Answer extends Begun>({ product, officer }: Pick<Place, 'product' | 'officer'>, path: string): Promise<Answer> {
  for (;;) {
    const answer = await send<Answer>(`${product.url}/api/v1/${path}`, officer.token);
    if (!['checking', 'running'].includes(answer.state)) return answer;
    await sleep(100);
  }
}
