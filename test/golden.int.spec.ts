import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { changeKey, openIdentity } from '#audit';
import { ANY, Rejected, actorWithoutPerson, closeRefusals, handle, openEventStore, recordRefusal } from '#event-store';
import type { EventMetadata, EventStore, RecordedEvent } from '#event-store';
import { Files } from '#files';
import {
  Accesses,
  Administration,
  Directory,
  SecurityLog,
  accessTypes,
  migrateIdentity,
  recordSecurityEvent,
  securityEventTypes,
  seedDemo,
} from '#identity';
import type { Order, Person } from '#identity';
import { Clock, SystemClock, openDatabase } from '#platform';
import type { Database } from '#platform';
import { deadlineFiring, deadlines } from '#deadlines';
import { CommentDesk, ProcedureDesk } from '#procedures/commands';
import { Processors } from '#processors';
import { PaperTemplates } from '#reporting';
import { Indicators, Inspections, Periods, Programmes, SteeringBoards, remedyReminding } from '#programmes';
import type { BoardRequest, InspectionRequest } from '#programmes';
import type { View } from '#processors';
import { reorganisation } from '#reorganisation';
import type { Plan, ReorganisationCommand } from '#reorganisation';
import { Calendars, Definitions, authorityPolicies, lifecycleDefinitions, lifecycleVersions, metadataOf } from '#workflow';
import type { LifecycleCommand, LifecycleDocument } from '#workflow';
import { ClaimDesk, InquiryDesk } from '#worklist';
import { everyView } from '../apps/worker/src/what-follows.js';
import { EventStorePeer } from './support/event-store-peer.js';
import { newDataFolder } from './support/data-folder.js';

// What an installation stores besides the events of procedures, and the metadata of all: by type, the paths of every value
// and its kind. A changed file is a changed history, which must be read for ever.

type Shape = Readonly<Record<string, string>>;
const golden = JSON.parse(readFileSync(join(process.cwd(), 'test/golden/stored-events.json'), 'utf8')) as Readonly<Record<string, Shape>>;

function shapeOf(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => shapeOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [[path, value === null ? 'null' : typeof value]];
  return Object.entries(value).flatMap(([name, item]) => shapeOf(item, path === '' ? name : `${path}.${name}`));
}

/** Has a view fail at the procedure's registration, then has it tried again and given up. */
async function instructProcessor(database: Database, store: EventStore, id: string): Promise<void> {
  const failing: View = {
    name: 'failing',
    codeVersion: '1',
    prefixes: ['procedure-'],
    readsMetadata: false,
    tables: [],
    create: () => Promise.resolve(),
    index: () => Promise.resolve(),
    writer: () => ({ apply: () => Promise.reject(new Error('No.')), forget: () => undefined }),
  };
  const processors = new Processors({ database, store, views: [failing], patience: 0 });
  const stream = `procedure-${id}`;
  const [registered] = await store.read(stream);
  if (!registered) throw new Error('The procedure was not registered.');
  await processors.start();
  expect(await processors.waitFor(registered.position, 20_000)).toBe(true);
  const { requestHash, actor, $correlationId, $causationId } = registered.metadata;
  const asked = (): EventMetadata => ({ commandId: randomUUID(), requestHash, $correlationId, $causationId, actor });
  await processors.retry('failing', stream, asked());
  await processors.discard('failing', stream, registered.position, asked());
  await processors.stop();
}

/** Gives every order about units, people and delegations once. */
async function administer(administration: Administration, directory: Directory): Promise<void> {
  const by = directory.people().find(({ username }) => username === 'navy.administrator');
  const officer = directory.people().find(({ username }) => username === 'navy.officer1');
  if (!by || !officer) throw new Error('The demo lacks somebody.');
  const order = (): Order => {
    const commandId = randomUUID();
    const { id, version, commitment, unit } = by;
    const actor = { id, version, commitment, role: 'administrator', unit };
    return { by, metadata: { commandId, requestHash: 'a'.repeat(64), $correlationId: commandId, $causationId: commandId, actor } };
  };
  const [one, other] = [randomUUID(), randomUUID()];
  for (const id of [one, other])
    await administration.onUnit(id, { action: 'register-unit', name: 'Đơn vị mới', level: 'unit', parent: by.unit }, order());
  await administration.onUnit(one, { action: 'rename-unit', name: 'Đơn vị' }, order());
  await administration.onUnit(one, { action: 'move-unit', parent: other }, order());
  await administration.onUnit(one, { action: 'merge-unit', into: other }, order());
  await administration.onUnit(other, { action: 'close-unit', reason: 'sáp nhập' }, order());
  const person = randomUUID();
  await administration.registerPerson(
    { id: person, name: 'Người mới', username: 'nguoi.moi', clearance: 'confidential', unit: by.unit },
    order(),
  );
  const grant = { role: 'officer', unit: by.unit, from: '2026-01-01', to: '2999-12-31' } as const;
  await administration.grantRole(person, grant, order());
  await administration.revokeRole(person, 'officer', by.unit, order());
  const days = { startsOn: '2026-01-01', endsOn: '2999-12-31', reason: 'đi công tác' };
  const delegation = { id: randomUUID(), from: officer.id, to: person, actions: ['propose'], ...days };
  await administration.delegate(delegation, order());
  await administration.revokeDelegation(delegation.id, 'đã về', order());
  await administration.erasePerson(person, { legalBasis: 'Luật số 91/2025/QH15, Điều 14', reason: 'Theo yêu cầu' }, order());
}

/** Asks a unit about the procedure, in every way, and has it answer. */
async function inquire(desk: InquiryDesk, procedure: string, officer: Person): Promise<void> {
  const { unit } = officer;
  const sent = { by: officer, requestHash: 'a'.repeat(64) };
  const about = { procedure, ended: false, revision: 0 };
  const [consultation, obstacle] = [randomUUID(), randomUUID()];
  const opened = { procedure, by: unit, units: [unit], question: 'Có vướng mắc gì không?', dueOn: '2199-12-31', remindBefore: 3 };
  await desk.decide(consultation, { action: 'consult', opened, today: '2026-01-05' }, about, sent);
  const reminder = { action: 'remind', occasion: 'asked', today: '2026-01-05', dueOn: opened.dueOn } as const;
  await desk.decide(consultation, reminder, about, sent);
  await desk.decide(consultation, { action: 'close-consultation', reason: 'đủ' }, about, sent);
  const raised = { procedure, unit, lead: unit, description: 'Thiếu biểu mẫu' };
  await desk.decide(obstacle, { action: 'raise-obstacle', raised, seen: true }, about, sent);
  await desk.decide(obstacle, { action: 'answer', unit, answer: 'Đã bổ sung' }, about, sent);
}

/** Comments on the procedure, with a file, as its officer. */
async function comment(desk: CommentDesk, files: Files, procedure: string, officer: Person): Promise<void> {
  const file = { name: 'Tờ trình.txt', type: 'text/plain', uploadedBy: officer.id };
  const { hash } = await files.attach(procedure, Buffer.from('Kính trình'), file);
  const body = { text: 'Ý kiến', revision: 0, attachments: [hash] };
  await desk.comment(procedure, body, { by: officer, requestHash: 'a'.repeat(64) });
}

/** Drafts a definition that has a little of everything, and retires it. */
async function draftAndRetire(store: EventStore, metadata: EventMetadata): Promise<void> {
  const [authority] = authorityPolicies;
  if (!authority) throw new Error('There is no policy.');
  const deadline = { days: 5, counting: 'working', warnBefore: 1, escalateAfter: 2, stopsWhile: ['suspended'] } as const;
  const transition = { requires: ['parts'], differentFrom: ['review'], authority: 'publish', worklist: true } as const;
  const document: LifecycleDocument = {
    id: 'internal',
    version: 0,
    kind: 'internal',
    title: { vi: 'x', en: 'x' },
    authority: { id: 'standard', classes: { A: { owners: ['service'], publisher: 'ministry', approver: null, nationalDatabase: true } }, rules: { publish: { role: 'authority', at: 'publisher' } } },
    initial: 'registered',
    stages: { registered: { title: { vi: 'x', en: 'x' } }, ended: { title: { vi: 'x' }, end: true } },
    transitions: [
      { action: 'propose', from: ['registered'], to: 'same', inputs: ['note'], ...transition },
      { action: 'check-quality', from: 'open', to: 'ended', instead: { when: 'check-failed', to: 'origin' }, ...transition },
    ],
    calendar: 'vn',
    deadlines: [{ action: 'propose', ...deadline }, { stage: 'registered', ...deadline, days: { ministry: 20, service: 5 } }],
  }; // prettier-ignore
  const commands: readonly LifecycleCommand[] = [
    { action: 'draft', document },
    { action: 'retire', version: 3, reason: 'Thử' },
  ];
  for (const command of commands)
    await handle({
      store,
      decider: lifecycleVersions,
      stream: 'lifecycle-internal',
      command,
      metadata: { ...metadata, commandId: randomUUID() },
    });
}

/** Publishes a lifecycle in which reviews are due. */
async function publishDeadlines(store: EventStore): Promise<void> {
  const [published] = await store.read('lifecycle-internal');
  const [internal] = lifecycleDefinitions;
  if (!published || !internal) throw new Error('There is no lifecycle.');
  const review = { action: 'review', days: 5, counting: 'working', warnBefore: 2, escalateAfter: 1, stopsWhile: ['suspended'] } as const;
  const stay = { stage: 'reviewed', days: { ministry: 10, service: 5 }, counting: 'calendar' } as const;
  const definition = { ...internal, version: internal.version + 1, calendar: 'vn', deadlines: [review, stay] };
  await store.append('lifecycle-internal', [{ ...published, id: randomUUID(), data: { definition, confirmed: ['deadline-twice'] } }], {
    expected: ANY,
  });
}

/** Lets the procedure's deadline become events: it was to be reviewed long ago. */
async function missDeadline(database: Database, store: EventStore, id: string): Promise<void> {
  const reactions = [deadlineFiring({ store, database, clock: new SystemClock(), everyMs: 20 })];
  const processors = new Processors({ database, store, views: [deadlines], reactions });
  await processors.start();
  for (let events = 0; events < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    events = (await store.read(`deadline-${id}`).catch(() => [])).length;
  }
  await processors.stop();
}

/** Starts an installation and does a little of everything. */
/** Begins a programme with a target, takes it back, and closes it. */
async function followProgramme(programmes: Programmes, authority: Person): Promise<void> {
  const id = randomUUID();
  const sent = { by: authority, requestHash: 'a'.repeat(64) };
  const made = { code: 'KH-2022', title: 'Đơn giản hóa', from: '2022-01-01', to: '2025-12-31' };
  await programmes.decide(id, { action: 'make-programme', made }, sent);
  const scope = { kind: 'internal', group: 'D', unit: authority.unit, field: 'văn phòng' };
  for (const baseline of [{ year: 2024 }, { value: '1500000000' }]) {
    const target = { id: randomUUID(), metric: 'costCut', threshold: '20', deadline: '2024-12-31', scope, baseline } as const;
    await programmes.decide(id, { action: 'set-target', target }, sent);
    const figure = { value: '33.9', document: { number: '7/BC', date: '2024-12-31' } };
    await programmes.decide(id, { action: 'state-figure', target: target.id, figure, today: '2025-01-01' }, sent);
    await programmes.decide(id, { action: 'withdraw-target', target: target.id, reason: 'thay chỉ tiêu' }, sent);
  }
  await programmes.decide(id, { action: 'close-programme', reason: 'đã tổng kết' }, sent);
}

/** Plans a reorganisation of every kind, changes it, begins it, has it stand still and go on to its end; and takes another one back. */
async function reorganise(store: EventStore, directory: Directory): Promise<void> {
  const by = directory.people().find(({ username }) => username === 'navy.administrator');
  const open = directory.units().all().filter(({ level, closed }) => level === 'unit' && closed !== true).map(({ id }) => id); // prettier-ignore
  const [one, two, three] = open;
  if (!by || one === undefined || two === undefined || three === undefined) throw new Error('The demo lacks somebody.');
  const roles = { roles: by.roles, held: by.roles };
  const context = { person: by.id, today: '2026-01-05', units: directory.units(), othersAdminister: () => true, by: roles };
  const planOf = (...steps: Plan['steps']): Plan => ({
    ...{ title: 'Sắp xếp', decision: { number: '12/QĐ', date: '2026-01-02' }, effectiveOn: '2026-01-05', steps },
  });
  const whole = planOf(
    { kind: 'split', unit: one, parts: [{ fields: ['đất đai'], to: two }], rest: by.unit },
    { kind: 'transfer', unit: two, to: by.unit, which: { fields: ['thuế'] } },
    { kind: 'transfer', unit: two, to: by.unit, which: { procedures: [randomUUID()] } },
    { kind: 'end-level', below: two, successors: [] },
    { kind: 'merge', unit: two, into: three },
  );
  const order = async (id: string, ...commands: readonly ReorganisationCommand[]): Promise<void> => {
    for (const command of commands) {
      const metadata = metadataOf({ by, requestHash: 'a'.repeat(64) }, { commandId: randomUUID() });
      const isOrdered = 'context' in command && command.action !== 'begin-reorganisation';
      const actor = isOrdered ? metadata.actor : actorWithoutPerson('system');
      await handle({ store, decider: reorganisation, stream: `reorganisation-${id}`, command, metadata: { ...metadata, actor } });
    }
  };
  const plan = { action: 'plan-reorganisation', plan: whole, context } as const;
  const unmet = [{ code: 'unit-closed', message: 'x', path: 'steps.0' }];
  const done = (step: number) => ({ action: 'step-done', step, moved: { none: 3 }, today: '2026-01-05' }) as const;
  await order(
    randomUUID(),
    plan,
    { ...plan, action: 'amend-reorganisation' },
    { action: 'begin-reorganisation', context },
    { action: 'halt-reorganisation', step: 0, unmet },
    { action: 'resume-reorganisation', context },
    ...whole.steps.map((_, step) => done(step)),
  );
  await order(randomUUID(), plan, { action: 'cancel-reorganisation', reason: 'Thôi', context });
}

/** Closes a period of the unit, with the figures that it had. */
async function closePeriod(periods: Periods, { unit }: Person, by: Person): Promise<void> {
  const span = { unit, period: '2024', begins: '2023-12-15', ends: '2024-12-14', lastDay: 14, units: [unit] };
  const rows = [{ key: 'internal', kind: 'internal', before: 90, implemented: 50, cutPercent: '55.56' }];
  const reports = [{ report: 'savings', asked: { by: 'kind', from: span.begins, to: span.ends }, rows }];
  await periods.close({ ...span, position: '42', at: '2024-12-15T01:00:00.000Z', reports }, { by, requestHash: 'a'.repeat(64) });
}

/** Inspects the unit's own procedure, asks something of the unit, and closes it. */
async function inspect(
  { inspections, remind }: { readonly inspections: Inspections; readonly remind: () => Promise<void> },
  procedure: string,
  { authority, officer }: { readonly authority: Person; readonly officer: Person },
): Promise<void> {
  const [id, recommendation, occurredOn] = [randomUUID(), randomUUID(), '2025-11-10'];
  const act = async (request: InspectionRequest, by: Person): Promise<void> => {
    const seen = await inspections.seen(id, { units: null, clearance: 'none' }, by);
    await inspections.decide(id, request, seen, { by, requestHash: 'a'.repeat(64) });
  };
  const { unit } = authority;
  await act({ action: 'announce-inspection', announced: { title: 'Kiểm tra', by: unit, of: unit, announcedOn: '2025-11-03' } }, authority);
  await act({ action: 'open', date: '2025-11-07' }, authority);
  const finding = { id: randomUUID(), text: 'Chưa niêm yết', severity: 'medium', procedures: [procedure], evidence: 'Ảnh' } as const;
  await act({ action: 'find', finding, occurredOn }, authority);
  await act({ action: 'end', date: '2025-11-08' }, authority);
  await act({ action: 'conclude', document: { number: '1/KL', date: occurredOn }, occurredOn }, authority);
  const asked = { id: recommendation, text: 'Khắc phục', owner: unit, dueOn: '2025-12-31' };
  await act({ action: 'recommend', recommendation: asked, occurredOn }, authority);
  await remind();
  const remedy = { action: 'report-remedy', recommendation, text: 'Đã niêm yết', evidence: 'Ảnh', occurredOn } as const;
  await act(remedy, officer);
  await act({ action: 'return-remedy', recommendation, reason: 'chưa đủ', occurredOn }, authority);
  await act(remedy, officer);
  await act({ action: 'accept-remedy', recommendation, occurredOn }, authority);
  await act({ action: 'close', occurredOn }, authority);
}

/** Has a board of the unit meet and ask something of the unit, and dissolves it. */
async function steer(boards: SteeringBoards, authority: Person, officer: Person): Promise<void> {
  const [id, meeting, recommendation, member] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const act = async (request: BoardRequest, by: Person): Promise<void> => {
    const seen = await boards.seen(id, { units: null, clearance: 'none' }, by);
    await boards.decide(id, request, seen, { by, requestHash: 'a'.repeat(64) });
  };
  const { unit } = authority;
  const [document, occurredOn] = [{ number: '1/QĐ', date: '2025-01-10' }, '2025-11-10'];
  await act({ action: 'establish-board', established: { title: 'Ban chỉ đạo', unit, document } }, authority);
  const appointed = { id: member, person: officer.id, role: 'member', from: '2025-01-10', to: '2026-12-31' } as const;
  await act({ action: 'appoint-member', member: appointed, isKnown: true }, authority);
  const held = { id: meeting, title: 'Họp quý I', date: '2025-03-31', place: 'Sở chỉ huy', present: [officer.id] };
  await act({ action: 'hold-meeting', meeting: held }, authority);
  await act({ action: 'release-member', member, to: '2025-12-31' }, authority);
  await act({ action: 'add-conclusion', conclusion: { id: randomUUID(), meeting, text: 'Thống nhất kế hoạch' } }, authority);
  const asked = { id: recommendation, meeting, text: 'Rà soát lại', owner: unit, dueOn: '2025-12-31' };
  await act({ action: 'add-conclusion', conclusion: asked }, authority);
  await act({ action: 'report-remedy', recommendation, text: 'Đã làm', occurredOn }, officer);
  await act({ action: 'accept-remedy', recommendation, occurredOn }, authority);
  await act({ action: 'dissolve', document }, authority);
}

/** Defines an indicator, reports it in every way, verifies it, returns it and reminds of it. */
async function reportIndicator(indicators: Indicators, directory: Directory): Promise<void> {
  const sentBy = (name: string) => {
    const by = directory.people().find(({ username }) => username === name);
    if (!by) throw new Error(`The demo has no ${name}.`);
    return { by, requestHash: 'a'.repeat(64) };
  };
  const [checker, officer] = [sentBy('navy.checker'), sentBy('navy.officer1')];
  const made = { code: 'PM', title: 'Có phần mềm', unitOfMeasure: 'đơn vị', per: 'service', of: 22 } as const;
  const { id } = await indicators.define(made, checker);
  const place = { indicator: id, unit: officer.by.unit, period: '2025' };
  const of = { ...made, owner: checker.by.unit };
  const said = { value: '18', evidence: 'Báo cáo số 7', reason: 'đếm lại' };
  await indicators.report(place, { action: 'report-indicator', said }, of, officer);
  await indicators.report(place, { action: 'verify-report' }, of, checker);
  await indicators.report(place, { action: 'return-report', reason: 'thiếu căn cứ' }, of, checker);
  await indicators.remind({ indicator: id, period: '2025' }, [place.unit], of.owner, checker);
}

/** Claims the work on the procedure, gives it to somebody and gives it back. */
async function takeWork(claims: ClaimDesk, desk: ProcedureDesk, procedure: string, officer: Person): Promise<void> {
  const found = await desk.find(procedure);
  if (!found) throw new Error('It was registered.');
  const sent = { by: officer, requestHash: 'a'.repeat(64) };
  await claims.decide(procedure, found.state, { action: 'claim' }, sent);
  await claims.decide(procedure, found.state, { action: 'assign', assignees: [officer], reason: 'am hiểu' }, sent);
  await claims.decide(procedure, found.state, { action: 'release', reason: 'đi công tác' }, sent);
}

/** Reads and takes away a little of everything, more often than is put on record; and has the log told what happened around sign-ins. */
async function leaveTraces(on: { readonly database: Database; readonly store: EventStore; readonly directory: Directory }, procedure: string, by: Person): Promise<void> {
  const { database, store, directory } = on;
  const clock = new SystemClock();
  const { id, version, commitment, unit } = by;
  const accesses = new Accesses(store, clock);
  const read = { by: { id, version, commitment, unit, role: 'officer' }, procedure, subject: 'savings', asked: { format: 'csv' } };
  for (const type of accessTypes) await accesses.record({ ...read, type });
  await accesses.record({ ...read, type: 'ClassifiedRead' });
  await accesses.close();
  const metadata = metadataOf({ by, requestHash: 'a'.repeat(64) }, { commandId: randomUUID() });
  const refused = { action: 'withdraw', procedure, revision: 0, stage: 'registered', unmet: [] };
  await Promise.all(Array.from({ length: 301 }, () => recordRefusal(store, '2026-01-05', refused, metadata)));
  await closeRefusals(store);
  await database.transaction(async (transaction) => {
    for (const type of securityEventTypes) await recordSecurityEvent(transaction, { type, person: id, subject: procedure });
    for (let times = 0; times < 10; times++) await recordSecurityEvent(transaction, { type: 'SignedIn', person: id });
    await transaction.query(`INSERT INTO identity.security_events (type, at, times) VALUES ('SignInFailed', now() - interval '5 minutes', 3)`);
  });
  const log = new SecurityLog(database, store, directory, clock);
  await log.take();
  await log.close();
} // prettier-ignore

async function storedEvents(eventStore?: string): Promise<readonly RecordedEvent[]> {
  const dataDir = await newDataFolder('golden');
  const database = await openDatabase({ dataDir });
  const store = await openEventStore(database, { eventStore });
  await migrateIdentity(database);
  const definitions = new Definitions(store);
  await definitions.publishInitial();
  await new Calendars(store).publishInitial();
  await publishDeadlines(store);
  await seedDemo(database, store);
  const processors = new Processors({ database, store, views: everyView });
  await processors.start();
  await processors.caughtUpAtStart;
  const clock = new SystemClock();
  const directory = await Directory.open(database, clock, { demo: true });
  await administer(new Administration(store, database, directory, (position, ms) => processors.waitFor(position, ms)), directory);
  const officer = directory.people().find(({ username }) => username === 'navy.officer1');
  if (!officer) throw new Error('The demo has no officer.');
  const desk = new ProcedureDesk(store, definitions, () => directory.units(), clock);
  const sent = { by: officer, requestHash: 'a'.repeat(64) };
  const body = { title: 'Thủ tục', code: '1.001', kind: 'internal', group: 'D', field: 'văn phòng', owningUnit: officer.unit } as const;
  const occurredOn = '2026-01-05';
  const { id } = await desk.register({ ...body, occurredOn }, sent);
  await expect(desk.act(id, { action: 'withdraw', body: { reason: 'x' } }, { ...sent, by: { ...officer, roles: [] } })).rejects.toThrow(
    Rejected,
  );
  const one = await desk.register({ ...body, code: '1.002', classification: 'confidential', occurredOn }, sent);
  await desk.act(one.id, { action: 'withdraw', body: { reason: 'x' } }, { ...sent, batch: randomUUID() });
  await inquire(new InquiryDesk(store, database, () => directory.units(), clock), id, officer);
  await takeWork(new ClaimDesk(store, desk, () => true), desk, id, officer);
  const wage = { value: 50_000, source: 'GDP bình quân đầu người', validFrom: '2026-01-01' };
  await definitions.parameters.set(
    'hourlyWage',
    { ...wage, today: occurredOn },
    { metadata: metadataOf(sent, { commandId: randomUUID() }) },
  );
  const templates = new PaperTemplates(store);
  for (const text of ['[issuer]', null])
    await templates.change('submission', { text, reason: 'Mẫu riêng' }, { metadata: metadataOf(sent, { commandId: randomUUID() }) });
  const authority = directory.people().find(({ username }) => username === 'navy.authority');
  if (!authority) throw new Error('The demo has no authority.');
  await followProgramme(new Programmes(store, () => directory.units(), clock), authority);
  await closePeriod(new Periods(store, () => directory.units(), clock), officer, authority);
  await reorganise(store, directory);
  const calendars = new Calendars(store);
  const remind = async (): Promise<void> => {
    const reached = (position: bigint, ms: number): Promise<boolean> => processors.waitFor(position, ms);
    await reached((await store.head()) ?? 0n, 20_000);
    const tomorrow = new (class extends Clock {
      override now = (): Date => new Date(Date.now() + 86_400_000);
    })();
    await remedyReminding('inspection', { store, database, calendars, clock: tomorrow }).round({
      signal: new AbortController().signal,
      reached,
    });
  };
  await inspect({ inspections: new Inspections(store, () => directory.units(), calendars, clock), remind }, id, { authority, officer });
  await steer(new SteeringBoards(store, () => directory.units(), new Calendars(store), clock), authority, officer);
  await reportIndicator(new Indicators(store, () => directory.units(), clock), directory);
  await openIdentity(store, 'log.example/one', 'log.example/one+00000000+AQ==');
  await changeKey(store, 'log.example/one+00000001+AQ==');
  await leaveTraces({ database, store, directory }, id, officer);
  const files = await Files.open(database);
  await comment(new CommentDesk(store, desk, files, clock), files, id, officer);
  await processors.stop();
  await missDeadline(database, store, id);
  await instructProcessor(database, store, id);
  const [registered] = await store.read(`procedure-${id}`);
  if (registered) {
    const { definition, ...metadata } = registered.metadata;
    expect(definition).toEqual({ id: 'internal', version: 3 });
    await draftAndRetire(store, metadata);
  }
  const { events } = await store.readAll({ from: null, limit: 5_000 });
  await store.close();
  await database.close();
  await rm(dataDir, { recursive: true });
  return events;
}

describe('What an installation stores', () => {
  it('has the shapes that it always had, and no name, username or hash of a person', async () => {
    const peer = await EventStorePeer.start();
    const events = [...(await storedEvents()), ...(await storedEvents(peer.url))];
    await peer.stop();
    const shapes: Record<string, Record<string, string>> = {};
    for (const { type, schemaVersion, data, metadata } of events)
      Object.assign((shapes[`${type}.v${String(schemaVersion)}`] ??= {}), Object.fromEntries(shapeOf({ data, metadata })));
    expect(shapes).toEqual(golden);

    const text = JSON.stringify(events.map(({ data, metadata }) => ({ data, metadata })));
    for (const secret of ['Nguyễn Văn Soạn', 'navy.officer1', 'Người mới', 'nguoi.moi', '$argon2']) expect(text).not.toContain(secret);
  });
});
