import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startApp } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { Caller, decision, goodReview, proposal, registration, signInAs } from './support/client.js';
import type { Accepted, DemoPerson } from './support/client.js';
import { startPostgres } from './support/postgres-server.js';
import type { PostgresServer } from './support/postgres-server.js';
import { TraceReceiver } from './support/trace-receiver.js';
import type { ReceivedSpan } from './support/trace-receiver.js';

const correlationId = '7d0f3a54-0c5b-4c1e-9a55-3f8c6a1d2e90';
const callersTrace = '4bf92f3577b34da6a3ce929d0e0e4736';
const callersSpan = '00f067aa0ba902b7';

async function until<Result>(look: () => Result | undefined, timeMs = 15_000): Promise<Result> {
  const deadline = Date.now() + timeMs;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('It did not become so in time.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function untilTrue(look: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await look()); await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() > deadline) throw new Error('It did not become so in time.');
}

const linesOf = (app: StartedApp): readonly Record<string, unknown>[] =>
  app
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('What an API process and a worker tell of their work', () => {
  let postgres: PostgresServer;
  let receiver: TraceReceiver;
  let api: StartedApp;
  let worker: StartedApp;
  let officer: Caller;
  let people: readonly DemoPerson[];

  beforeAll(async () => {
    [postgres, receiver] = await Promise.all([startPostgres(), TraceReceiver.start()]);
    const env = {
      ...{ DATABASE_URL: postgres.url, LOG_LEVEL: 'trace', PROCESSORS: '0' },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
    };
    [api, worker] = await Promise.all([startApp({ env }), startApp({ env, command: 'work' })]);
    officer = await signInAs(api.url, 'officer', 'service');
    people = (await new Caller(api.url, null).get<readonly DemoPerson[]>('/api/v1/auth/demo')).body;
  });
  afterAll(async () => {
    await Promise.all([api, worker].map((one) => one.stop()));
    await postgres.stop();
    receiver.stop();
  });

  const spanOf = (name: string, matches: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> =>
    until(() => receiver.spans.find((span) => span.name === name && matches(span)));

  it('traces a command from the caller through HTTP, handler and append to the view, joined by its correlation id', async () => {
    const traceparent = `00-${callersTrace}-${callersSpan}-01`;
    const headers = { 'x-correlation-id': correlationId, traceparent };
    const registered = await officer.post<Accepted>('/api/v1/procedures', registration(officer), headers);

    expect(registered).toMatchObject({ status: 201 });
    expect(registered.headers.get('x-correlation-id')).toBe(correlationId);
    const isOurs = ({ traceId }: ReceivedSpan): boolean => traceId === callersTrace;
    const http = await spanOf('POST /api/v1/procedures', isOurs);
    const handled = await spanOf('handle', isOurs);
    const appended = await spanOf('append', isOurs);
    expect(http).toMatchObject({
      service: 'tinhgon-api',
      parentSpanId: callersSpan,
      attributes: { 'http.response.status_code': 201, 'tinhgon.correlation_id': correlationId },
    });
    const stream = `procedure-${registered.body.id}`;
    expect(handled).toMatchObject({
      parentSpanId: http.spanId,
      attributes: { 'tinhgon.stream': stream, 'tinhgon.correlation_id': correlationId },
    });
    expect(appended).toMatchObject({
      parentSpanId: handled.spanId,
      attributes: { 'tinhgon.stream': stream, 'tinhgon.position': registered.body.position },
    });
    const batch = await spanOf(
      'process batch',
      ({ attributes }) =>
        attributes['tinhgon.processor'] === 'register' && (attributes['tinhgon.correlation_id'] as string[]).includes(correlationId),
    );
    expect(batch).toMatchObject({ service: 'tinhgon-worker', parentSpanId: '' });
    expect(await spanOf('apply to view', ({ parentSpanId }) => parentSpanId === batch.spanId)).toMatchObject({ traceId: batch.traceId });
  });

  it('gives a request a correlation id where it sends none that is one', async () => {
    const none: Record<string, string> = {};
    for (const headers of [none, { 'x-correlation-id': 'nguyen-van-a' }]) {
      const { headers: answered } = await officer.get('/api/v1/procedures', headers);
      expect(answered.get('x-correlation-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    }
  });

  it('leaves a line for each command at info and for each read at debug, with ids and the code of a refusal', async () => {
    const headers = { 'x-correlation-id': 'b6f6d1c0-5a44-4d9f-8f0e-0d9a1c2b3e4f' };
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    const refused = await officer.post(`/api/v1/procedures/${body.id}/actions/propose`, proposal, headers);
    expect(refused.status).toBe(409);
    await officer.get(`/api/v1/procedures/${body.id}?asOf=0`);

    const route = '/api/v1/procedures/:id/actions/propose';
    const line = await until(() => linesOf(api).find((one) => one['route'] === route));
    const me = (await officer.get<{ items: { actor: { id: string } }[] }>(`/api/v1/procedures/${body.id}/history`)).body.items[0]?.actor.id;
    const { 'x-correlation-id': sent } = headers;
    expect(line).toMatchObject({ level: 30, correlationId: sent, actorId: me, method: 'POST', route, status: 409, code: 'wrong-stage' });
    expect(line['ms']).toEqual(expect.any(Number));
    expect(line['traceId']).toMatch(/^[0-9a-f]{32}$/);
    const read = await until(() => linesOf(api).find((one) => one['route'] === '/api/v1/procedures/:id'));
    expect(read).toMatchObject({ level: 20, method: 'GET', status: 200 });
  });

  it('says which leases a worker took and what it built', async () => {
    const taken = await until(() => linesOf(worker).find(({ msg }) => msg === 'Took the lease of a processor.'));
    expect(taken).toMatchObject({ level: 30, processor: expect.any(String), token: expect.any(String), takenOverFrom: null });
    const ended = linesOf(worker).find(({ msg }) => msg === 'A rebuild ended.');
    expect(ended).toMatchObject({ level: 30, processor: expect.any(String), outcome: 'done', version: 1 });
  });

  it('is not ready, with the reason, while a processor of the worker fails, and ready again by itself', async () => {
    const ready = async (): Promise<{ readonly status: number; readonly reason?: string }> => {
      const answer = await fetch(`${worker.url}/health/ready`);
      return { status: answer.status, ...((await answer.json()) as { reason?: string }) };
    };
    const database = new pg.Client({ connectionString: postgres.url });
    await database.connect();
    try {
      // As a server does that has no room.
      await database.query(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$`);
      await database.query('CREATE TRIGGER full_disk BEFORE INSERT ON views.register_v1 EXECUTE FUNCTION full_disk()');
      await officer.post('/api/v1/procedures', registration(officer));
      await untilTrue(async () => (await ready()).reason === 'register fails and tries again.');
      expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
      await database.query('DROP FUNCTION full_disk CASCADE');
      await untilTrue(async () => (await fetch(`${worker.url}/health/ready`)).status === 200);
    } finally {
      await database.end();
    }
  });

  it('tells nobody a name, a username, a title, a text, a password or a token, at the level trace', async () => {
    const nobody = new Caller(api.url, null);
    const wrong = { username: people[0]?.username, password: 'một mật khẩu sai' };
    expect((await nobody.post('/api/v1/auth/login', wrong)).status).toBe(401);
    const stranger = { username: 'khách-lạ', password: 'sai' };
    expect((await nobody.post('/api/v1/auth/login?token=bí-mật', stranger)).status).toBe(400);
    expect((await nobody.post('/api/v1/auth/login', stranger)).status).toBe(401);
    const { body } = await officer.post<Accepted>('/api/v1/procedures', registration(officer));
    const act = (action: string, sent: object): Promise<{ readonly status: number }> =>
      officer.post(`/api/v1/procedures/${body.id}/actions/${action}`, sent);
    expect((await act('review', goodReview)).status).toBe(200);
    expect((await act('propose', proposal)).status).toBe(200);
    expect((await act('publish', { decision })).status).toBe(403);
    expect((await act('publish', { decision: 'Nguyễn' })).status).toBe(400);
    expect((await officer.send('POST', '/api/v1/procedures', '{ "title": "Thủ tục kiểm thử", ')).status).toBe(400);
    expect((await officer.get(`/api/v1/procedures?q=${encodeURIComponent('Thủ tục')}&minPosition=${body.position}`)).status).toBe(200);
    expect((await officer.get(`/api/v1/${encodeURIComponent('Nguyễn Văn A')}`)).status).toBe(404);
    const { position } = body;
    const isLater = ({ attributes: { 'tinhgon.position': at } }: ReceivedSpan): boolean =>
      typeof at === 'string' && BigInt(at) > BigInt(position);
    await until(() => receiver.spans.find(isLater));

    const told = [api, worker]
      .map(
        (one) =>
          linesOf(one)
            .map((line) => JSON.stringify(line))
            .join('\n') + one.stderr(),
      )
      .join('\n');
    const everything = [told, receiver.received].join('\n');
    expect(told).toContain('/api/v1/auth/login');
    const tokens = [officer.token ?? '', (officer.token ?? '').split('.')[2] ?? ''];
    const named = people.flatMap(({ name, username, password }) => [name, username, password]);
    const texts = [registration(officer)['title'], decision.signer, goodReview.findings, 'Nộp, thẩm tra', 'Đơn đề nghị', wrong.password];
    const sent = ['khách-lạ', 'bí-mật', 'Nguy', 'minPosition', encodeURIComponent('Thủ tục'), 'Bearer'];
    for (const personal of [...tokens, ...named, ...texts, ...sent].map(String)) {
      expect(personal).not.toBe('');
      expect(everything).not.toContain(personal);
    }
  });
});
