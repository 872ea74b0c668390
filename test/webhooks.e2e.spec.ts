import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from './support/app.js';
import { Caller, decision, goodReview, order, proposal, registration, signInAs, type Problem } from './support/client.js';
import { verified, WebhookReceiver, type ReceivedMessage } from './support/webhook-receiver.js';

const webhooks = '/api/v1/webhooks';

interface Webhook {
  readonly id: string;
  readonly enabled: boolean;
  readonly events: readonly string[] | 'all';
  readonly secret?: string;
}
interface Deliveries {
  readonly items: readonly { readonly id: string; readonly type: string; readonly position: string; readonly state: string }[];
}

describe('Webhooks over HTTP', () => {
  let app: StartedApp;
  let receiver: WebhookReceiver;
  let administrator: Caller;
  let officer: Caller;
  let authority: Caller;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    app = await startApp({ env: { WEBHOOK_HOSTS: receiver.host } });
    administrator = await signInAs(app.url, 'administrator', 'service');
    officer = await signInAs(app.url, 'officer', 'service');
    authority = await signInAs(app.url, 'authority', 'service');
  });
  afterAll(async () => {
    await app.stop();
    await receiver.stop();
  });

  const make = async (path: string, more: object = {}): Promise<{ readonly id: string; readonly secret: string }> => {
    const { status, body } = await administrator.post<Webhook>(webhooks, { url: `http://${receiver.host}${path}`, events: 'all', ...more });
    expect(status).toBe(201);
    return { id: body.id, secret: body.secret ?? '' };
  };
  const published = async (more: object = {}): Promise<string> => {
    const { id } = await order(officer, 'procedures', { ...registration(officer), ...more });
    await order(officer, `procedures/${id}/actions/review`, goodReview);
    await order(officer, `procedures/${id}/actions/propose`, proposal);
    await order(authority, `procedures/${id}/actions/publish`, { decision });
    return id;
  };
  /** What came to the path, once there is so much. */
  const arrived = async (path: string, many: number): Promise<readonly ReceivedMessage[]> => {
    for (const deadline = Date.now() + 30_000; receiver.at(path).length < many;) {
      if (Date.now() > deadline) throw new Error(`Only ${String(receiver.at(path).length)} of ${String(many)} came within 30 s.`);
      await new Promise((done) => setTimeout(done, 100));
    }
    return receiver.at(path);
  };

  it('are told of what happens, signed, and of nothing that is classified', async () => {
    const { id, secret } = await make('/all');
    const some = await make('/some', { events: ['ProcedurePublished'], description: 'Cổng khác' });
    await published({ classification: 'confidential', title: 'Thủ tục kín' });
    const procedure = await published();
    const [message] = await arrived('/some', 1);
    const unit = officer.person?.unit.id;
    expect(message && verified(message, some.secret)).toMatchObject({
      type: 'ProcedurePublished',
      data: { procedure, revision: 3, stage: 'published', kind: 'internal', group: 'D', owningUnit: unit },
    });
    const notices = (await arrived('/all', 4)).map((one) => verified(one, secret));
    expect(notices.map(({ type }) => type)).toEqual([
      'ProcedureRegistered',
      'ProcedureReviewed',
      'PublicationProposed',
      'ProcedurePublished',
    ]);
    expect(new Set(notices.map(({ data }) => data['procedure']))).toEqual(new Set([procedure]));
    expect(() => message && verified(message, secret)).toThrow();

    const sent = (): Promise<Deliveries> =>
      administrator.get<Deliveries>(`${webhooks}/${id}/deliveries?state=delivered`).then(({ body }) => body);
    const { items } = await sent();
    expect(items.map(({ type }) => type).reverse()).toEqual(notices.map(({ type }) => type));
    const replayed = await administrator.post(`${webhooks}/${id}/replay`, { since: items[1]?.position });
    expect(replayed).toMatchObject({ status: 202, body: { position: items[1]?.position } });
    expect((await arrived('/all', 5)).at(-1)?.id).toBe(items[0]?.id);
    expect((await administrator.post(`${webhooks}/${id}/deliveries/${items[3]?.id ?? ''}/retry`, {})).status).toBe(202);
    expect((await arrived('/all', 6)).at(-1)?.id).toBe(items[3]?.id);
    expect(receiver.at('/some')).toHaveLength(1);
  });

  it('are made, tried, given another secret, changed and removed, and auditors see by whom', async () => {
    const { id, secret } = await make('/tried');
    const tried = await administrator.post(`${webhooks}/${id}/test`, {});
    expect(tried).toMatchObject({ status: 200, body: { delivered: true, status: 204, error: null } });
    const rotated = await administrator.post<{ secret: string }>(`${webhooks}/${id}/rotate-secret`, {});
    await administrator.post(`${webhooks}/${id}/test`, {});
    const [before, after] = receiver.at('/tried');
    if (!before || !after) throw new Error('The tests did not arrive.');
    expect(verified(before, secret)).toMatchObject({ type: 'webhook.test', data: { webhook: id } });
    for (const one of [secret, rotated.body.secret]) expect(verified(after, one).type).toBe('webhook.test');
    expect(() => verified(before, rotated.body.secret)).toThrow();

    const changed = await administrator.send<Webhook>(
      'PATCH',
      `${webhooks}/${id}`,
      '{ "enabled": false, "events": ["ProcedureSuspended"] }',
    );
    expect(changed).toMatchObject({ status: 200, body: { enabled: false, events: ['ProcedureSuspended'] } });
    const replayed = await administrator.post<Problem>(`${webhooks}/${id}/replay`, { since: '0' });
    expect(replayed).toMatchObject({ status: 409, body: { code: 'webhook-disabled' } });
    const listed = await administrator.get(webhooks);
    expect(JSON.stringify([changed.body, listed.body])).not.toContain('whsec_');
    expect((await administrator.send('DELETE', `${webhooks}/${id}`)).status).toBe(204);
    expect((await administrator.get(`${webhooks}/${id}`)).status).toBe(404);
    const { body } = await administrator.get<{ items: readonly { type: string; subject: string | null }[] }>(
      '/api/v1/security-events?limit=50',
    );
    expect(body.items.filter(({ subject }) => subject === id).map(({ type }) => type)).toEqual([
      'WebhookRemoved',
      'WebhookChanged',
      'WebhookSecretRotated',
      'WebhookMade',
    ]);
    expect(app.stdout() + app.stderr()).not.toContain('whsec_');
  });

  it('come once when they are made twice under one key', async () => {
    const [body, key] = [{ url: `http://${receiver.host}/once`, events: 'all' }, randomUUID()];
    const made = (more: object = {}): Promise<{ readonly status: number; readonly body: Webhook & Problem }> =>
      administrator.post(webhooks, { ...body, ...more }, { 'idempotency-key': key });
    const [first, second] = [await made(), await made()];
    expect([first.status, second.body]).toEqual([201, first.body]);
    expect(first.body.secret).toMatch(/^whsec_/);
    expect((await made({ events: ['ProcedureSuspended'] })).body.code).toBe('key-reused');
  });

  it('are for administrators, and lead nowhere but to hosts that the operator has named', async () => {
    const { id } = await make('/guarded');
    const url = `http://${receiver.host}/guarded`;
    for (const refused of [
      officer.get(webhooks),
      officer.post(webhooks, { url, events: 'all' }),
      officer.get(`${webhooks}/${id}`),
      officer.send('PATCH', `${webhooks}/${id}`, '{ "enabled": false }'),
      officer.send('DELETE', `${webhooks}/${id}`),
      officer.post(`${webhooks}/${id}/rotate-secret`, {}),
      officer.post(`${webhooks}/${id}/test`, {}),
      officer.get(`${webhooks}/${id}/deliveries`),
      officer.post(`${webhooks}/${id}/replay`, { since: '1' }),
    ])
      expect(await refused).toMatchObject({ status: 403, body: { code: 'not-authorised' } });
    for (const elsewhere of ['http://127.0.0.1:1/', 'https://example.com/', 'http://169.254.169.254/', 'file:///etc/passwd', 'x']) {
      const made = await administrator.post<Problem>(webhooks, { url: elsewhere, events: 'all' });
      expect([elsewhere, made.status, made.body.errors?.[0]?.path]).toEqual([elsewhere, 400, 'url']);
      const changed = await administrator.send<Problem>('PATCH', `${webhooks}/${id}`, JSON.stringify({ url: elsewhere }));
      expect([elsewhere, changed.status]).toEqual([elsewhere, 400]);
    }
    for (const wrong of [{ url }, { url, events: [] }, { url, events: ['PersonRegistered'] }, { url, events: 'all', more: 1 }])
      expect((await administrator.post<Problem>(webhooks, wrong)).body.code).toBe('invalid-body');
    for (const since of ['yesterday', '-1', 1, null])
      expect((await administrator.post<Problem>(`${webhooks}/${id}/replay`, { since })).body.code).toBe('invalid-body');
    expect((await administrator.get<Problem>(`${webhooks}/${id}/deliveries?state=sent`)).body.code).toBe('invalid-query');
  });

  it('are off where no host is named', async () => {
    const without = await startApp();
    try {
      const { status, body } = await (
        await signInAs(without.url, 'administrator', 'service')
      ).post<Problem>(webhooks, {
        url: `http://${receiver.host}/`,
        events: 'all',
      });
      expect([status, body.code]).toEqual([409, 'webhooks-off']);
    } finally {
      await without.stop();
    }
  });
});
