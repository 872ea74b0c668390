import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { Directory, demoPeople, directoryView, migrateIdentity, seedDemo } from '#identity';
import type { Person } from '#identity';
import { SystemClock, dateInVietnam } from '#platform';
import { register } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import { Processors } from '#processors';
import { Definitions } from '#workflow';
import type { Sent, UnitTree } from '#workflow';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { Reorganisations } from './reorganisations.js';
import { dueReorganisations, handovers, listReorganisations, reorganisationsView } from './reorganisations-view.js';
import { ReorganisationRun } from './run.js';
import type { Step } from './steps.js';
import { successorsOf } from './successors.js';
import { namesLike, unitEnds, unitNames } from './unit-names.js';

class Died extends Error {}

/** The log as a process has it that dies: after so many calls nothing answers any more. */
function dying(store: EventStore, { calls, counting }: { readonly calls: number; readonly counting: 'append' | 'call' }): EventStore {
  let left = calls;
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...sent: readonly unknown[]): Promise<unknown> => {
        if (left <= 0) throw new Died();
        if (counting === 'call') left--;
        const answer: unknown = await (value as (...of: readonly unknown[]) => unknown).apply(target, [...sent]);
        if (counting === 'append' && name === 'append' && --left <= 0) throw new Died();
        return answer;
      };
    },
  });
}

describe('A reorganisation on its day', () => {
  let log: LogInstallation;
  let processors: Processors;
  let directory: Directory;
  let definitions: Definitions;
  let reorganisations: Reorganisations;
  const clock = new SystemClock();
  const today = dateInVietnam(clock.now());
  const sentBy = (by: Person): Sent => ({ by, requestHash: 'a'.repeat(64), idempotencyKey: randomUUID() });
  const person = (username: string): Person => {
    const found = directory.people().find((one) => one.username === username);
    if (!found) throw new Error(`There is no ${username}.`);
    return found;
  };
  const unitNamed = (name: string): string =>
    directory
      .units()
      .all()
      .find((one) => one.name === name)?.id ?? '';

  beforeAll(async () => {
    log = await openLog('embedded');
    await migrateIdentity(log.database);
    definitions = new Definitions(log.store);
    await definitions.publishInitial();
    await seedDemo(log.database, log.store);
    processors = new Processors({ ...log, views: [register, directoryView, reorganisationsView, unitNames] });
    await processors.start();
    await caughtUp();
    directory = await Directory.open(log.database, clock, { demo: true });
    reorganisations = new Reorganisations(log.store, directory, clock);
  });
  afterAll(async () => {
    await processors.stop();
    await log.close();
  });

  async function caughtUp(): Promise<void> {
    expect(await processors.waitFor((await log.store.head()) ?? 0n, 20_000)).toBe(true);
  }
  const aDesk = (store = log.store, units = (): UnitTree => directory.units()): ProcedureDesk =>
    new ProcedureDesk(store, definitions, units, clock);
  async function registered(owningUnit: string, ...fields: readonly string[]): Promise<readonly string[]> {
    const desk = aDesk();
    const ids: string[] = [];
    for (const field of fields)
      ids.push(
        (await desk.register({ title: field, kind: 'internal', group: 'D', field, owningUnit }, sentBy(person('navy.officer1')))).id,
      );
    await caughtUp();
    return ids;
  }
  async function planned(...steps: readonly Step[]): Promise<string> {
    const id = randomUUID();
    const plan = { title: 'Sắp xếp', decision: { number: '12/QĐ', date: today }, effectiveOn: today, steps };
    const by = person('navy.administrator');
    await reorganisations.decide(id, { action: 'plan-reorganisation', plan }, by, sentBy(by));
    await caughtUp();
    return id;
  }
  /** As a process that was begun anew does; false where it died. */
  async function advanced(id: string, store = log.store): Promise<boolean> {
    const deskOver = (units: () => UnitTree): ProcedureDesk => aDesk(store, units);
    const run = new ReorganisationRun({ ...log, store, directory, clock, deskOver }, { signal: new AbortController().signal, reached: (position, ms) => processors.waitFor(position, ms) });
    try {
      await run.advance(id);
      return true;
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      return false;
    } finally {
      await caughtUp();
      await directory.reload();
    }
  } // prettier-ignore
  const typesOf = async (stream: string): Promise<readonly string[]> => (await log.store.read(stream)).map(({ type }) => type);
  const ownerOf = async (id: string): Promise<string | undefined> => (await aDesk().findNewest(id))?.state.owningUnit;
  const split = (unit: string, to: string, rest: string): Step => ({ kind: 'split', unit, parts: [{ fields: ['Đất đai'], to }], rest });

  it.each([
    ['after each thing that it puts on record', 'append', 1],
    ['at every call of the log', 'call', 1],
  ] as const)('is gone on with by another process %s, and does nothing twice', async (_, counting, calls) => {
    const [from, to, other] = counting === 'append' ? ['Đơn vị mẫu 03', 'Đơn vị mẫu 04', 'Đơn vị mẫu 05'] : ['Đơn vị mẫu 06', 'Đơn vị mẫu 07', 'Đơn vị mẫu 08'];
    const [unit, into, merging] = [unitNamed(from), unitNamed(to), unitNamed(other)];
    const service = directory.units().get(unit)?.parent ?? '';
    const land = await registered(unit, 'đất đai', 'Đất  đai');
    const rest = await registered(unit, 'thuế');
    const merged = await registered(merging, 'hộ tịch');
    const id = await planned(split(unit, into, service), { kind: 'merge', unit: merging, into }, { kind: 'transfer', unit: into, to: service, which: { procedures: merged } });
    let lives = 1;
    for (; !(await advanced(id, dying(log.store, { calls: counting === 'append' ? calls : lives, counting }))); lives++) if (lives > 200) throw new Error('It never ends.');
    expect(lives).toBeGreaterThan(5);
    expect(await typesOf(`reorganisation-${id}`)).toEqual([
      ...['ReorganisationPlanned', 'ReorganisationBegun', 'ReorganisationStepDone', 'ReorganisationStepDone', 'ReorganisationStepDone'],
      'ReorganisationCompleted',
    ]);
    for (const procedure of [...land, ...rest, ...merged]) expect(await typesOf(`procedure-${procedure}`)).toEqual(['ProcedureRegistered', 'ProcedureTransferred']);
    for (const procedure of land) expect(await ownerOf(procedure)).toBe(into);
    for (const procedure of [...rest, ...merged]) expect(await ownerOf(procedure)).toBe(service);
    expect(await typesOf(`unit-${unit}`)).toEqual(['UnitRegistered', 'UnitClosed']);
    expect(await typesOf(`unit-${merging}`)).toEqual(['UnitRegistered', 'UnitMerged']);
    const [, transferred] = await log.store.read(`procedure-${String(land[0])}`);
    expect(transferred).toMatchObject({ metadata: { batch: id, actor: { id: person('navy.administrator').id, role: 'administrator' } } });
    expect((await reorganisations.find(id))?.state).toMatchObject({ state: 'completed', done: [{ none: 3 }, {}, { none: 1 }] });
    // Who looks for the old name finds today's units.
    const [old] = await namesLike(log.database, from.toUpperCase(), 5);
    const successors = async (of: string | undefined) =>
      successorsOf(of ?? '', directory.units(), await handovers(log.database), await unitEnds(log.database)).map((one) => [one.unit, one.fields]);
    expect(await successors(old?.unit)).toEqual([
      [into, ['Đất đai']],
      [service, null],
    ]);
    expect(await successors(merging)).toEqual([[into, null]]);
    expect(await dueReorganisations(log.database, today)).not.toContain(id);
  }, 240_000); // prettier-ignore

  it('is cancelled in the middle: what was done stays, and nothing more is done', async () => {
    const [unit, into] = [unitNamed('Đơn vị mẫu 09'), unitNamed('Đơn vị mẫu 10')];
    const procedures = await registered(unit, 'đất đai', 'thuế');
    const id = await planned(split(unit, into, unit), { kind: 'merge', unit, into });
    for (let died = true; died && (await reorganisations.find(id))?.state.done.length === 0;) died = !(await advanced(id, dying(log.store, { calls: 1, counting: 'append' })));
    const by = person('navy.administrator');
    await reorganisations.decide(id, { action: 'cancel-reorganisation', reason: 'Thôi' }, by, sentBy(by));
    await caughtUp();
    expect(await advanced(id)).toBe(true);
    expect((await reorganisations.find(id))?.state).toMatchObject({ state: 'cancelled', done: [{ none: 1 }] });
    expect(await Promise.all(procedures.map(ownerOf))).toEqual([into, unit]);
    expect(await typesOf(`unit-${unit}`)).toEqual(['UnitRegistered']);
    expect((await listReorganisations(log.database, { units: null, limit: 1 })).items).toMatchObject([{ id, state: 'cancelled', done: 1, steps: 2 }]);
  }); // prettier-ignore

  it('stands still where something has come between, says what, and is resumed or cancelled by an administrator', async () => {
    const [unit, into] = [unitNamed('Đơn vị mẫu 11'), unitNamed('Đơn vị mẫu 12')];
    const id = await planned({ kind: 'merge', unit, into });
    const giving = await planned(split(into, unit, into));
    const first = await planned({ kind: 'merge', unit: into, into: unitNamed('Đơn vị mẫu 13') });
    expect(await advanced(first)).toBe(true);
    expect(await advanced(giving)).toBe(true);
    expect((await reorganisations.find(giving))?.state).toMatchObject({ state: 'halted', halted: { step: 0, unmet: [{ code: 'unit-closed' }] } });
    expect(await advanced(id)).toBe(true);
    expect((await reorganisations.find(id))?.state).toMatchObject({ state: 'halted', halted: { step: 0, unmet: [{ code: 'unit-closed' }] } });
    // It is not tried again and again.
    expect(await dueReorganisations(log.database, today)).not.toContain(id);
    const by = person('navy.administrator');
    await reorganisations.decide(id, { action: 'resume-reorganisation' }, by, sentBy(by));
    await caughtUp();
    expect(await dueReorganisations(log.database, today)).toContain(id);
    expect(await advanced(id)).toBe(true);
    expect((await typesOf(`reorganisation-${id}`)).slice(1)).toEqual(['ReorganisationHalted', 'ReorganisationResumed', 'ReorganisationHalted']);
  }); // prettier-ignore

  it('gives away what is secret too, however little whoever planned it may see', async () => {
    const [unit, into] = [unitNamed('Đơn vị mẫu 14'), unitNamed('Đơn vị mẫu 15')];
    const officer = { ...person('navy.officer1'), clearance: 'topSecret' } as const;
    const secret = { title: 'Mật', kind: 'internal', group: 'D', field: 'Đất đai', owningUnit: unit, classification: 'secret' } as const;
    const { id: procedure } = await aDesk().register(secret, sentBy(officer));
    await caughtUp();
    const id = await planned(split(unit, into, unit));
    expect(await advanced(id)).toBe(true);
    expect(await ownerOf(procedure)).toBe(into);
    expect((await reorganisations.find(id))?.state.done).toEqual([{ secret: 1 }]);
    expect(demoPeople.find(({ username }) => username === 'navy.administrator')?.clearance).toBe('confidential');
  });
});
