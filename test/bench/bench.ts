import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { append } from './works/append.js';
import { prove, seal } from './works/audit.js';
import { commandsSealed, sealed, why } from './works/audit-live.js';
import { authorise } from './works/authorise.js';
import { catchUp } from './works/catch-up.js';
import { command } from './works/command.js';
import { doors } from './works/doors.js';
import { deadlineNext, deadlinesFire } from './works/deadlines.js';
import { coldStart, embeddedAppend } from './works/embedded.js';
import { eventStoreAppend, eventStoreCatchUp } from './works/eventstore.js';
import { http, httpEmbedded } from './works/http.js';
import { bulk, importing, sheet } from './works/in-bulk.js';
import { lag } from './works/lag.js';
import { allowedPage, readOne, readPage, worklistCounts } from './works/read.js';
import { reports } from './works/reports.js';
import { takeover } from './works/takeover.js';
import { firstLoad, memory, scroll, typing, worklistUsable } from './works/web.js';
import type { Row } from './measure.js';
import { serverAt, startServer } from './server.js';
import type { Server } from './server.js';

/** A real server; without one, its works are not there. */
const eventStore = process.env['TEST_EVENTSTORE_URL'] || undefined;

const works: Readonly<Record<string, (server: Server) => Promise<Row>>> = {
  'append-32': (server) => append(server, 32),
  'append-128': (server) => append(server, 128),
  'command-32': command,
  'http-64': http,
  'http-embedded-16': httpEmbedded,
  'catch-up': catchUp,
  'lag-500': (server) => lag(server, 500),
  'lag-1000': (server) => lag(server, 1_000),
  'read-one': readOne,
  'read-page': readPage,
  'allowed-50': allowedPage,
  'worklist-counts': worklistCounts,
  'embedded-append-32': embeddedAppend,
  'cold-start': coldStart,
  reports,
  'import-10000': importing,
  'bulk-10000': bulk,
  'xlsx-100000': sheet,
  seal,
  'prove-10m': prove,
  'sealed-500': sealed,
  'commands-sealed': commandsSealed,
  why,
  takeover,
  authorise,
  'deadline-next': deadlineNext,
  'deadlines-fire': deadlinesFire,
  doors,
  'web-first-load': firstLoad,
  'web-worklist': worklistUsable,
  'web-typing': typing,
  'web-scroll': scroll,
  'web-memory': memory,
  ...(eventStore !== undefined && {
    'eventstore-append-1': (server) => eventStoreAppend(eventStore, server, 1),
    'eventstore-append-32': (server) => eventStoreAppend(eventStore, server, 32),
    'eventstore-catch-up': (server) => eventStoreCatchUp(eventStore, server),
  }),
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      only: { type: 'string' },
      short: { type: 'boolean' },
      row: { type: 'string' },
      on: { type: 'string' },
    },
  });
  if (values.row !== undefined) return runRow(values.row, values.on ?? '');
  const wanted = values.only?.split(',') ?? Object.keys(works);
  const unknown = wanted.filter((name) => !Object.hasOwn(works, name));
  if (unknown.length > 0) throw new Error(`There is no work ${unknown.join(', ')}. Works: ${Object.keys(works).join(', ')}.`);

  const server = await startServer();
  const rows: Row[] = [];
  const failed: string[] = [];
  try {
    for (const name of wanted) {
      const started = performance.now();
      try {
        const done = await rowOf(name, server);
        rows.push(done);
        print(done, performance.now() - started);
      } catch (error) {
        failed.push(name);
        process.stderr.write(`${name} failed: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  } finally {
    await server.stop();
  }

  const machine = `${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${String(Math.round(totalmem() / 2 ** 30))} GB, ${process.platform}, PostgreSQL ${server.version}`;
  process.stdout.write(`${machine}, Node ${process.versions.node}\n`);
  const report = { at: new Date().toISOString(), machine, node: process.versions.node, rows };
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (failed.length > 0) throw new Error(`Not measured: ${failed.join(', ')}.`);
}

/** Measures in a process of its own, so that a work which ends the process ends no other. @throws Error that says how it ended */
async function rowOf(name: string, server: Server): Promise<Row> {
  const short = process.argv.includes('--short') ? ['--short'] : [];
  const child = fork(fileURLToPath(import.meta.url), ['--row', name, '--on', server.url, ...short], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let done: Row | undefined;
  let said = '';
  child.on('message', (row) => (done = row as Row));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (done && code === 0) return done;
  throw new Error(
    `its process ended with ${String(code ?? signal)} and said ${said.trim() === '' ? 'nothing' : `\n${said.trim().slice(-2_000)}`}`,
  );
}

async function runRow(name: string, on: string): Promise<void> {
  const done = await works[name]?.(await serverAt(on));
  await new Promise<void>((resolve, reject) => process.send?.(done, (error: Error | null) => (error ? reject(error) : resolve())));
}

function print({ work, unit, ours, baselines, ratios, detail }: Row, tookMs: number): void {
  const beside = Object.entries(baselines).map(([name, figure]) => `${name} ${format(figure)} (${String(ratios[name])} ×)`);
  const more = Object.entries(detail ?? {}).map(([name, figure]) => `${name} ${typeof figure === 'number' ? format(figure) : figure}`);
  const head = `${work.padEnd(20)}${format(ours).padStart(10)} ${unit.padEnd(12)}`;
  process.stdout.write(
    `${[head, beside.join('  '), more.length > 0 ? `[${more.join(', ')}]` : '', `${(tookMs / 1000).toFixed(1)} s`].join('  ')}\n`,
  );
}

function format(figure: number): string {
  return figure.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

try {
  await main();
  // DBOS and PostgreSQL's exit hook leave handles open; all that was asked for is done.
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
