import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, row } from '../measure.js';
import type { Row } from '../measure.js';
import { send, signInAll, startProduct } from '../product.js';
import type { Processor, Product, SignedIn } from '../product.js';
import type { Server } from '../server.js';

const rounds = 3;

/**
 * Two workers share the views while commands come in. The slowest of three takeovers from a worker that stands still, which the
 * others learn only when its lease runs out, as of one on another machine; and beside it from one that is killed on the same machine.
 */
export async function takeover(server: Server): Promise<Row> {
  const env = { DATABASE_URL: await server.database(), DEMO: '1', PROCESSORS: '0' };
  const api = await startProduct(env);
  const started: Product[] = [api];
  const work = async (): Promise<Product> => {
    const worker = await startProduct(env, 'work');
    started.push(worker);
    return worker;
  };
  try {
    const [administrator] = await signInAll(api.url, 'administrator');
    const [officer] = await signInAll(api.url, 'officer');
    const [stopped, killed]: [number[], number[]] = [[], []];
    let survivor = await work();
    for (let round = 0; round < rounds; round++) {
      for (const [signal, taken] of [
        ['SIGSTOP', stopped],
        ['SIGKILL', killed],
      ] as const) {
        const victim = survivor;
        survivor = await work();
        await owners(api, administrator, (all) => all.some(ofProcess(victim)) && all.some(ofProcess(survivor)));
        await registerOne(api, officer);
        const at = performance.now();
        process.kill(victim.pid, signal);
        await owners(api, administrator, (all) => all.every(ofProcess(survivor)));
        const { position } = await registerOne(api, officer);
        await send(`${api.url}/api/v1/procedures?limit=1&minPosition=${position}`, officer.token);
        taken.push(performance.now() - at);
        if (signal === 'SIGSTOP') process.kill(victim.pid, 'SIGCONT');
        await victim.stop();
      }
    }
    return row('takeover', 'ms', Math.max(...stopped), {}, { medianMs: quantile(stopped, 0.5), killedOnSameHostMs: Math.max(...killed) });
  } finally {
    for (const one of started.reverse()) await one.stop();
  }
}

const ofProcess =
  ({ pid }: Product) =>
  ({ owner }: Processor): boolean =>
    owner?.split('/')[1] === String(pid);

async function owners(api: Product, { token }: SignedIn, areSo: (processors: readonly Processor[]) => boolean): Promise<void> {
  for (const until = performance.now() + 30_000; ;) {
    if (areSo(await send<readonly Processor[]>(`${api.url}/api/v1/processors`, token))) return;
    if (performance.now() > until) throw new Error('The processors were not taken over within 30 s.');
    await sleep(25);
  }
}

async function registerOne(api: Product, { token, unit }: SignedIn): Promise<{ readonly position: string }> {
  const body = { title: 'Thủ tục', kind: 'internal', group: 'C', field: 'Quân lực', owningUnit: unit };
  return send(`${api.url}/api/v1/procedures`, token, body);
}
