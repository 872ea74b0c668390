import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import type { NewEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import type { Person } from '#identity';
import { Clock } from '#platform';
import { reviewTaskId } from '#worklist';
import { openNotified, NotifiedInstallation } from '../../../../test/support/notified-installation.js';

/** Runs ahead of the real one by so many days. */
class ClockAhead extends Clock {
  days = 0;
  override now(): Date {
    return new Date(Date.now() + this.days * 86_400_000);
  }
}

describe.each([['embedded'], ['on a server']] as const)('The inbox, %s', (where) => {
  let installation: NotifiedInstallation<ClockAhead>;
  beforeAll(async () => {
    installation = await openNotified(where, new ClockAhead());
  });
  afterAll(() => installation.close());

  const person = (username: string): Person => installation.person(username);
  const by = (who: Person, type: string, data: object): NewEvent => {
    const event = anEvent(data);
    const { id, version, commitment, unit, roles } = who;
    const actor = { id, version, commitment, role: roles[0]?.role ?? '', unit };
    return { ...event, type, metadata: { ...event.metadata, actor } };
  };
  const append = async (stream: string, ...events: readonly NewEvent[]): Promise<string> => {
    const { position } = await installation.store.append(stream, events, { expected: ANY });
    expect(await installation.processors.waitFor(position, 20_000)).toBe(true);
    return String(position);
  };
  const registered = async (more: object = {}): Promise<string> => {
    const officer = person('navy.officer1');
    const id = randomUUID();
    const registration = {
      ...{ title: 'Thủ tục được báo', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: officer.unit, parts: {} },
      ...{ definition: { id: 'internal', version: 1 }, stage: 'registered', occurredOn: '2026-01-05', ...more },
    };
    await append(`procedure-${id}`, by(officer, 'ProcedureRegistered', registration));
    return id;
  };
  const told = async (username: string, procedure: string): Promise<readonly string[]> => {
    const { items } = await installation.inbox.list(person(username), { unread: false, limit: 200 });
    return items.filter((one) => one.procedure === procedure).map(({ type }) => type);
  };
  const everyone = async (procedure: string): Promise<readonly string[]> => {
    const found = await Promise.all(
      installation.directory.people().map(async ({ username }) => ((await told(username, procedure)).length > 0 ? [username] : [])),
    );
    return found.flat().sort();
  };

  it('tells those who speak for the asked units, the asker of answers, and nobody what they did themselves', async () => {
    const [officer, own] = [person('navy.officer1'), person('unit1.officer1')];
    const procedure = await registered();
    const task = randomUUID();
    const data = { procedure, by: officer.unit, units: [own.unit, person('unit2.officer1').unit], question: 'x', dueOn: '2030-01-01' };
    await append(`inquiry-${task}`, by(officer, 'ConsultationOpened', data));
    expect(await everyone(procedure)).toEqual(['unit1.officer1', 'unit1.officer2', 'unit2.officer1', 'unit2.officer2']);
    const { items } = await installation.inbox.list(own, { unread: true, limit: 1 });
    expect(items).toMatchObject([
      {
        type: 'ConsultationOpened',
        procedure,
        title: 'Thủ tục được báo',
        read: false,
        data: { task, unit: officer.unit, dueOn: '2030-01-01' },
      },
    ]);
    await append(
      `inquiry-${task}`,
      by(own, 'InquiryAnswered', { unit: own.unit, answer: 'Không' }),
      by(officer, 'InquiryReminded', { units: [data.units[1]], occasion: 'asked', on: '2026-01-05', dueOn: '2030-01-01' }),
    );
    expect(await told('navy.officer2', procedure)).toEqual(['InquiryAnswered']);
    expect(await told('navy.officer1', procedure)).toEqual(['InquiryAnswered']);
    expect(await told('unit2.officer2', procedure)).toEqual(['InquiryReminded', 'ConsultationOpened']);
    expect(await told('unit1.officer1', procedure)).toEqual(['ConsultationOpened']);
  });

  it('tells units of an assigned review, and whoever holds the role that assigned it of the answer', async () => {
    const [authority, own] = [person('navy.authority'), person('unit1.officer2')];
    const procedure = await registered();
    const review = { units: [own.unit], dueOn: '2030-01-01', stage: 'published', occurredOn: '2026-01-05' };
    await append(`procedure-${procedure}`, by(authority, 'ReviewAssigned', review));
    expect(await everyone(procedure)).toEqual(['unit1.officer1', 'unit1.officer2']);
    await append(`inquiry-${reviewTaskId(procedure, 1)}`, by(own, 'InquiryAnswered', { unit: own.unit, answer: 'Không' }));
    expect(await told('navy.authority', procedure)).toEqual(['InquiryAnswered']);
  });

  it('tells of inspections and boards who is asked and who asked, by their titles, and nobody else', async () => {
    const [checker, own] = [person('navy.checker'), person('unit1.officer1')];
    const document = { number: '1', date: '2025-01-10' };
    const begun: Readonly<Record<string, NewEvent>> = {
      inspection: by(checker, 'InspectionAnnounced', { title: 'Kiểm tra', by: checker.unit, of: own.unit, announcedOn: '2025-11-03' }),
      board: by(checker, 'SteeringBoardEstablished', { title: 'Ban chỉ đạo', unit: checker.unit, document }),
    };
    for (const [giver, first] of Object.entries(begun)) {
      const [id, recommendation] = [randomUUID(), randomUUID()];
      const asked = { recommendation: { id: recommendation, text: 'x', owner: own.unit, dueOn: '2025-12-31' }, occurredOn: '2025-11-20' };
      const remedy = { recommendation, occurredOn: '2025-11-20' };
      await append(`${giver}-${id}`, first, by(checker, 'RecommendationMade', asked));
      await append(`${giver}-${id}`, { ...anEvent({ ...remedy, occasion: 'overdue', dueOn: '2025-12-31' }), type: 'RemedyReminded' });
      await append(
        `${giver}-${id}`,
        by(own, 'RemedyReported', { ...remedy, text: 'x', by: [own.id] }),
        by(checker, 'RemedyAccepted', remedy),
      );
      const toldOf = async (username: string): Promise<readonly string[]> => {
        const { items } = await installation.inbox.list(person(username), { unread: true, limit: 200 });
        const about = items.filter((one) => one.data[giver] === id);
        for (const { title, procedure } of about)
          expect([title, procedure]).toEqual([giver === 'board' ? 'Ban chỉ đạo' : 'Kiểm tra', null]);
        return about.map(({ type }) => type);
      };
      const announced = giver === 'board' ? [] : ['InspectionAnnounced'];
      expect(await toldOf('unit1.officer2')).toEqual(['RemedyAccepted', 'RemedyReminded', 'RecommendationMade', ...announced]);
      for (const asking of ['navy.authority', 'navy.checker'])
        expect([asking, await toldOf(asking)]).toEqual([asking, ['RemedyReported', 'RemedyReminded']]);
      for (const other of ['navy.officer1', 'unit2.officer1', 'unit1.officer1'])
        expect([other, await toldOf(other)]).toEqual([
          other,
          other === 'unit1.officer1' ? ['RemedyAccepted', 'RemedyReminded', 'RecommendationMade', ...announced] : [],
        ]);
    }
  });

  it('tells whoever proposed, and the one acted for, what became of it', async () => {
    const [officer, other, checker] = [person('navy.officer1'), person('navy.officer2'), person('navy.checker')];
    const procedure = await registered();
    const proposed = by(officer, 'PublicationProposed', { stage: 'proposed' });
    const metadata = { ...proposed.metadata, actor: { ...proposed.metadata.actor, onBehalfOf: other.id } };
    await append(`procedure-${procedure}`, { ...proposed, metadata });
    await append(`procedure-${procedure}`, by(person('navy.authority'), 'ProcedurePublished', { stage: 'published' }));
    await append(
      `procedure-${procedure}`,
      by(other, 'OptionProposed', { optionId: randomUUID(), option: { content: 'x' }, stage: 'optionProposed' }),
    );
    await append(
      `procedure-${procedure}`,
      by(checker, 'OptionQualityChecked', { optionId: randomUUID(), passed: true, stage: 'qualityChecked' }),
    );
    expect(await told('navy.officer1', procedure)).toEqual(['ProcedurePublished']);
    expect(await told('navy.officer2', procedure)).toEqual(['OptionQualityChecked', 'ProcedurePublished']);
    expect(await everyone(procedure)).toEqual(['navy.officer1', 'navy.officer2']);
  });

  it('tells of deadlines the owning unit’s officers and whoever may do the action, and of escalated ones whoever leads', async () => {
    const procedure = await registered();
    const system = person('ministry.auditor');
    const deadline = { procedure, rule: 'action:publish', action: 'publish', startRevision: 0, dueAt: '2026-01-12T17:00:00.000Z' };
    await append(`deadline-${procedure}`, by(system, 'DeadlineMissed', deadline));
    // Of a group of which the ministry publishes too: too many are told rather than too few.
    expect(await everyone(procedure)).toEqual(['ministry.authority', 'navy.authority', 'navy.officer1', 'navy.officer2']);
    const stay = await registered();
    await append(
      `deadline-${stay}`,
      by(system, 'DeadlineEscalated', { ...deadline, procedure: stay, action: undefined, stage: 'registered' }),
    );
    expect(await everyone(stay)).toEqual(['ministry.authority', 'ministry.leader', 'navy.authority', 'navy.leader']);
  });

  it('tells the person to whom work was given, and no words of anybody', async () => {
    const [officer, other] = [person('navy.officer1'), person('navy.officer2')];
    const procedure = await registered();
    const work = { procedure, person: other.id, stage: 'registered', revision: 0, by: officer.id, reason: 'vì bận' };
    await append(`claim-${procedure}`, by(officer, 'WorkClaimed', work), by(officer, 'WorkAssigned', work));
    expect(await everyone(procedure)).toEqual(['navy.officer2']);
    const { items } = await installation.inbox.list(other, { unread: false, limit: 1 });
    expect(items.map(({ data }) => data)).toEqual([{ stage: 'registered' }]);
  });

  it('tells of a classified procedure only those who are cleared', async () => {
    const officer = person('navy.officer1');
    const procedure = await registered({ classification: 'confidential' });
    const units = [person('unit1.officer1').unit, person('unit2.officer1').unit];
    const data = { procedure, by: officer.unit, units, question: 'x', dueOn: '2030-01-01' };
    await append(`inquiry-${randomUUID()}`, by(officer, 'ConsultationOpened', data));
    expect(await everyone(procedure)).toEqual(['unit1.officer1', 'unit1.officer2']);
  });

  it('counts what is unread, and takes it as read by id and up to a position', async () => {
    const { inbox } = installation;
    const [officer, own] = [person('navy.officer1'), person('unit2.officer1')];
    const positions: string[] = [];
    for (let index = 0; index < 5; index++) {
      const procedure = await registered();
      const data = { procedure, by: officer.unit, units: [own.unit], question: 'x', dueOn: '2030-01-01' };
      positions.push(await append(`inquiry-${randomUUID()}`, by(officer, 'ConsultationOpened', data)));
    }
    const before = await inbox.unread(own);
    const first = await inbox.list(own, { unread: true, limit: 2 });
    expect([first.items.map(({ position }) => position), first.unread]).toEqual([[positions[4], positions[3]], before]);
    const second = await inbox.list(own, { unread: true, limit: 2, cursor: first.nextCursor ?? undefined });
    expect(second.items.map(({ position }) => position)).toEqual([positions[2], positions[1]]);
    const [newest] = first.items;
    await inbox.markRead(own, { ids: [newest?.id ?? '', randomUUID()] });
    await inbox.markRead(own, { ids: [newest?.id ?? ''] });
    expect(await inbox.unread(own)).toBe(before - 1);
    await inbox.markRead(own, { upTo: positions[2] });
    const { items, unread } = await inbox.list(own, { unread: true, limit: 200 });
    expect([items.map(({ position }) => position), unread]).toEqual([[positions[3]], 1]);
    // Somebody else in that role reads for themselves.
    expect(await inbox.unread(person('unit2.officer2'))).toBe(before);
    installation.clock.days = 400;
    expect(await inbox.list(own, { unread: false, limit: 200 })).toEqual({ items: [], nextCursor: null, unread: 0 });
    installation.clock.days = 0;
  });

  it('takes nothing as read that is yet to come, and what a role taken over was told before stays unread', async () => {
    const { inbox } = installation;
    const [officer, own, other] = [person('navy.officer1'), person('unit1.officer1'), person('unit2.officer2')];
    const ask = async (unit: string): Promise<string> => {
      const data = { procedure: await registered(), by: officer.unit, units: [unit], question: 'x', dueOn: '2030-01-01' };
      return append(`inquiry-${randomUUID()}`, by(officer, 'ConsultationOpened', data));
    };
    const before = await ask(other.unit);
    await ask(own.unit);
    await inbox.markRead(own, { upTo: '999999999999' });
    expect(await inbox.unread(own)).toBe(0);
    expect((await inbox.list(own, { unread: false, limit: 200 })).items.every(({ read }) => read)).toBe(true);
    const next = await ask(own.unit);
    const taken = { ...own, roles: [...own.roles, ...other.roles] };
    const { items } = await inbox.list(taken, { unread: true, limit: 200 });
    const positions = items.map(({ position }) => position);
    expect([positions.includes(before), positions[0]]).toEqual([true, next]);
    expect(await inbox.unread(own)).toBe(1);
    // What was read up to a later position stays read when an older page is read after it.
    await inbox.markRead(taken, { upTo: next });
    await inbox.markRead(taken, { upTo: before });
    expect(await inbox.unread(taken)).toBe(0);
    expect((await inbox.unmailed(taken, new Date(0))).map(({ id }) => id)).toEqual([]);
  });

  it('counts a thousand at most, and lists them all', async () => {
    const { inbox, store } = installation;
    const [officer, authority] = [person('navy.officer1'), person('navy.authority')];
    await inbox.markRead(authority, { upTo: '999999999999' });
    const procedure = await registered();
    const deadline = { procedure, rule: 'action:publish', action: 'publish', startRevision: 0, dueAt: '2026-01-12T17:00:00.000Z' };
    const missed = Array.from({ length: 1005 }, () => by(officer, 'DeadlineMissed', deadline));
    let last = 0n;
    for (let from = 0; from < missed.length; from += 100)
      last = (await store.append(`deadline-${procedure}`, missed.slice(from, from + 100), { expected: ANY })).position;
    expect(await installation.processors.waitFor(last, 20_000)).toBe(true);
    expect(await inbox.unread(authority)).toBe(1000);
    let [count, cursor]: [number, string | undefined] = [0, undefined];
    do {
      const page = await inbox.list(authority, { unread: true, cursor, limit: 200 });
      count += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(count).toBe(1005);
  });

  it('finds what may be seen behind much that may not', async () => {
    const { inbox } = installation;
    const [officer, reader] = [person('navy.officer1'), { ...person('navy.officer2'), clearance: 'none' as const }];
    const deadline = { rule: 'action:publish', action: 'publish', startRevision: 0, dueAt: '2026-01-12T17:00:00.000Z' };
    const miss = async (procedure: string): Promise<string> =>
      append(`deadline-${procedure}`, by(officer, 'DeadlineMissed', { ...deadline, procedure }));
    const [open, kept] = [await registered(), await registered({ classification: 'confidential' })];
    const seen = await miss(open);
    for (let count = 0; count < 12; count++) await miss(kept);
    for (const unread of [true, false]) {
      const { items, nextCursor } = await inbox.list(reader, { unread, limit: 1 });
      expect([items.map(({ position }) => position), nextCursor !== null]).toEqual([[seen], true]);
    }
  });

  it('is built to the same rows again', async () => {
    const { processors } = installation;
    await processors.rebuild('notifications');
    const rebuilt = (await processors.status()).find(({ name }) => name === 'notifications')?.lastRebuild;
    expect(rebuilt?.digest.before).not.toBeNull();
    expect(rebuilt?.digest.after).toBe(rebuilt?.digest.before);
  });
});
