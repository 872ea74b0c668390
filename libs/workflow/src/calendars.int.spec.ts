import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyReused, PostgresEventStore, RevisionConflict } from '#event-store';
import { someMetadata } from '#event-store/testing';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { startPostgres } from '../../../test/support/postgres-server.js';
import type { PostgresServer } from '../../../test/support/postgres-server.js';
import { CalendarNotFound, Calendars, InvalidCalendar, initialCalendars } from './calendars.js';
import { WorkingDays } from './calendar.js';

describe('Calendars', () => {
  let server: PostgresServer;
  let databases: readonly Database[];
  let stores: readonly [PostgresEventStore, PostgresEventStore];
  beforeAll(async () => {
    server = await startPostgres();
    databases = await Promise.all([1, 2].map(() => openDatabase({ url: server.url, dataDir: '' })));
    const [one, other] = await Promise.all(databases.map((database) => PostgresEventStore.open(database)));
    if (!one || !other) throw new Error('There are no stores.');
    stores = [one, other];
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await Promise.all(databases.map((database) => database.close()));
    await server.stop();
  });

  const content = { holidays: initialCalendars[0]?.holidays ?? [], workingDays: initialCalendars[0]?.workingDays ?? [] };
  const publishing = (change: object = {}): Parameters<Calendars['publish']>[0] => ({
    ...{ id: 'vn', content, reason: 'Chính phủ hoán đổi ngày làm việc', recompute: false },
    ...change,
  });

  it('are published once when two processes start at the same time, and again later', async () => {
    const both = stores.map((store) => new Calendars(store));
    await Promise.all(both.map((calendars) => calendars.publishInitial()));
    await both[0]?.publishInitial();
    for (const store of stores)
      expect(await store.read('calendar-vn')).toMatchObject([{ type: 'CalendarPublished', data: { calendar: initialCalendars[0] } }]);
  });

  it('get a next version, which another process reads at once, and keep the ones before', async () => {
    const [writer, reader] = [new Calendars(stores[0]), new Calendars(stores[1])];
    const holidays = [{ date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam' }, ...content.holidays];
    await writer.publish(publishing({ content: { ...content, holidays }, recompute: true }), { metadata: someMetadata() });
    const newest = await reader.find('vn');
    expect(newest).toMatchObject({ recompute: true, calendar: { version: 2, weekend: ['saturday', 'sunday'] } });
    expect(newest.calendar.holidays.map(({ date }) => date)).toEqual(newest.calendar.holidays.map(({ date }) => date).sort());
    const days = await reader.workingDays('vn');
    expect(days?.isWorkingDay('2026-11-24')).toBe(false);
    expect(await reader.workingDays('vn')).toBe(days);
    expect(await reader.workingDays('none')).toBeNull();
    const first = await reader.find('vn', 1);
    expect(new WorkingDays(first.calendar).isWorkingDay('2026-11-24')).toBe(true);
  });

  it('publish the same command once, and refuse another under its key', async () => {
    const calendars = new Calendars(stores[0]);
    const metadata = someMetadata(randomUUID());
    const first = await calendars.publish(publishing(), { metadata });
    const again = await calendars.publish(publishing(), { metadata });
    expect([again.revision, again.position, again.state?.version]).toEqual([first.revision, first.position, first.state?.version]);
    await expect(calendars.publish(publishing(), { metadata: { ...metadata, requestHash: 'other' } })).rejects.toThrow(KeyReused);
  });

  it('refuse a version that was made from an older one, and one that contradicts itself', async () => {
    const calendars = new Calendars(stores[0]);
    const { calendar, revision } = await calendars.find('vn');
    await expect(calendars.publish(publishing({ from: calendar.version - 1 }), { metadata: someMetadata() })).rejects.toThrow(
      RevisionConflict,
    );
    await expect(calendars.publish(publishing(), { metadata: someMetadata(), ifMatch: revision - 1 })).rejects.toThrow(RevisionConflict);
    await calendars.publish(publishing({ from: calendar.version }), { metadata: someMetadata(), ifMatch: revision });
    const twice = { ...content, holidays: [...content.holidays, ...content.holidays] };
    await expect(calendars.publish(publishing({ content: twice }), { metadata: someMetadata() })).rejects.toThrow(InvalidCalendar);
    await expect(calendars.publish(publishing({ id: 'other' }), { metadata: someMetadata() })).rejects.toThrow(InvalidCalendar);
  });

  it('are published with what is hardly right once it is confirmed, and say so', async () => {
    const calendars = new Calendars(stores[0]);
    const { calendar } = await calendars.find('vn');
    const empty = publishing({ content: { holidays: [], workingDays: [] } });
    await expect(calendars.publish(empty, { metadata: someMetadata() })).rejects.toMatchObject({
      unmet: expect.arrayContaining([expect.objectContaining({ code: 'year-without-holidays', path: 'holidays' })]),
    });
    expect((await calendars.find('vn')).calendar.version).toBe(calendar.version);
    await calendars.publish({ ...empty, confirm: ['year-without-holidays'] }, { metadata: someMetadata() });
    expect(await calendars.find('vn')).toMatchObject({ confirmed: ['year-without-holidays'], calendar: { holidays: [] } });
  });

  it('tell beforehand what is hardly right, confirmed or not, by its place in what was sent', async () => {
    const calendars = new Calendars(stores[0]);
    const { calendar } = await calendars.find('vn');
    const saturday = { date: '2026-10-10', name: 'Ngày truyền thống' };
    const command = publishing({ content: { ...content, holidays: [...content.holidays, saturday].reverse() } });
    const expected = { calendar: { version: calendar.version + 1 }, doubts: [{ code: 'holiday-on-weekend', path: 'holidays.0.date' }] };
    expect(await calendars.preview(command)).toMatchObject(expected);
    expect(await calendars.preview({ ...command, confirm: ['holiday-on-weekend'] })).toMatchObject(expected);
    expect((await calendars.find('vn')).calendar.version).toBe(calendar.version);
  });

  it('say so when there is no such calendar or version', async () => {
    const calendars = new Calendars(stores[0]);
    await expect(calendars.find('nothing')).rejects.toThrow(CalendarNotFound);
    await expect(calendars.find('vn', 999)).rejects.toThrow(CalendarNotFound);
  });
});
