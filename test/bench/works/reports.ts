import { latencies, quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { send, signInAll, startProduct, viewLive } from '../product.js';
import { eventsOfWholeLife, waitingLife, wholeLife } from '../samples.js';
import { seedLives } from '../seed.js';
import { analyse } from './read.js';
import type { Server } from '../server.js';

const sizes = [sized(10_000, 50), sized(100_000, 100)] as const;
const calls = sized(60, 2);
/** Of so many procedures one waits to be proposed. */
const waits = 10;

interface Answered {
  readonly columns: readonly { readonly key: string }[];
  readonly rows: readonly { readonly key: string }[];
}

/** What leaders ask, a page of a long report; a period is the year 2023. */
const asked = (programme: string): Readonly<Record<string, string>> => ({
  funnel: 'funnel?',
  progress: `progress?programme=${programme}&`,
  savings: 'savings?by=unit&',
  'savings-year': 'savings?by=field&from=2023-01-01&to=2023-12-31&',
  'cycle-times': 'cycle-times?',
  'cycle-times-year': 'cycle-times?from=2023-01-01&to=2023-12-31&',
  overdue: 'overdue?',
  'on-time': 'on-time?',
  activity: 'activity?',
  'activity-year': 'activity?from=2023-01-01&to=2023-12-31&',
  'review-results': 'review-results?limit=200&',
  workload: 'workload?',
});
/** Asked for as they stand alone: programmes begin with the run. */
const asTheyStand = new Set(['progress']);

/**
 * Every report as it stands, a cell of each explained, and each as of the middle of the log: the slowest of the first is the figure, in p99; the others stand
 * beside it for both sizes. Over HTTP on one connection.
 */
export async function reports(server: Server): Promise<Row> {
  const detail: Record<string, number | string> = { eventsEach: eventsOfWholeLife, measured: 'over HTTP' };
  let worst = 0;
  for (const procedures of sizes) {
    const [size, url] = [`${String(procedures / 1_000)}k`, await server.database()];
    const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
    try {
      const [authority] = await signInAll(product.url, 'authority');
      const units = (await signInAll(product.url, 'officer')).map(({ unit }) => unit);
      const [administrator] = await signInAll(product.url, 'administrator');
      const began = performance.now();
      const { position } = await seedLives(url, {
        procedures,
        eventsEach: eventsOfWholeLife,
        owningUnit: authority.unit,
        of: (index) => (index % waits === 0 ? waitingLife : wholeLife)(index, units[index % units.length] ?? authority.unit),
      });
      detail[`s seeded ${size}`] = (performance.now() - began) / 1_000;
      await viewLive(product.url, administrator.token, { position, waitMs: 3_600_000 });
      detail[`s until views stand ${size}`] = (performance.now() - began) / 1_000;
      await analyse(url);
      const programme = await programmeOf(product.url, authority.token);
      for (const [name, query] of Object.entries(asked(programme))) {
        const report = `${product.url}/api/v1/reports/${query}`;
        const p99 = quantile(await latencies(calls, () => send(report, authority.token)), 0.99);
        if (procedures === sizes[1]) worst = Math.max(worst, p99);
        detail[`${name} ${size}`] = p99;
        if (asTheyStand.has(name)) continue;
        const explaining = await explained(report, authority.token);
        if (explaining !== null) detail[`${name} ${size} explained`] = explaining;
        const then = await latencies(sized(3, 1), () => send(`${report}asOf=${String(position / 2n)}`, authority.token));
        detail[`${name} ${size} as of`] = quantile(then, 0.99);
      }
    } finally {
      await product.stop();
    }
  }
  return row('reports', 'ms p99', worst, {}, detail);
}

/** The slowest column of the first row, each asked for some times; null where there is no row. */
async function explained(report: string, token: string): Promise<number | null> {
  const { columns, rows } = await send<Answered>(report, token);
  const [first] = rows;
  if (!first) return null;
  const [address, query] = report.split('?') as [string, string];
  let worst = 0;
  for (const { key } of columns) {
    const cell = `${address}/explain?${query}row=${encodeURIComponent(first.key)}&column=${key}`;
    worst = Math.max(worst, quantile(await latencies(sized(10, 1), () => send(cell, token)), 0.99));
  }
  return worst;
}

async function programmeOf(url: string, token: string): Promise<string> {
  const programme = { code: 'CT-1', title: 'Chương trình', from: '2022-01-01', to: '2030-12-31' };
  const { id } = await send<{ readonly id: string }>(`${url}/api/v1/programmes`, token, programme);
  for (const metric of ['published', 'optionApproved', 'simplified', 'costCut', 'timeCut', 'conditionsCut'])
    await send(`${url}/api/v1/programmes/${id}/targets`, token, { metric, threshold: '50', deadline: '2030-12-31' });
  return id;
}
