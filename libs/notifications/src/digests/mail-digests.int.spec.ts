import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import { anEvent } from '#event-store/testing';
import type { Person } from '#identity';
import { Clock, dateInVietnam } from '#platform';
import { NotAllDone } from '#processors';
import { Calendars, WorkingDays } from '#workflow';
import { MailServer } from '../../../../test/support/mail-server.js';
import { openNotified, type NotifiedInstallation } from '../../../../test/support/notified-installation.js';
import { claimDelivery, listDeliveries } from './deliveries.js';
import type { Delivery } from './deliveries.js';
import { mailDigests } from './mail-digests.js';
import { MailPreferences, NoMail, TooManyCodes } from './mail-settings.js';
import { NotSent } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

/** Stands at the time that it is set to: some days after the real one, by which events are recorded. */
class SetClock extends Clock {
  time = new Date().toISOString();
  override now(): Date {
    return new Date(this.time);
  }
}

const publicUrl = 'https://tinhgon.example';
const from = 'Tinh Gọn <tinhgon@example.vn>';

describe.each([['embedded'], ['on a server']] as const)('Digests by mail, %s', (where) => {
  let installation: NotifiedInstallation<SetClock>;
  let mail: MailServer;
  let preferences: MailPreferences;
  let days: WorkingDays;
  let day = dateInVietnam(new Date());
  beforeAll(async () => {
    mail = await MailServer.start();
    installation = await openNotified(where, new SetClock());
    preferences = new MailPreferences(installation.database, mailer());
    days = new WorkingDays((await new Calendars(installation.store).find('vn')).calendar);
  });
  beforeEach(() => {
    mail.mails.length = 0;
    mail.refuses = null;
    mail.breaks = false;
  });
  afterAll(async () => {
    await installation.close();
    await mail.stop();
  });

  const mailer = (smtpUrl = mail.url): SmtpMailer => new SmtpMailer({ smtpUrl, from, publicUrl });
  const person = (username: string): Person => installation.person(username);
  const codeTo = (address: string): string => /\d{8}/.exec(mail.to(address).at(-1)?.body ?? '')?.[0] ?? '';
  const subscribe = async (username: string, digest: 'daily' | 'hourly' = 'daily'): Promise<string> => {
    const address = `${username}.${randomUUID().slice(0, 8)}@example.vn`;
    await installation.database.pool.query('DELETE FROM notifications.confirmations WHERE person = $1', [person(username).id]);
    await preferences.change(person(username).id, { email: address, digest });
    expect(await preferences.confirm(person(username).id, codeTo(address))).toBe(true);
    return address;
  };
  /** The unit of that officer is asked something. */
  const ask = async (username: string, more: object = {}): Promise<string> => {
    const [procedure, position] = await asked(username, more);
    expect(await installation.processors.waitFor(position, 20_000)).toBe(true);
    return procedure;
  };
  /** Answers the procedure, and where the log says so; views may be behind. */
  const asked = async (username: string, more: object = {}): Promise<readonly [string, bigint]> => {
    const { store } = installation;
    const [officer, procedure] = [person('navy.officer1'), randomUUID()];
    const registration = {
      ...{ title: `Thủ tục ${procedure}`, kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: officer.unit, parts: {} },
      ...{ definition: { id: 'internal', version: 1 }, stage: 'registered', occurredOn: '2026-01-05', ...more },
    };
    const question = { procedure, by: officer.unit, units: [person(username).unit], question: 'x', dueOn: '2030-12-31' };
    await store.append(`procedure-${procedure}`, [{ ...anEvent(registration), type: 'ProcedureRegistered' }], { expected: ANY });
    const opened = { ...anEvent(question), type: 'ConsultationOpened' };
    const { position } = await store.append(`inquiry-${randomUUID()}`, [opened], { expected: ANY });
    return [procedure, position];
  };
  /** One round; answers what it says of what it could not do. */
  const round = async (by = mailer()): Promise<string | null> => {
    const calendars = new Calendars(installation.store);
    const reaction = mailDigests({ ...installation, calendars, mailer: by, publicUrl });
    const { view, beside = [] } = reaction;
    const reached = (position: bigint, timeoutMs: number): Promise<boolean> =>
      installation.processors.waitFor(position, timeoutMs, [view, ...beside]);
    try {
      await reaction.round({ signal: new AbortController().signal, reached });
      return null;
    } catch (error) {
      if (error instanceof NotAllDone) return error.message;
      throw error;
    }
  };
  const deliveries = async (username: string): Promise<readonly Delivery[]> =>
    (await listDeliveries(installation.database, { person: person(username).id, limit: 200 })).items;
  /** Half past seven on the next working day that no other test has. */
  const nextMorning = (): string => {
    day = days.after(day, 1);
    installation.clock.time = `${day}T00:30:00Z`;
    return day;
  };

  it('wait for the view that says what they are about', async () => {
    const { processors } = installation;
    const [address, period] = [await subscribe('unit2.officer1'), nextMorning()];
    await processors.pause('register');
    const [procedure, position] = await asked('unit2.officer1');
    expect(await processors.waitFor(position, 20_000, ['notifications'])).toBe(true);
    await round();
    expect(await deliveries('unit2.officer1')).toEqual([]);
    await processors.resume('register');
    expect(await processors.waitFor(position, 20_000)).toBe(true);
    await round();
    expect(await deliveries('unit2.officer1')).toMatchObject([{ period, state: 'sent' }]);
    expect(mail.to(address)[1]?.body).toContain(procedure);
  });

  it('go out in the morning with what is new, once, and not when there is nothing', async () => {
    const address = await subscribe('unit1.officer1');
    const [own, period] = [await ask('unit1.officer1'), nextMorning()];
    installation.clock.time = `${period}T00:29:00Z`;
    expect([await round(), mail.to(address).length]).toEqual([null, 1]);
    installation.clock.time = `${period}T00:30:00Z`;
    await Promise.all([round(), round(), round()]);
    const [, digest, ...more] = mail.to(address);
    expect(more).toEqual([]);
    expect(digest?.body).toContain(`${publicUrl}/procedures/${own}`);
    expect(digest?.headers).toContain('Auto-Submitted: auto-generated');
    expect(digest?.headers).toMatch(/^Message-ID: <[0-9a-f-]{36}@tinhgon\.example>\r?$/m);
    expect(await deliveries('unit1.officer1')).toMatchObject([{ period, state: 'sent', attempts: 1, error: null }]);
    nextMorning();
    await round();
    expect(mail.to(address)).toHaveLength(2);
    await ask('unit1.officer1');
    nextMorning();
    await round();
    expect(mail.to(address)).toHaveLength(3);
    expect(mail.to(address)[2]?.body).not.toContain(own);
    expect(await deliveries('unit1.officer1')).toHaveLength(2);
  });

  it('leave out what was read, and count what is classified without a word of it', async () => {
    const [own, other] = [person('unit1.officer2'), person('unit2.officer2')];
    const [address, uncleared] = [await subscribe('unit1.officer2'), await subscribe('unit2.officer2')];
    const read = await ask('unit1.officer2');
    const { items } = await installation.inbox.list(own, { unread: true, limit: 200 });
    await installation.inbox.markRead(own, { ids: items.map(({ id }) => id) });
    const title = 'Thủ tục kín đáo';
    const kept = [await ask('unit1.officer2', { classification: 'confidential', title })];
    kept.push(await ask('unit2.officer2', { classification: 'confidential', title }));
    expect((await installation.inbox.list(other, { unread: true, limit: 200 })).items.map(({ title: one }) => one)).not.toContain(title);
    nextMorning();
    await round();
    const [, digest] = mail.to(address);
    expect(digest?.body).toContain('1 việc mật: đăng nhập để xem.');
    for (const secret of [read, title, ...kept]) expect(`${digest?.headers ?? ''}${digest?.body ?? ''}`).not.toContain(secret);
    expect(mail.to(uncleared)).toHaveLength(1);
  });

  it('go to others while the mail server refuses one, who is tried again', async () => {
    const [address, refused] = [await subscribe('unit1.officer1'), await subscribe('unit1.officer2')];
    await ask('unit1.officer1');
    const period = nextMorning();
    mail.refuses = { text: refused, code: 450 };
    expect(await round()).toBe('1 digests could not be mailed and are tried again (EENVELOPE 450).');
    expect([mail.to(address).length, mail.to(refused).length]).toEqual([2, 1]);
    expect(await deliveries('unit1.officer2')).toMatchObject([{ period, state: 'failed', attempts: 1, error: 'EENVELOPE 450' }, {}]);
    mail.refuses = null;
    expect(await round()).not.toBeNull();
    expect(mail.to(refused)).toHaveLength(1);
    installation.clock.time = installation.clock.time.replace('00:30', '00:31');
    expect(await round()).toBeNull();
    expect(mail.to(refused)).toHaveLength(2);
    expect((await deliveries('unit1.officer2'))[0]).toMatchObject({ state: 'sent', attempts: 2, error: null });

    await ask('unit1.officer2');
    nextMorning();
    mail.refuses = { text: refused, code: 450 };
    expect(await round()).not.toBeNull();
    const { items } = await installation.inbox.list(person('unit1.officer2'), { unread: true, limit: 1 });
    await installation.inbox.markRead(person('unit1.officer2'), { upTo: items[0]?.position });
    installation.clock.time = installation.clock.time.replace('00:30', '00:31');
    expect(await round()).toBeNull();
    expect((await deliveries('unit1.officer2'))[0]).toMatchObject({ state: 'given-up', attempts: 1 });

    await ask('unit1.officer2');
    nextMorning();
    mail.refuses = { text: refused, code: 550 };
    expect(await round()).toBeNull();
    expect((await deliveries('unit1.officer2'))[0]).toMatchObject({ state: 'given-up', error: 'EENVELOPE 550' });
  });

  it('are tried again where nobody takes them, until their period is over', async () => {
    await subscribe('unit2.officer1');
    await ask('unit2.officer1');
    nextMorning();
    const nobody = mailer('smtp://127.0.0.1:1');
    expect(await round(nobody)).toMatch(/^\d digests could not be mailed and are tried again \(ESOCKET ECONNREFUSED\)\.$/);
    nextMorning();
    expect(await round()).toBeNull();
    expect((await deliveries('unit2.officer1')).slice(0, 2).map(({ state }) => state)).toEqual(['sent', 'given-up']);
  });

  it('are not sent again when the line or the process breaks in between', async () => {
    const address = await subscribe('unit2.officer1', 'hourly');
    await ask('unit2.officer1');
    const period = `${nextMorning()}T07`;
    mail.breaks = true;
    await round();
    mail.breaks = false;
    expect((await deliveries('unit2.officer1'))[0]).toMatchObject({ period, state: 'unknown' });
    await round();
    expect(mail.to(address)).toHaveLength(2);
    // What it is not known to have told is in the next one.
    installation.clock.time = installation.clock.time.replace('T00:30', 'T01:00');
    const { clock, database } = installation;
    const due = { person: person('unit2.officer1').id, email: address, since: new Date(0), period: `${period.slice(0, 10)}T08` };
    expect(await claimDelivery(database, due, clock.now())).toBe(1);
    expect(await claimDelivery(database, due, clock.now())).toBeNull();
    await round();
    expect(mail.to(address)).toHaveLength(2);
    clock.time = clock.time.replace('T01:00', 'T02:00');
    await round();
    expect(mail.to(address)).toHaveLength(3);
    expect((await deliveries('unit2.officer1')).slice(0, 2).map(({ state }) => state)).toEqual(['sent', 'unknown']);
  });

  it('go to no address that was not confirmed by the code that was mailed there', async () => {
    const { id } = person('navy.officer2');
    const address = 'chua.xac.nhan@example.vn';
    expect(await preferences.find(id)).toEqual({ email: null, unconfirmed: null, digest: 'off' });
    expect(await preferences.change(id, { email: address, digest: 'hourly' })).toEqual({
      email: null,
      unconfirmed: address,
      digest: 'hourly',
    });
    const code = codeTo(address);
    const wrong = code === '00000000' ? '00000001' : '00000000';
    for (let tries = 0; tries < 5; tries++) expect(await preferences.confirm(id, wrong)).toBe(false);
    expect(await preferences.confirm(id, code)).toBe(false);
    for (let codes = 1; codes < 5; codes++) await preferences.change(id, { email: address, digest: 'hourly' });
    await expect(preferences.change(id, { email: address, digest: 'hourly' })).rejects.toThrow(TooManyCodes);
    expect(await preferences.confirm(id, codeTo(address))).toBe(true);
    expect(await preferences.confirm(id, codeTo(address))).toBe(false);
    expect(await preferences.find(id)).toEqual({ email: address, unconfirmed: null, digest: 'hourly' });
    expect(await preferences.change(id, { email: null, digest: 'off' })).toEqual({ email: null, unconfirmed: null, digest: 'off' });
    await expect(new MailPreferences(installation.database, null).change(id, { email: address, digest: 'off' })).rejects.toThrow(NoMail);
  });

  it('go out from the next hour or morning on to whoever confirms an address', async () => {
    installation.clock.time = new Date().toISOString();
    const [daily, hourly] = [await subscribe('unit1.officer1'), await subscribe('unit2.officer1', 'hourly')];
    const [own, other] = [await ask('unit1.officer1'), await ask('unit2.officer1')];
    const counts = (): readonly number[] => [mail.to(daily).length, mail.to(hourly).length];
    await round();
    expect(counts()).toEqual([1, 1]);
    installation.clock.time = new Date(Date.now() + 3_600_000).toISOString();
    await round();
    expect(mail.to(hourly)[1]?.body).toContain(other);
    nextMorning();
    await round();
    expect(mail.to(daily)[1]?.body).toContain(own);
    expect(counts()).toEqual([2, 2]);
  });

  it('wait for no server that says a little now and then for ever', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      socket.write('220 here\r\n');
      const trickle = setInterval(() => socket.write('250-still here\r\n'), 50);
      socket.on('close', () => clearInterval(trickle));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const config = { smtpUrl: `smtp://127.0.0.1:${String(port)}`, from: 'tinhgon@example.vn', publicUrl: 'https://tinhgon.example' };
    const one = { to: 'an@example.vn', subject: 'x', text: 'x', html: 'x', id: randomUUID() };
    await expect(new SmtpMailer(config, 500).send(one)).rejects.toThrow(NotSent);
    const stop = new AbortController();
    const sent = new SmtpMailer(config).send(one, stop.signal);
    stop.abort();
    await expect(sent).rejects.toThrow(NotSent);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('put nothing into headers that an address brings along', async () => {
    for (const to of ['an@example.vn\r\nBcc: binh@example.vn', 'an@example.vn, binh@example.vn', 'An <an@example.vn>, binh@example.vn']) {
      const before = mail.mails.length;
      await mailer()
        .send({ to, subject: 'x', text: 'x', html: 'x', id: randomUUID() })
        .catch((error: unknown) => expect(error).toBeInstanceOf(NotSent));
      for (const { to: reached, headers } of mail.mails.slice(before)) {
        expect(reached).toHaveLength(1);
        expect(headers).not.toMatch(/^Bcc:/im);
      }
    }
  });
});
