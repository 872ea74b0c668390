import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { Administration, Callers, Directory, Issuer, IssuerKeys, OidcPeople, readOidcMapping, ServiceAccounts, SignIn } from '#identity';
import { openDatabase, SystemClock } from '#platform';
import { OidcIssuer, audience } from '../../support/oidc-issuer.js';
import { latencies, quantile, row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { send, signInAll, startProduct } from '../product.js';
import type { Server } from '../server.js';

const perKind = sized(20_000, 400);
const seconds = sized(3, 0.2);
const firstSights = sized(200, 5);

/**
 * What it adds to a request to know who sends it, in a process that has seen the token: for a session, for a service
 * account's key (read again each second, which is among the calls) and for a token of the issuer; the slowest kind counts.
 */
export async function authorise(server: Server): Promise<Row> {
  const url = await server.database();
  const product = await startProduct({ DATABASE_URL: url, DEMO: '1' });
  const issuer = await OidcIssuer.start();
  const database = await openDatabase({ url, dataDir: '' });
  let store: EventStore | undefined;
  try {
    const [administrator] = await signInAll(product.url, 'administrator');
    const account = { name: 'Đo', role: 'officer', unit: administrator.unit, scopes: ['read'] };
    const { key } = await send<{ readonly key: string }>(`${product.url}/api/v1/service-accounts`, administrator.token, account);
    const clock = new SystemClock();
    const directory = await Directory.open(database, clock);
    store = await openEventStore(database);
    const administration = new Administration(store, database, directory, () => Promise.resolve(true));
    const signIn = await SignIn.open(database, directory, { demo: true });
    const people = new OidcPeople(database, administration, directory, readOidcMapping({}));
    const believed = new Issuer({ issuer: issuer.url, audience }, new IssuerKeys(issuer.url), people, clock);
    const callers = new Callers(signIn, new ServiceAccounts(database, administration, directory, clock), believed);

    const tokenOf = (jti: number): Promise<string> =>
      issuer.sign({ sub: 'measured', preferred_username: 'navy.officer1', jti: String(jti) });
    const seen = { session: administrator.token, key, issuer: await tokenOf(0) };
    const first: number[] = [];
    const fresh = await Promise.all(Array.from({ length: firstSights }, (_, index) => tokenOf(index + 1)));
    for (const token of fresh) first.push(...(await latencies(1, () => mustBe(callers, token))));

    const p99: Record<string, number> = {};
    for (const [kind, token] of Object.entries(seen)) {
      const taken: number[] = [];
      for (const until = performance.now() + seconds * 1000; performance.now() < until;) {
        taken.push(...(await latencies(Math.ceil(perKind / (seconds * 50)), () => mustBe(callers, token))));
        await sleep(20);
      }
      p99[kind] = quantile(taken, 0.99);
    }
    await signIn.close();
    const detail = Object.fromEntries(Object.entries(p99).map(([kind, ms]) => [`${kind}P99Ms`, Math.round(ms * 10_000) / 10_000]));
    const worst = Math.max(...Object.values(p99));
    return row(
      'authorise',
      'ms p99',
      worst,
      {},
      { ...detail, issuerFirstSightP50Ms: quantile(first, 0.5), issuerFirstSightP99Ms: quantile(first, 0.99) },
    );
  } finally {
    await store?.close();
    await database.close();
    await issuer.stop();
    await product.stop();
  }
}

async function mustBe(callers: Callers, token: string): Promise<void> {
  if (!(await callers.whoIs(token))) throw new Error('A good token was refused.');
}
