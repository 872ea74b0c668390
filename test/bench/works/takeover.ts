import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { send, signInAll, startProduct } from '../product.js';
import type { Processor, Product, SignedIn } from '../product.js';
import type { Server } from '../server.js';

const rounds = sized(2, 1);

/**
 * Two workers share the views while commands come in. The slowest takeover from a worker that stands still, which the
 * others learn only when its lease runs out, as of one on another machine; and beside it from one that is killed on the same machine.
 * @throws Error when a registration is counted twice or not at all
 */
export async function takeover(server: Server): Promise<Row> {
  const env = { DATABASE_URL: await server.database(), DEMO: '1', PROCESSORS: '0' };
  const started: Product[] = [];
  const work = async (): Promise<Product> => {
    const worker = await startProduct(env, 'work');
    started.push(worker);
    return worker;
  };
  try {
    // Without a worker an API process does not get ready: nobody would build its views.
    const [api, first] = await Promise.all([startProduct(env), work()]);
    started.push(api);
    const [administrator] = await signInAll(api.url, 'administrator');
    const [officer] = await signInAll(api.url, 'officer');
    const [stopped, killed]: [number[], number[]] = [[], []];
    let [survivor, registered, ended] = [first, 0, false];
    const register = async (): Promise<string> => {
      const { position } = await registerOne(api, officer);
      registered++;
      return position;
    };
    const load = (async () => {
      while (!ended) {
        await register();
        await sleep(10);
      }
    })();
    for (let round = 0; round < rounds; round++) {
      for (const [signal, taken] of [
        ['SIGSTOP', stopped],
        ['SIGKILL', killed],
      ] as const) {
        const victim = survivor;
        survivor = await work();
        await owners(api, administrator, (all) => all.some(ofProcess(victim)) && all.some(ofProcess(survivor)));
        const at = performance.now();
        process.kill(victim.pid, signal);
        await owners(api, administrator, (all) => all.every(ofProcess(survivor)));
        await send(`${api.url}/api/v1/procedures?limit=1&minPosition=${await register()}`, officer.token);
        taken.push(performance.now() - at);
        if (signal === 'SIGSTOP') process.kill(victim.pid, 'SIGCONT');
        await victim.stop();
      }
    }
    ended = true;
    await load;
    const funnel = `${api.url}/api/v1/reports/funnel?minPosition=${await register()}`;
    const { total } = await send<{ readonly total: number }>(funnel, officer.token);
    if (total !== registered) throw new Error(`${String(registered)} procedures were registered, and ${String(total)} are counted.`);
    return row(
      'takeover',
      'ms',
      Math.max(...stopped),
      {},
      { medianMs: quantile(stopped, 0.5), killedOnSameHostMs: Math.max(...killed), registered },
    );
  } finally {
    await Promise.all(started.map((one) => one.stop()));
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
