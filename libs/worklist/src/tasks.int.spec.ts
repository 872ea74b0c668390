import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import type { NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { openFollowed } from '../../../test/support/log-installation.js';
import type { FollowedInstallation } from '../../../test/support/log-installation.js';
import { register } from '#procedures';
import { inquiriesAbout, listTasks } from './task-queries.js';
import type { Task } from './task-queries.js';
import { tasks } from './tasks.js';

const unitId = (nth: number): string => `11111111-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const [lead, one, two, three] = [unitId(1001), unitId(1), unitId(2), unitId(3)];
const fact = (type: string, stage: string, data: object = {}): NewEvent => ({
  ...anEvent({ ...data, occurredOn: '2026-01-05', stage }),
  type,
});
const registered = fact('ProcedureRegistered', 'registered', {
  ...{
    title: 'Thủ tục',
    kind: 'internal',
    group: 'D',
    field: 'f',
    owningUnit: lead,
    parts: {},
    definition: { id: 'internal', version: 1 },
  },
});
const assigned = (units: readonly string[]): NewEvent =>
  fact('ReviewAssigned', 'published', { units, dueOn: '2026-03-01', note: 'Rà soát quý I' });
const proposed = (type: string): NewEvent =>
  fact('OptionProposed', 'optionProposed', { optionId: randomUUID(), option: { type, content: 'x' } });
const corrected = (revision: number, changes: object): NewEvent =>
  fact('RecordCorrected', 'published', { revision, changes, reason: 'gõ nhầm' });
const implemented = fact('ProcedureSimplified', 'simplified', { optionId: randomUUID(), document: {} });

describe.each([['embedded'], ['on a server']])('Tasks, %s', (where) => {
  let installation: FollowedInstallation;
  beforeAll(async () => {
    installation = await openFollowed(where, [register, tasks]);
  });
  afterAll(() => installation.close());

  const append = async (stream: string, ...events: readonly NewEvent[]): Promise<void> => {
    const fresh = events.map((event) => ({ ...event, id: randomUUID() }));
    const { position } = await installation.store.append(stream, fresh, { expected: ANY });
    expect(await installation.processors.waitFor(position, 10_000)).toBe(true);
  };
  const given = async (...events: readonly NewEvent[]): Promise<string> => {
    const procedure = randomUUID();
    await append(`procedure-${procedure}`, registered, ...events);
    return procedure;
  };
  const consulted = async (procedure: string, units: readonly string[]): Promise<string> => {
    const id = randomUUID();
    const data = { procedure, by: lead, units, question: 'Bỏ được không?', dueOn: '2026-03-01' };
    await append(`inquiry-${id}`, { ...anEvent(data), type: 'ConsultationOpened' });
    return id;
  };
  const page = (procedure: string, limit = 200, cursor?: string): ReturnType<typeof listTasks> =>
    listTasks(installation.database, { procedure, cursor, today: '2026-02-01', clearance: 'none', limit });
  const shown = async (procedure: string): Promise<readonly Task[]> => (await page(procedure)).items;
  const states = async (procedure: string): Promise<Record<string, string>> =>
    Object.fromEntries((await shown(procedure)).map(({ unit, state }) => [unit, state]));

  it('are closed when an option that abolishes the procedure is implemented, and stay when another is', async () => {
    const stories: readonly (readonly [string, readonly NewEvent[]])[] = [
      ['closed', [proposed('abolish')]],
      ['open', [proposed('cutStep')]],
      ['open', [proposed('abolish'), fact('OptionReturned', 'published'), proposed('cutStep')]],
      ['closed', [proposed('merge'), corrected(1, { 'option.type': 'abolish' })]],
      ['open', [proposed('abolish'), corrected(1, { option: { type: 'merge', content: 'x' } })]],
    ];
    for (const [expected, events] of stories) {
      const procedure = await given(...events);
      await consulted(procedure, [one]);
      await append(`procedure-${procedure}`, implemented);
      expect(await states(procedure)).toEqual({ [one]: expected });
    }
  });

  it('are counted for what the owner asked by itself, and for what each unit raised by itself', async () => {
    const procedure = await given();
    await consulted(procedure, [one, two]);
    for (const unit of [one, one, two]) {
      const data = { procedure, unit, lead, description: 'Thiếu mẫu' };
      await append(`inquiry-${randomUUID()}`, { ...anEvent(data), type: 'ObstacleRaised' });
    }
    const counted = async (kind: 'consultation' | 'obstacle', by?: string): Promise<number> =>
      (await inquiriesAbout(installation.database, procedure, kind, by)).inquiries;
    expect((await inquiriesAbout(installation.database, procedure, 'consultation')).units).toBe(2);
    expect(
      await Promise.all([counted('consultation'), counted('obstacle', one), counted('obstacle', two), counted('obstacle', three)]),
    ).toEqual([1, 2, 1, 0]);
  });

  it('are closed at once when they were asked in the moment in which the procedure ended', async () => {
    const procedure = await given(fact('ProcedureWithdrawn', 'withdrawn', { reason: 'trùng' }));
    await consulted(procedure, [one, two]);
    expect(await states(procedure)).toEqual({ [one]: 'closed', [two]: 'closed' });
    const abolished = await given(proposed('abolish'), implemented);
    await consulted(abolished, [one]);
    expect(await states(abolished)).toEqual({ [one]: 'closed' });
  });

  it('say why they were closed', async () => {
    const procedure = await given();
    const id = await consulted(procedure, [one, two]);
    await append(`inquiry-${id}`, { ...anEvent({ unit: two, answer: 'Được' }), type: 'InquiryAnswered' });
    await append(`inquiry-${id}`, { ...anEvent({ reason: 'đủ ý kiến' }), type: 'InquiryClosed' });
    expect(await shown(procedure)).toMatchObject([
      { unit: one, state: 'closed', closeReason: 'đủ ý kiến' },
      { unit: two, state: 'answered', closeReason: null },
    ]);
  });

  it('of an assigned review read as its record does after corrections', async () => {
    const procedure = await given(assigned([one, two]));
    const [task] = await shown(procedure);
    const answered = { ...anEvent({ unit: one, answer: 'Không có phương án' }), type: 'InquiryAnswered' };
    await append(`inquiry-${task?.id ?? ''}`, answered);
    await append(`procedure-${procedure}`, corrected(1, { dueOn: '2026-01-31', note: 'Rà soát quý II' }));
    expect(await shown(procedure)).toMatchObject([
      { unit: one, state: 'answered', dueOn: '2026-01-31', question: 'Rà soát quý II' },
      { unit: two, state: 'overdue', dueOn: '2026-01-31', question: 'Rà soát quý II' },
    ]);
    await append(`procedure-${procedure}`, corrected(1, { units: [three] }));
    expect(await states(procedure)).toEqual({ [one]: 'answered', [three]: 'overdue' });
    await append(`procedure-${procedure}`, corrected(1, { 'units.0': two }), corrected(0, { title: 'Tên đúng' }));
    expect(await states(procedure)).toEqual({ [one]: 'answered', [two]: 'overdue' });
    expect(new Set((await shown(procedure)).map(({ id }) => id))).toEqual(new Set([task?.id]));
  });

  it('are paged completely and without duplicates, however many units one question has', async () => {
    const units = Array.from({ length: 230 }, (_, nth) => unitId(nth));
    const procedure = await given(assigned(units));
    await consulted(procedure, [one, two]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await page(procedure, 29, cursor);
      expect(items.length).toBeLessThanOrEqual(29);
      seen.push(...items.map(({ kind, unit }) => `${kind} ${unit}`));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([...units.map((unit) => `review ${unit}`), `consultation ${one}`, `consultation ${two}`]);
  });

  it('are the same when rebuilt, and when what was applied is applied again', async () => {
    const ended = await given(assigned([one, two]), corrected(1, { units: [three, two] }), proposed('abolish'), implemented);
    await consulted(ended, [one]);
    const going = await given(proposed('abolish'), corrected(1, { 'option.type': 'cutStep' }), assigned([one]), implemented);
    await consulted(going, [two]);
    const everything = (): Promise<unknown[]> => Promise.all([ended, going].map((id) => shown(id)));
    const live = await everything();
    await installation.processors.rebuild('tasks');
    expect(await everything()).toEqual(live);
    const { events } = await installation.store.readAll({ from: null, limit: 100_000, prefixes: [...tasks.prefixes] });
    await installation.database.transaction((transaction) => tasks.writer((name) => `views.${name}`).apply(transaction, events));
    expect(await everything()).toEqual(live);
  });
});
