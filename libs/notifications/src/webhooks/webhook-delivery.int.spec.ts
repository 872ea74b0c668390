import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import type { NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { migrateIdentity } from '#identity';
import { Clock } from '#platform';
import { register } from '#procedures';
import { tasks } from '#worklist';
import { openFollowed } from '../../../../test/support/log-installation.js';
import type { FollowedInstallation } from '../../../../test/support/log-installation.js';
import { verified, WebhookReceiver } from '../../../../test/support/webhook-receiver.js';
import { migrateNotifications } from '../migrate.js';
import { deliveryPlan } from './delivery-plan.js';
import { Sender } from './send.js';
import { WebhookDeliveries } from './webhook-deliveries.js';
import type { WebhookDelivery } from './webhook-deliveries.js';
import { webhookDelivery } from './webhook-delivery.js';
import { WebhookHosts } from './webhook-hosts.js';
import { Webhooks } from './webhooks.js';
import type { WebhookFields } from './webhooks.js';

/** Stands at the time that it is set to; only differences matter here. */
class SetClock extends Clock {
  timeMs = Date.now();
  override now(): Date {
    return new Date(this.timeMs);
  }
}

const administrator = randomUUID();
const timeoutMs = 4_000;
const dayMs = 86_400_000;

const stored = (type: string, data: object): NewEvent => ({ ...anEvent(data), type });
const registered = (more: object = {}): NewEvent =>
  stored('ProcedureRegistered', {
    ...{ title: 'Thủ tục kín đáo', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: administrator, parts: {} },
    ...{ definition: { id: 'internal', version: 1 }, stage: 'registered', occurredOn: '2026-01-05', ...more },
  });

describe.each([['embedded'], ['on a server']])('Webhooks, %s', (where) => {
  let installation: FollowedInstallation;
  let receiver: WebhookReceiver;
  let hosts: WebhookHosts;
  let webhooks: Webhooks;
  let deliveries: WebhookDeliveries;
  const clock = new SetClock();
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    hosts = new WebhookHosts([receiver.host]);
    installation = await openFollowed(where, [tasks, register], async ({ database }) => {
      await migrateIdentity(database);
      await migrateNotifications(database);
    });
    const { database, store } = installation;
    webhooks = new Webhooks(database, store, clock);
    deliveries = new WebhookDeliveries(database, store, clock, new Sender({ clock, hosts, timeoutMs }));
  });
  afterAll(async () => {
    await installation.close();
    await receiver.stop();
  });

  /** One that is told on a path of its own. */
  const webhookAt = async (
    path: string,
    fields: Partial<WebhookFields> = {},
  ): Promise<{ readonly id: string; readonly secret: string }> => {
    const order = { by: administrator, commandId: randomUUID(), requestHash: 'a' };
    const { webhook, secret } = await webhooks.make(
      randomUUID(),
      { url: `http://${receiver.host}${path}`, events: 'all', ...fields },
      order,
    );
    return { id: webhook.id, secret };
  };
  const append = async (stream: string, ...events: readonly NewEvent[]): Promise<void> => {
    const { position } = await installation.store.append(stream, events, { expected: ANY });
    expect(await installation.processors.waitFor(position, 20_000)).toBe(true);
  };
  const suspension = (): NewEvent => stored('ProcedureSuspended', { stage: 'published', reason: 'x', occurredOn: '2026-01-06' });
  /** A procedure that everybody may know, with as many events. */
  const happen = async (many: number): Promise<string> => {
    const procedure = randomUUID();
    await append(`procedure-${procedure}`, registered(), ...Array.from({ length: many - 1 }, suspension));
    return procedure;
  };
  const reached = (position: bigint, waitMs: number): Promise<boolean> => installation.processors.waitFor(position, waitMs);
  const reaction = (plan = deliveryPlan): { readonly round: () => Promise<void>; readonly stop: () => void } => {
    const { database, store } = installation;
    const stop = new AbortController();
    const delivery = webhookDelivery({ database, store, clock, hosts, plan, timeoutMs });
    return {
      round: async () => {
        await delivery.round({ signal: stop.signal, reached });
        await delivery.settled?.();
      },
      stop: () => stop.abort(),
    };
  };
  const listed = async (webhook: string): Promise<readonly WebhookDelivery[]> => (await deliveries.list(webhook, { limit: 200 })).items;
  const statusesOf = ({ attempts }: WebhookDelivery): readonly (number | null)[] => attempts.map(({ status }) => status);

  it('are told what comes after they were made, in order, signed, without any text', async () => {
    await happen(2);
    const { id, secret } = await webhookAt('/ok');
    const some = await webhookAt('/some', { events: ['ProcedureSuspended'] });
    const procedure = await happen(3);
    await reaction().round();
    const bodies = receiver.at('/ok').map((message) => verified(message, secret));
    expect(bodies.map(({ type, data }) => [type, data['procedure'], data['revision']])).toEqual([
      ['ProcedureRegistered', procedure, 0],
      ['ProcedureSuspended', procedure, 1],
      ['ProcedureSuspended', procedure, 2],
    ]);
    expect(receiver.at('/some')).toHaveLength(2);
    expect(JSON.stringify(receiver.messages)).not.toContain('kín đáo');
    expect((await listed(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
    await Promise.all([id, some.id].map((one) => webhooks.remove(one, administrator)));
  });

  it('are told nothing of a procedure that is classified, whatever happens to it', async () => {
    const { id } = await webhookAt('/silent');
    const golden = readdirSync('libs/procedures/src/golden')
      .map((file) => JSON.parse(readFileSync(`libs/procedures/src/golden/${file}`, 'utf8')) as { event: { type: string; data: object } })
      .filter(({ event }) => event.type !== 'ProcedureRegistered');
    const everythingHappens = async (classification: string): Promise<void> => {
      const procedure = randomUUID();
      await append(
        `procedure-${procedure}`,
        registered({ classification }),
        ...golden.map(({ event: { type, data } }) => stored(type, data)),
      );
      for (const type of ['DeadlineWarned', 'DeadlineMissed', 'DeadlineEscalated'])
        await append(`deadline-${procedure}`, stored(type, { rule: 'x', action: 'x', dueAt: '2026-01-05T00:00:00Z' }));
      const asked = { procedure, by: administrator, units: [administrator], question: 'x', dueOn: '2030-12-31' };
      await append(
        `inquiry-${randomUUID()}`,
        stored('ConsultationOpened', asked),
        stored('InquiryReminded', { units: [administrator], occasion: 'asked', on: '2026-01-05' }),
        stored('InquiryAnswered', { unit: administrator, answer: 'x' }),
        stored('InquiryClosed', {}),
      );
    };
    for (const classification of ['confidential', 'secret', 'topSecret']) await everythingHappens(classification);
    // Nor of an answer of which nobody knows what it is about.
    await append(`inquiry-${randomUUID()}`, stored('InquiryAnswered', { unit: administrator, answer: 'x' }));
    await reaction().round();
    expect(await listed(id)).toEqual([]);
    expect(receiver.at('/silent')).toEqual([]);
    await everythingHappens('none');
    await reaction().round();
    expect(receiver.at('/silent')).toHaveLength(1 + golden.length + 3 + 4);
    await webhooks.remove(id, administrator);
  });

  it('are each sent to by themselves, however the others answer', async () => {
    const large = 'x'.repeat(5_000_000);
    receiver.answers.set('/twice', (response, before) => response.writeHead(before === 0 ? 500 : 200).end('not\u0000now'));
    receiver.answers.set('/hangs', () => undefined);
    receiver.answers.set('/closes', (response) => response.destroy());
    receiver.answers.set('/moved', (response) => response.writeHead(307, { location: `http://${receiver.host}/elsewhere` }).end());
    receiver.answers.set('/large', (response) => response.writeHead(200).end(large));
    receiver.answers.set('/gone', (response) => response.writeHead(410).end());
    const paths = ['/good', '/twice', '/hangs', '/closes', '/moved', '/large', '/gone'] as const;
    const made = await Promise.all(paths.map(async (path) => [path, (await webhookAt(path)).id] as const));
    const id = Object.fromEntries(made) as Readonly<Record<(typeof paths)[number], string>>;
    await happen(1);
    await reaction().round();
    const [first = 0] = deliveryPlan.retryAfterMs;
    clock.timeMs += 1.3 * first + 2 * timeoutMs;
    await reaction().round();
    const outcome = async (path: (typeof paths)[number]): Promise<unknown> =>
      (await listed(id[path])).map((one) => [one.state, statusesOf(one), one.attempts.at(-1)?.error ?? null]);
    expect(await outcome('/good')).toEqual([['delivered', [204], null]]);
    expect(await outcome('/twice')).toEqual([['delivered', [500, 200], null]]);
    expect((await listed(id['/twice']))[0]?.attempts[0]?.error).toBe('not now');
    expect(new Set(receiver.at('/twice').map((message) => message.id)).size).toBe(1);
    expect(await outcome('/hangs')).toEqual([['pending', [null, null], `There was no answer within ${String(timeoutMs)} ms.`]]);
    expect(await outcome('/closes')).toEqual([['pending', [null, null], expect.any(String)]]);
    expect(await outcome('/moved')).toEqual([['pending', [307, 307], 'It answered 307.']]);
    expect(receiver.at('/elsewhere')).toEqual([]);
    expect(await outcome('/large')).toEqual([['delivered', [200], null]]);
    expect(await outcome('/gone')).toEqual([['failed', [410], 'It answered 410.']]);
    expect(await webhooks.find(id['/gone'])).toMatchObject({ enabled: false, disabledBecause: 'gone' });
    for (const path of paths) await webhooks.remove(id[path], administrator);
  });

  it('are sent to ten times over some days, and then no more', async () => {
    receiver.answers.set('/dead', (response) => response.writeHead(503).end());
    const { id } = await webhookAt('/dead');
    await happen(1);
    const { round } = reaction({ ...deliveryPlan, disableAfterMs: 30 * dayMs });
    for (const retryAfterMs of [...deliveryPlan.retryAfterMs, 0]) {
      await round();
      clock.timeMs += 1.3 * retryAfterMs + 1_000;
    }
    const [failed] = await listed(id);
    expect([failed?.state, failed?.attempts.length, failed?.nextAttemptAt]).toEqual(['failed', 10, null]);
    // However often somebody has it sent again, the last fifty attempts are kept.
    for (let time = 0; time < 45; time++) {
      await deliveries.retry(id, failed?.id ?? '');
      clock.timeMs += 1_000;
      await round();
    }
    expect((await listed(id)).map(({ attempts }) => attempts.length)).toEqual([50]);
    expect(statusesOf((await listed(id))[0] as WebhookDelivery).at(-1)).toBe(503);
    await happen(1);
    clock.timeMs += 31 * dayMs;
    await round();
    expect(await webhooks.find(id)).toMatchObject({ enabled: false, disabledBecause: 'failing' });
    receiver.answers.delete('/dead');
    await happen(1);
    await webhooks.change(id, { enabled: true }, administrator);
    expect(await webhooks.find(id)).toMatchObject({ enabled: true, disabledBecause: null, failingSince: null });
    await webhooks.remove(id, administrator);
  });

  it.each<readonly [string, string, (nowMs: number) => string, number, number]>([
    ['seconds', 'seconds', () => '600', 429, 600_000],
    ['an HTTP date', 'date', (nowMs) => new Date(nowMs + 601_000).toUTCString(), 503, 600_000],
    ['more than a day', 'absurd', () => '9'.repeat(400), 429, dayMs],
    ['what is no time', 'nonsense', () => '-5, 1e9', 503, 0],
  ])(
    'are left alone for as long as a receiver asks: %s',
    async (_, name, header, status, pauseMs) => {
      const path = `/pauses-${name}`;
      receiver.answers.set(path, (response, before) =>
        before === 0 ? response.writeHead(status, { 'retry-after': header(clock.timeMs) }).end() : response.writeHead(204).end(),
      );
      const { id } = await webhookAt(path);
      const other = await webhookAt(`${path}-other`);
      await happen(1);
      const { round } = reaction();
      await round();
      const startMs = clock.timeMs;
      await happen(1);
      if (pauseMs > 0) {
        clock.timeMs = startMs + pauseMs - 1_000;
        await round();
        expect(receiver.at(path)).toHaveLength(1);
      }
      expect(receiver.at(`${path}-other`)).toHaveLength(pauseMs > 0 ? 2 : 1);
      clock.timeMs = startMs + pauseMs + 2 * timeoutMs;
      await round();
      expect(receiver.at(path)).toHaveLength(3);
      await Promise.all([id, other.id].map((one) => webhooks.remove(one, administrator)));
    },
    60_000,
  );

  it('are sent to in a pause when an administrator wants it', async () => {
    receiver.answers.set('/eager', (response, before) =>
      before < 2 ? response.writeHead(429, { 'retry-after': '7200' }).end() : response.writeHead(204).end(),
    );
    const { id } = await webhookAt('/eager');
    await happen(1);
    const { round } = reaction();
    await round();
    const [message] = await listed(id);
    expect(Date.parse(message?.nextAttemptAt ?? '')).toBeGreaterThanOrEqual(clock.timeMs + 7_200_000);
    await deliveries.retry(id, message?.id ?? '');
    await round();
    expect(receiver.at('/eager')).toHaveLength(2);
    await webhooks.change(id, { description: 'x' }, administrator);
    clock.timeMs += 2 * timeoutMs;
    await round();
    expect(receiver.at('/eager')).toHaveLength(3);
    await webhooks.remove(id, administrator);
  });

  it('are sent it again under the same id when a process was killed after sending', async () => {
    const { id } = await webhookAt('/killed');
    await happen(2);
    const killed = reaction();
    receiver.answers.set('/killed', (response) => {
      killed.stop();
      response.writeHead(204).end();
    });
    await killed.round();
    receiver.answers.delete('/killed');
    await reaction().round();
    const ids = receiver.at('/killed').map((one) => one.id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(2);
    expect((await listed(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    await webhooks.remove(id, administrator);
  });

  it('are sent it again when an administrator wants it, with the same ids, and for a month', async () => {
    const { id } = await webhookAt('/again');
    await happen(3);
    await reaction().round();
    const [newest, second] = await listed(id);
    expect(await deliveries.retry(id, newest?.id ?? '')).toBe(true);
    expect(await deliveries.retry(randomUUID(), newest?.id ?? '')).toBe(false);
    await reaction().round();
    expect(await deliveries.replay(id, { position: BigInt(second?.position ?? 0) - 1n })).not.toBeNull();
    await reaction().round();
    const ids = receiver.at('/again').map((one) => one.id);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(3);
    expect(ids.slice(3)).toEqual([newest?.id, second?.id, newest?.id]);
    const { items, nextCursor } = await deliveries.list(id, { limit: 2 });
    const next = await deliveries.list(id, { limit: 2, cursor: nextCursor ?? '' });
    expect([...items, ...next.items].map((one) => one.id)).toEqual([...new Set(ids)].reverse());
    clock.timeMs += 31 * dayMs;
    await reaction().round();
    expect(await listed(id)).toEqual([]);
    await webhooks.remove(id, administrator);
  });
});
