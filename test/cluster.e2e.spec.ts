import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ed25519Type, signerKey, signerKeyText } from '#audit/verifier';
import { startApp } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { EventStorePeer } from './support/event-store-peer.js';
import { order, registration, signInAs, type Accepted, type Caller } from './support/client.js';
import { startPostgres } from './support/postgres-server.js';
import type { PostgresServer } from './support/postgres-server.js';

interface Processor {
  readonly name: string;
  readonly owner: string | null;
  readonly state: string;
  readonly version: number;
  readonly lagEvents: number | null;
  readonly lastRebuild?: { readonly digest: { readonly before: string | null; readonly after: string } };
}

async function until<Result>(look: () => Promise<Result | undefined>, timeMs = 15_000): Promise<Result> {
  const deadline = Date.now() + timeMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('It did not become so in time.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe.each(['in PostgreSQL', 'in EventStoreDB'])('Several processes, with the log %s', (where) => {
  let postgres: PostgresServer;
  let peer: EventStorePeer | undefined;
  let env: Record<string, string>;
  let apis: StartedApp[] = [];
  let workers: StartedApp[] = [];
  let officers: Caller[];
  let administrator: Caller;
  const processors = async (): Promise<readonly Processor[]> => (await administrator.get<Processor[]>('/api/v1/processors')).body;
  const ownerOf =
    (pid: number): ((processor: Processor) => boolean) =>
    ({ owner }) =>
      owner?.split('/')[1] === String(pid);

  beforeAll(async () => {
    postgres = await startPostgres();
    const real = process.env['TEST_EVENTSTORE_URL'];
    peer = where === 'in EventStoreDB' && real === undefined ? await EventStorePeer.start() : undefined;
    const log = where === 'in EventStoreDB' ? { EVENT_STORE: real ?? peer?.url ?? '' } : { EVENT_STORE: '' };
    // Each has a folder of its own, and the tree over the log is sealed by whoever has its key.
    const key = signerKeyText(signerKey('log.example/cluster', ed25519Type, randomBytes(32)));
    env = { DATABASE_URL: postgres.url, STREAM_PREFIX: `navy-${randomUUID()}-`, AUDIT_KEY: key, ...log };
    // All at once, as an orchestrator starts them.
    [apis, workers] = await Promise.all([
      Promise.all([1, 2].map(() => startApp({ env: { ...env, PROCESSORS: '0' } }))),
      Promise.all([1, 2].map(() => startApp({ env: { ...env, PORT: '0' }, command: 'work' }))),
    ]);
    officers = await Promise.all(apis.map(({ url }) => signInAs(url, 'officer', 'service')));
    administrator = await signInAs(apis[0]?.url ?? '', 'administrator', 'service');
  });
  afterAll(async () => {
    await Promise.all([...apis, ...workers].map((one) => one.stop()));
    await postgres.stop();
    await peer?.stop();
  });

  it('shows through one API process what another one was told', async () => {
    const [one, other] = officers as [Caller, Caller];
    const { body } = await one.post<Accepted>('/api/v1/procedures', registration(one));
    const seen = await other.get<{ items: { id: string }[] }>(`/api/v1/procedures?limit=200&minPosition=${body.position}`);
    expect(seen.body.items.map(({ id }) => id)).toContain(body.id);
    const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Cần thiết' };
    const reviewed = await other.post<Accepted>(`/api/v1/procedures/${body.id}/actions/review`, review);
    expect(reviewed.status).toBe(200);
    expect((await one.get(`/api/v1/procedures/${body.id}`)).body).toMatchObject({ stage: 'reviewed', revision: 1 });
    const history = await one.get<{ items: { type: string }[] }>(`/api/v1/procedures/${body.id}/history?refused=true`);
    expect(history.body.items.map(({ type }) => type)).toHaveLength(2);
  });

  it('decides whose work it is, and who may ask about it, on what another process was told', async () => {
    const [one, other] = officers as [Caller, Caller];
    const id = (await order(one, 'procedures', registration(one))).id;
    const claims = `/api/v1/procedures/${id}/claims`;
    expect((await other.get(claims)).body).toMatchObject({ items: [], holder: null, nextCursor: null });
    const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Cần thiết' };
    await order(one, `procedures/${id}/actions/review`, review);
    expect((await order(other, `procedures/${id}/claim`, {})).events).toEqual(['WorkClaimed']);
    const { body } = await one.get<{ holder: string | null; items: { stage: string }[] }>(claims);
    expect(body).toMatchObject({ holder: expect.any(String), items: [{ stage: 'reviewed' }] });
    await order(one, `procedures/${id}/actions/withdraw`, { reason: 'nhầm' });
    const question = { units: [one.person?.unit.id], question: 'x', dueOn: '2199-12-31' };
    expect(await other.post(`/api/v1/procedures/${id}/consultations`, question)).toMatchObject({
      status: 409,
      body: { code: 'inquiry-closed' },
    });
  });

  it('knows a repeated key in every process, and refuses it for another procedure', async () => {
    const [one, other] = officers as [Caller, Caller];
    const key = { 'idempotency-key': '0c8a8f52-7a53-4c3c-9b57-0f4f9d6a0b11' };
    const [first, second] = await Promise.all([1, 2].map(() => one.post<Accepted>('/api/v1/procedures', registration(one))));
    const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Cần thiết' };
    const act = (caller: Caller, id = ''): ReturnType<Caller['post']> =>
      caller.post(`/api/v1/procedures/${id}/actions/review`, review, key);
    const reviewed = await act(one, first?.body.id);
    expect(reviewed.status).toBe(200);
    expect((await act(other, first?.body.id)).body).toEqual(reviewed.body);
    expect(await act(other, second?.body.id)).toMatchObject({ status: 409, body: { code: 'key-reused' } });
  });

  it('shares the processors, and takes over those of a killed worker, with nothing applied twice or left out', async () => {
    const [killed, survivor] = workers as [StartedApp, StartedApp];
    await until(async () => {
      const all = await processors();
      return [killed, survivor].every(({ pid }) => all.some(ownerOf(pid))) ? true : undefined;
    });
    const [officer] = officers as [Caller, Caller];
    const accepted: Promise<{ status: number; body: Accepted }>[] = [];
    for (let index = 0; index < 40; index++) {
      if (index === 20) await killed.kill();
      accepted.push(officer.post<Accepted>('/api/v1/procedures', registration(officer)));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const answers = await Promise.all(accepted);
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    await until(async () => ((await processors()).every(ownerOf(survivor.pid)) ? true : undefined), 30_000);

    const last = answers.map(({ body }) => BigInt(body.position)).reduce((a, b) => (a > b ? a : b));
    const { body } = await officer.get<{ total: number }>(`/api/v1/reports/funnel?minPosition=${last}`);
    const { body: listed } = await officer.get<{ items: { id: string }[] }>(`/api/v1/procedures?limit=200&minPosition=${last}`);
    expect(listed.items).toHaveLength(body.total);
    expect(new Set(listed.items.map(({ id }) => id)).size).toBe(body.total);
    expect(answers.every((answer) => listed.items.some(({ id }) => id === answer.body.id))).toBe(true);
  });

  it('rebuilds where the view is run, to the same rows', async () => {
    const before = (await processors()).find(({ name }) => name === 'counts');
    expect((await administrator.post('/api/v1/processors/counts/rebuild', {})).status).toBe(202);
    const after = await until(async () =>
      (await processors()).find(
        ({ name, version, state }) => name === 'counts' && version === (before?.version ?? 0) + 1 && state === 'live',
      ),
    );
    const digest = await until(async () => {
      const rebuilt = (await processors()).find(({ name }) => name === 'counts')?.lastRebuild?.digest;
      return rebuilt?.before === null ? undefined : rebuilt;
    });
    expect(digest.before).toBe(digest.after);
    expect(after.owner).not.toBeNull();
  });

  it('shows how each worker is', async () => {
    const [, worker] = workers as [StartedApp, StartedApp];
    expect((await fetch(`${worker.url}/health/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toContain('tinhgon_processor_owned{processor="register"} 1');
    expect(metrics).toContain('tinhgon_dead_letters{processor="register"} 0');
    expect((await fetch(`${worker.url}/else`)).status).toBe(404);
  });

  it('is not ready anywhere while the log is away, and is again without a restart', async () => {
    // A server that is shared with others is not held up.
    if (!peer) return;
    const [, worker] = workers as [StartedApp, StartedApp];
    const each = [...apis, worker].map(({ url }) => `${url}/health/ready`);
    const answers = (): Promise<readonly { readonly status: number; readonly reason?: string }[]> =>
      Promise.all(
        each.map(async (url) => {
          const answer = await fetch(url);
          return { ...((await answer.json()) as { readonly reason?: string }), status: answer.status };
        }),
      );
    await until(async () => ((await answers()).every(({ status }) => status === 200) ? true : undefined));
    peer.connections.hold();
    const away = { status: 503, reason: expect.stringMatching(/^The event store .*not answer/) };
    expect(await answers()).toEqual(each.map(() => expect.objectContaining(away)));
    peer.connections.release();
    await until(async () => ((await answers()).every(({ status }) => status === 200) ? true : undefined));
  });
});
