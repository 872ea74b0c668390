import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY, noPerson, openEventStore } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import { anEvent } from '#event-store/testing';
import { openDatabase } from '#platform';
import type { Database } from '#platform';
import { logOf, startApp, type StartedApp } from './support/app.js';
import { password, signIn, startAppWithChief } from './support/chief.js';
import {
  Caller,
  decision,
  goodReview,
  option,
  order,
  proposal,
  registration,
  signInAs,
  type Accepted,
  type DemoPerson,
  type Problem,
} from './support/client.js';
import { wholeLog } from './support/log-laws.js';
import { startPostgres, type PostgresServer } from './support/postgres-server.js';

interface Operation {
  readonly parameters?: readonly { readonly name: string }[];
}
type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
interface Lifecycle {
  readonly authority: { readonly classes: Readonly<Record<string, object>> };
}
interface Line {
  readonly type: string;
  readonly actor: {
    readonly id: string;
    readonly role: string;
    readonly unit: string;
    readonly onBehalfOf?: string;
    readonly onBehalfOfName?: string;
  };
}

/** What becomes of a command in the log. */
interface Command {
  /** Whether it can be sent for somebody else under a delegation. */
  readonly delegable: boolean;
  /** The roles that let somebody send it, each where it is the only one that does. */
  readonly roles: readonly Role[];
  /** Types of the events, in the order of the log; none where it leaves nothing there. */
  readonly leaves: readonly string[];
  /** Why it leaves nothing there, and so names no role. */
  readonly because?: string;
}
type Role = 'officer' | 'checker' | 'authority' | 'administrator';

const byOne = (role: Role, ...leaves: readonly string[]): Command => ({ delegable: false, roles: [role], leaves });
const alsoForOthers = (roles: Role | readonly Role[], ...leaves: readonly string[]): Command => ({
  delegable: true,
  roles: typeof roles === 'string' ? [roles] : roles,
  leaves,
});
const nothing = (because: string): Command => ({ delegable: false, roles: [], leaves: [], because });
const session = nothing('sessions are no facts of the register; security events have them');
const key = nothing('keys stand in the database; security events have who made and ended them');
const webhook = nothing('webhooks stand in the database; security events have who made and changed them');
const running = nothing('what runs where is of the moment, and is the same to whoever reads the log');
const onlySays = nothing('it says what would be');
const oneself = nothing('what somebody likes to see and to be told is their own affair');

/**
 * Every command of the API: whether it can be sent for somebody else, by which role, and what it leaves in the log. A new one is to be
 * decided on here.
 */
const commands: Readonly<Record<string, Command>> = {
  'POST /auth/login': session,
  'POST /auth/refresh': session,
  'POST /auth/logout': session,
  'POST /auth/sessions/{id}/logout': session,
  'POST /auth/logout-everywhere': session,
  'POST /auth/password': session,
  'POST /service-accounts': byOne('administrator', 'PersonRegistered', 'RoleGranted'),
  'POST /service-accounts/{id}/rotate': key,
  'POST /service-accounts/{id}/revoke': key,
  'POST /procedures': alsoForOthers('officer', 'CodeReserved', 'ProcedureRegistered'),
  'PATCH /procedures/{id}/parts': alsoForOthers('officer', 'PartsAmended'),
  'POST /compliance-cost': onlySays,
  'POST /procedures/{id}/actions/build': alsoForOthers('officer', 'ProcessBuilt'),
  'POST /procedures/{id}/actions/review': alsoForOthers('officer', 'ProcedureReviewed'),
  'POST /procedures/{id}/actions/propose': alsoForOthers('officer', 'PublicationProposed'),
  'POST /procedures/{id}/actions/publish': alsoForOthers('authority', 'ProcedurePublished'),
  'POST /procedures/{id}/actions/disclose': alsoForOthers('officer', 'ProcedureDisclosed'),
  'POST /procedures/{id}/actions/apply': alsoForOthers('officer', 'ProcessApplied'),
  'POST /procedures/{id}/actions/audit': alsoForOthers('checker', 'ProcessAudited'),
  'POST /procedures/{id}/actions/assign-review': alsoForOthers('authority', 'ReviewAssigned'),
  'POST /procedures/{id}/actions/propose-option': alsoForOthers('officer', 'OptionProposed'),
  'POST /procedures/{id}/actions/check-quality': alsoForOthers('checker', 'OptionQualityChecked'),
  'POST /procedures/{id}/actions/approve-option': alsoForOthers('authority', 'OptionApproved'),
  'POST /procedures/{id}/actions/reject-option': alsoForOthers('authority', 'OptionRejected'),
  'POST /procedures/{id}/actions/implement-option': alsoForOthers('officer', 'ProcedureSimplified'),
  'POST /procedures/{id}/actions/return': alsoForOthers(['authority', 'checker'], 'PublicationReturned', 'OptionReturned'),
  'POST /procedures/{id}/actions/abolish': alsoForOthers('authority', 'ProcedureAbolished'),
  'POST /procedures/{id}/actions/withdraw': alsoForOthers('officer', 'ProcedureWithdrawn'),
  'POST /procedures/{id}/actions/suspend': alsoForOthers('authority', 'ProcedureSuspended'),
  'POST /procedures/{id}/actions/resume': alsoForOthers('authority', 'ProcedureResumed'),
  'POST /procedures/{id}/actions/correct': alsoForOthers(['authority', 'officer'], 'CodeReserved', 'RecordCorrected'),
  'POST /procedures/{id}/measurements': alsoForOthers('officer', 'CostMeasured'),
  'POST /compliance-cost/sensitivity': onlySays,
  'POST /procedures/{id}/attachments': nothing('a file is named in the log when something is said or done with it'),
  'POST /procedures/{id}/comments': byOne('officer', 'CommentAdded'),
  'POST /units': byOne('administrator', 'UnitRegistered'),
  'POST /units/{id}/rename': byOne('administrator', 'UnitRenamed'),
  'POST /units/{id}/move': byOne('administrator', 'UnitMoved'),
  'POST /units/{id}/merge': byOne('administrator', 'UnitMerged'),
  'POST /units/{id}/close': byOne('administrator', 'UnitClosed'),
  'POST /reorganisations': byOne('administrator', 'ReorganisationPlanned'),
  'POST /reorganisations/preview': onlySays,
  'POST /reorganisations/{id}/amend': byOne('administrator', 'ReorganisationAmended'),
  'POST /reorganisations/{id}/cancel': byOne('administrator', 'ReorganisationCancelled'),
  'POST /reorganisations/{id}/resume': byOne('administrator', 'ReorganisationResumed'),
  'POST /people': byOne('administrator', 'PersonRegistered', 'ClearanceGranted'),
  'POST /people/{id}/roles': byOne('administrator', 'RoleGranted'),
  'DELETE /people/{id}/roles/{role}': byOne('administrator', 'RoleRevoked'),
  'POST /people/{id}/clearance': byOne('administrator', 'ClearanceGranted'),
  'POST /people/{id}/erase': byOne('administrator', 'PersonErased'),
  // For others an administrator; what is one’s own under the role whose work it is that is delegated.
  'POST /delegations': { delegable: false, roles: ['administrator', 'officer'], leaves: ['DelegationGranted'] },
  'POST /delegations/{id}/revoke': { delegable: false, roles: ['administrator', 'officer'], leaves: ['DelegationRevoked'] },
  'POST /procedures/{id}/claim': alsoForOthers('officer', 'WorkClaimed'),
  'POST /procedures/{id}/assign': alsoForOthers(['authority', 'officer'], 'WorkAssigned'),
  'POST /procedures/{id}/release': alsoForOthers(['authority', 'officer'], 'WorkReleased'),
  'POST /procedures/{id}/consultations': alsoForOthers('officer', 'ConsultationOpened'),
  'POST /procedures/{id}/obstacles': alsoForOthers('officer', 'ObstacleRaised'),
  'POST /tasks/{id}/answer': alsoForOthers('officer', 'InquiryAnswered', 'InquiryClosed'),
  'POST /tasks/{id}/close': alsoForOthers('officer', 'InquiryClosed'),
  'POST /tasks/{id}/remind': alsoForOthers(['authority', 'officer'], 'InquiryReminded'),
  'POST /programmes': alsoForOthers('authority', 'ProgrammeMade'),
  'POST /programmes/{id}/targets': alsoForOthers('authority', 'TargetSet'),
  'POST /programmes/{id}/targets/{target}/withdraw': alsoForOthers('authority', 'TargetWithdrawn'),
  'POST /programmes/{id}/targets/{target}/published-figure': alsoForOthers('authority', 'FigureStated'),
  'POST /programmes/{id}/close': alsoForOthers('authority', 'ProgrammeClosed'),
  'POST /periods': alsoForOthers('authority', 'PeriodClosed'),
  'POST /inspections': alsoForOthers(['authority', 'checker'], 'InspectionAnnounced'),
  'POST /inspections/{id}/actions/open': alsoForOthers(['authority', 'checker'], 'InspectionOpened'),
  'POST /inspections/{id}/actions/find': alsoForOthers(['authority', 'checker'], 'FindingMade'),
  'POST /inspections/{id}/actions/end': alsoForOthers(['authority', 'checker'], 'InspectionEnded'),
  'POST /inspections/{id}/actions/conclude': alsoForOthers(['authority', 'checker'], 'InspectionConcluded'),
  'POST /inspections/{id}/actions/recommend': alsoForOthers(['authority', 'checker'], 'RecommendationMade'),
  'POST /inspections/{id}/actions/report-remedy': alsoForOthers('officer', 'RemedyReported'),
  'POST /inspections/{id}/actions/accept-remedy': alsoForOthers(['authority', 'checker'], 'RemedyAccepted'),
  'POST /inspections/{id}/actions/return-remedy': alsoForOthers(['authority', 'checker'], 'RemedyReturned'),
  'POST /inspections/{id}/actions/close': alsoForOthers(['authority', 'checker'], 'InspectionClosed'),
  'POST /steering-boards': alsoForOthers(['authority', 'checker'], 'SteeringBoardEstablished'),
  'POST /steering-boards/{id}/actions/appoint-member': alsoForOthers(['authority', 'checker'], 'BoardMemberAppointed'),
  'POST /steering-boards/{id}/actions/release-member': alsoForOthers(['authority', 'checker'], 'BoardMemberReleased'),
  'POST /steering-boards/{id}/actions/hold-meeting': alsoForOthers(['authority', 'checker'], 'BoardMeetingHeld'),
  'POST /steering-boards/{id}/actions/add-conclusion': alsoForOthers(
    ['authority', 'checker'],
    'BoardConclusionReached',
    'RecommendationMade',
  ),
  'POST /steering-boards/{id}/actions/report-remedy': alsoForOthers('officer', 'RemedyReported'),
  'POST /steering-boards/{id}/actions/accept-remedy': alsoForOthers(['authority', 'checker'], 'RemedyAccepted'),
  'POST /steering-boards/{id}/actions/return-remedy': alsoForOthers(['authority', 'checker'], 'RemedyReturned'),
  'POST /steering-boards/{id}/actions/dissolve': alsoForOthers(['authority', 'checker'], 'SteeringBoardDissolved'),
  'POST /indicators': alsoForOthers('checker', 'IndicatorDefined'),
  'POST /indicators/{id}/reports': alsoForOthers('officer', 'IndicatorReported'),
  'POST /indicators/{id}/reports/{unit}/{period}/verify': alsoForOthers('checker', 'IndicatorVerified'),
  'POST /indicators/{id}/reports/{unit}/{period}/return': alsoForOthers('checker', 'IndicatorReturned'),
  'POST /indicators/{id}/remind': alsoForOthers('checker', 'IndicatorReminded'),
  'PUT /account/preferences': oneself,
  'PUT /saved-views/{id}': oneself,
  'DELETE /saved-views/{id}': oneself,
  'POST /notifications/read': oneself,
  'PUT /notifications/settings': oneself,
  'POST /notifications/settings/confirm': oneself,
  'POST /definitions/{id}/versions': byOne('administrator', 'LifecycleDrafted'),
  'POST /definitions/{id}/versions/{version}/validate': onlySays,
  'POST /definitions/{id}/check': onlySays,
  'POST /definitions/{id}/versions/{version}/publish': byOne('administrator', 'AuthorityPublished', 'LifecyclePublished'),
  'POST /definitions/{id}/versions/{version}/retire': byOne('administrator', 'LifecycleRetired'),
  'POST /definitions/{id}/migrations': byOne('administrator', 'ProcedureMigrated'),
  'POST /parameters/{name}/versions': byOne('administrator', 'ParameterSet'),
  'POST /papers/{paper}/template/versions': byOne('administrator', 'PaperTemplateReplaced'),
  'POST /papers/{paper}/template/restore': byOne('administrator', 'PaperTemplateRestored'),
  'POST /calendars/{id}/versions': byOne('administrator', 'CalendarPublished'),
  'POST /calendars/{id}/versions/preview': onlySays,
  'POST /webhooks': webhook,
  'PATCH /webhooks/{id}': webhook,
  'DELETE /webhooks/{id}': webhook,
  'POST /webhooks/{id}/rotate-secret': webhook,
  'POST /webhooks/{id}/test': webhook,
  'POST /webhooks/{id}/deliveries/{message}/retry': webhook,
  'POST /webhooks/{id}/replay': webhook,
  'POST /processors/{name}/rebuild': running,
  'POST /processors/{name}/rebuild/cancel': running,
  'POST /processors/{name}/pause': running,
  'POST /processors/{name}/resume': running,
  'POST /processors/{name}/takeover': running,
  'POST /dead-letters/retry': byOne('administrator', 'DeadLettersRetried'),
  'POST /dead-letters/discard': byOne('administrator', 'DeadLetterDiscarded'),
  'POST /imports': nothing('each of its rows leaves what the single command leaves'),
  'POST /imports/{id}/cancel': nothing('what was entered stays as it is'),
  'POST /audit/bundles': nothing('it is read, which is on record as what is read is'),
  'POST /bulk': { ...nothing('each of its items leaves what the single command leaves'), delegable: true },
  'POST /bulk/{id}/pause': nothing('what was done stays as it is'),
  'POST /bulk/{id}/resume': nothing('each of its items leaves what the single command leaves'),
  'POST /bulk/{id}/cancel': nothing('what was done stays as it is'),
  'POST /bulk/{id}/retry': nothing('each of its items leaves what the single command leaves'),
};

describe('Every command', () => {
  let app: StartedApp;
  let administrator: Caller;
  let described: Readonly<Record<string, Operation>>;
  beforeAll(async () => {
    app = await startApp();
    administrator = await signInAs(app.url, 'administrator', 'service');
    const { paths } = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as Description;
    described = Object.fromEntries(
      Object.entries(paths).flatMap(([path, operations]) =>
        Object.entries(operations)
          .filter(([method]) => method !== 'get')
          .map(([method, operation]) => [`${method.toUpperCase()} ${path.replace('/api/v1', '')}`, operation] as const),
      ),
    );
  });
  afterAll(() => app.stop());

  it('was decided on: whether it is sent for somebody else too', () => {
    expect(Object.keys(described).sort()).toEqual(Object.keys(commands).sort());
    for (const [name, { parameters = [] }] of Object.entries(described))
      expect([name, parameters.some((one) => one.name === 'Acting-For')]).toEqual([name, commands[name]?.delegable]);
  });

  it('that is sent in one’s own name alone refuses to be sent for somebody else', async () => {
    for (const [name, { delegable }] of Object.entries(commands)) {
      const [method = '', path = ''] = name.split(' ');
      const at = `/api/v1${path.replace(/\{\w+\}/g, () => randomUUID())}`;
      const answer = await administrator.send<Problem>(method, at, method === 'DELETE' ? undefined : '{}', {
        'acting-for': randomUUID(),
      });
      const isRefused = answer.body.errors?.some((one) => one.path === 'Acting-For') === true;
      expect([name, isRefused]).toEqual([name, !delegable]);
      if (isRefused) expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
    }
  });
});

/** Somebody in the one role of theirs that lets them do something, for themselves or for somebody else. */
interface Sender {
  readonly caller: Caller;
  /** As the log shall show them. */
  readonly actor: { readonly id: string; readonly role: string; readonly unit: string; readonly onBehalfOf?: string };
}

/** A command that was accepted. */
interface Order {
  readonly command: string;
  readonly by: Sender;
  readonly correlationId: string;
}

describe('Every command that leaves something in the log', () => {
  let server: PostgresServer;
  let app: StartedApp;
  let store: EventStore;
  let database: Database;
  let chief: Caller;
  let minister: Caller;
  let log: readonly RecordedEvent[];
  const units = { ministry: '', service: '', unit: '', other: '' };
  let closedYears = 1990;
  const orders: Order[] = [];

  /** @param holds Roles, in the order in which they are given: the one that counts is not the first. */
  const newPerson = async (username: string, holds: readonly (readonly [string, string])[]): Promise<readonly [string, Caller]> => {
    const { id } = await order(chief, 'people', { name: `Người ${username}`, username, password, clearance: 'secret' });
    for (const [role, unit] of holds) await order(chief, `people/${id}/roles`, { role, unit });
    return [id, await signIn(app.url, username)];
  };
  /** Sends it as the command of that name, which must be accepted. */
  const send = async <Body = Accepted>(by: Sender, name: string, path: string, body?: object): Promise<Body> => {
    const [method = '', pattern = ''] = name.split(' ');
    expect(path).toMatch(new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?|$)`));
    const correlationId = randomUUID();
    const { onBehalfOf } = by.actor;
    const headers = { 'x-correlation-id': correlationId, ...(onBehalfOf !== undefined && { 'acting-for': onBehalfOf }) };
    const answer = await by.caller.send<Body>(method, `/api/v1${path}`, body && JSON.stringify(body), headers);
    if (answer.status >= 300) throw new Error(`${name} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    orders.push({ command: name, by, correlationId });
    return answer.body;
  };

  beforeAll(async () => {
    server = await startPostgres();
    ({ app, chief } = await startAppWithChief({ DATABASE_URL: server.url }));
    database = await openDatabase({ url: server.url, dataDir: '' });
    store = await openEventStore(database, logOf(server.url));
    const { body: demo } = await new Caller(app.url, null).get<readonly DemoPerson[]>('/api/v1/auth/demo');
    for (const level of ['ministry', 'service', 'unit'] as const)
      units[level] = demo.find(({ unit }) => unit.level === level)?.unit.id ?? '';
    units.other = demo.find(({ unit }) => unit.level === 'unit' && unit.id !== units.unit)?.unit.id ?? '';
    [, minister] = await newPerson('bo.truong', [['authority', units.ministry]]);
    await carryThrough();
    await administer();
    log = await wholeLog(store);
  });
  afterAll(async () => {
    await store.close();
    await database.close();
    await app.stop();
    await server.stop();
  });

  /** Procedures from their registration to their end: by people in their own name, then for each of them by somebody else. */
  async function carryThrough(): Promise<void> {
    const { ministry, service, unit, other } = units;
    // Who leads, audits or administers at the top, and does other work elsewhere, does this in none of these roles.
    const besides = [['administrator', ministry], ['leader', ministry], ['authority', other], ['checker', unit]] as const; // prettier-ignore
    const [officer, checker, authority] = [
      await newPerson('can.bo', [...besides, ['officer', service]]),
      await newPerson('kiem.soat', [...besides, ['officer', other], ['checker', service]]),
      await newPerson('tham.quyen', [...besides, ['officer', other], ['authority', service]]),
    ];
    const inRole = ([id, caller]: readonly [string, Caller], role: Role): Sender => ({ caller, actor: { id, role, unit: service } });
    const senders = { officer: inRole(officer, 'officer'), checker: inRole(checker, 'checker'), authority: inRole(authority, 'authority') };
    await carryThroughBy(senders);
    await withoutDelegation(senders.officer);

    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format();
    const deputyOf = async (name: Role & keyof typeof senders): Promise<Sender> => {
      const { actor } = senders[name];
      const deputy = await newPerson(`thay.${name}`, [
        ...besides,
        ['officer', other],
        [name === 'officer' ? 'authority' : 'officer', service],
      ]);
      const delegation = { from: actor.id, to: deputy[0], actions: 'all', startsOn: today, endsOn: '2199-12-31', reason: 'đi công tác' };
      await order(senders[name].caller, 'delegations', delegation);
      return { caller: deputy[1], actor: { ...actor, id: deputy[0], onBehalfOf: actor.id } };
    };
    await carryThroughBy({
      officer: await deputyOf('officer'),
      checker: await deputyOf('checker'),
      authority: await deputyOf('authority'),
    });
  }

  /** An inspection by the service, which asks something of itself, from its announcement to its end. */
  async function inspect(inspector: Sender, officer: Sender): Promise<void> {
    const announced = { title: 'Kiểm tra', by: units.service, of: units.unit, announcedOn: '2025-11-03' };
    const { id } = await send(inspector, 'POST /inspections', '/inspections', announced);
    const act = (by: Sender, action: string, body: object): Promise<{ recommendation: string }> =>
      send(by, `POST /inspections/{id}/actions/${action}`, `/inspections/${id}/actions/${action}`, body);
    await act(inspector, 'open', { date: '2025-11-07' });
    await act(inspector, 'find', { text: 'Chưa niêm yết', severity: 'low' });
    await act(inspector, 'end', { date: '2025-11-08' });
    await act(inspector, 'conclude', { document: { number: '1/KL', date: '2025-11-10' } });
    const { recommendation } = await act(inspector, 'recommend', { text: 'Khắc phục', owner: units.service, dueOn: '2025-12-31' });
    await act(officer, 'report-remedy', { recommendation, text: 'Đã làm' });
    await act(inspector, 'return-remedy', { recommendation, reason: 'chưa đủ' });
    await act(officer, 'report-remedy', { recommendation, text: 'Đã làm đủ' });
    await act(inspector, 'accept-remedy', { recommendation });
    await act(inspector, 'close', {});
  }

  /** A steering board of the service, which asks something of itself, from its establishment to its end. */
  async function steer(giver: Sender, officer: Sender): Promise<void> {
    const document = { number: '1/QĐ', date: '2025-01-10' };
    const { id } = await send(giver, 'POST /steering-boards', '/steering-boards', { title: 'Ban chỉ đạo', unit: units.service, document });
    const act = (by: Sender, action: string, body: object): Promise<{ member: string; meeting: string; recommendation: string }> =>
      send(by, `POST /steering-boards/{id}/actions/${action}`, `/steering-boards/${id}/actions/${action}`, body);
    const person = officer.actor.id;
    const { member } = await act(giver, 'appoint-member', { person, role: 'member', from: '2025-01-10' });
    const { meeting } = await act(giver, 'hold-meeting', { title: 'Họp quý I', date: '2025-03-31', present: [person] });
    await act(giver, 'release-member', { member, to: '2025-12-31' });
    await act(giver, 'add-conclusion', { meeting, text: 'Thống nhất kế hoạch' });
    const asked = { meeting, text: 'Rà soát lại', owner: units.service, dueOn: '2025-12-31' };
    const { recommendation } = await act(giver, 'add-conclusion', asked);
    await act(officer, 'report-remedy', { recommendation, text: 'Đã làm' });
    await act(giver, 'return-remedy', { recommendation, reason: 'chưa đủ' });
    await act(officer, 'report-remedy', { recommendation, text: 'Đã làm đủ' });
    await act(giver, 'accept-remedy', { recommendation });
    await act(giver, 'dissolve', { document: { number: '9/QĐ', date: '2025-12-31' } });
  }

  async function carryThroughBy({
    officer,
    checker,
    authority,
  }: Readonly<Record<'officer' | 'checker' | 'authority', Sender>>): Promise<void> {
    const register = async (more: object = {}): Promise<string> => {
      const code = `1.${randomUUID().slice(0, 8)}`;
      const body = { ...registration(officer.caller), owningUnit: units.service, code, ...more };
      return (await send(officer, 'POST /procedures', '/procedures', body)).id;
    };
    const act = (by: Sender, id: string, action: string, body: object): Promise<Accepted> =>
      send(by, `POST /procedures/{id}/actions/${action}`, `/procedures/${id}/actions/${action}`, body);
    const on = (by: Sender, id: string, what: string, body: object): Promise<Accepted> =>
      send(by, `POST /procedures/{id}/${what}`, `/procedures/${id}/${what}`, body);
    const onTask = (by: Sender, id: string, what: string, body: object): Promise<Accepted> =>
      send(by, `POST /tasks/{id}/${what}`, `/tasks/${id}/${what}`, body);
    const reason = { reason: 'thử' };
    const worker = (
      await officer.caller.get<{ items: { id: string; roles: { role: string; unit: string }[] }[] }>('/api/v1/people')
    ).body.items.find(
      ({ id, roles }) => id !== officer.actor.id && roles.some(({ role, unit }) => role === 'officer' && unit === units.service),
    );

    const id = await register();
    await send(officer, 'PATCH /procedures/{id}/parts', `/procedures/${id}/parts`, { fees: 'Không' });
    await on(officer, id, 'claim', {});
    await on(officer, id, 'assign', { person: worker?.id, ...reason });
    await on(officer, id, 'release', reason);
    await on(authority, id, 'assign', { person: worker?.id, ...reason });
    await on(authority, id, 'release', reason);
    await act(officer, id, 'review', goodReview);
    await act(officer, id, 'propose', proposal);
    await act(authority, id, 'return', reason);
    await act(officer, id, 'propose', proposal);
    await act(authority, id, 'publish', { decision });
    await act(authority, id, 'correct', { revision: 6, changes: { 'decision.number': '13/QĐ' }, ...reason });

    const { position } = await act(authority, id, 'assign-review', { units: [units.service, units.unit], dueOn: '2199-12-31' });
    const { body: tasks } = await officer.caller.get<{ items: readonly { id: string; kind: string }[] }>(
      `/api/v1/procedures/${id}/tasks?minPosition=${position}`,
    );
    const review = tasks.items.find(({ kind }) => kind === 'review')?.id ?? '';
    await onTask(authority, review, 'remind', {});
    await onTask(officer, review, 'answer', { answer: 'Không', unit: units.service });
    const question = { question: 'Có vướng mắc gì không?', dueOn: '2199-12-31' };
    const asked = await on(officer, id, 'consultations', { units: [units.service], ...question });
    await onTask(officer, asked.id, 'answer', { answer: 'Không' });
    const waiting = await on(officer, id, 'consultations', { units: [units.unit], ...question });
    await onTask(officer, waiting.id, 'remind', {});
    await onTask(officer, waiting.id, 'close', reason);
    await on(officer, id, 'obstacles', { unit: units.service, description: 'Thiếu biểu mẫu' });

    const propose = (): Promise<Accepted> => act(officer, id, 'propose-option', { option });
    const check = (): Promise<Accepted> => act(checker, id, 'check-quality', { passed: true, remarks: 'Đạt' });
    await propose();
    await act(checker, id, 'return', reason);
    await propose();
    await check();
    await act(authority, id, 'reject-option', reason);
    await propose();
    await check();
    await act(authority, id, 'approve-option', { decision });
    const document = { title: 'Quyết định sửa đổi', number: '30/QĐ', date: '2024-05-06', effectiveDate: '2024-06-10' };
    await act(officer, id, 'implement-option', { document });
    await on(officer, id, 'measurements', { cost: option.before, evidence: { title: 'Biên bản khảo sát', date: '2024-06-10' } });
    await act(authority, id, 'suspend', reason);
    await act(authority, id, 'resume', {});
    await act(authority, id, 'abolish', { decision, ...reason });

    const programme = await send(authority, 'POST /programmes', '/programmes', {
      code: '1',
      title: 'Kế hoạch',
      from: '2022-01-01',
      to: '2025-12-31',
    });
    const onProgramme = (what: string, path: string, body: object): Promise<{ target: string }> =>
      send(authority, `POST /programmes/{id}/${what}`, `/programmes/${programme.id}/${path}`, body);
    const { target } = await onProgramme('targets', 'targets', { metric: 'published', threshold: '100', deadline: '2023-04-01' });
    const figure = { value: '33.9', document: { number: '7/BC', date: '2025-12-31' } };
    await onProgramme('targets/{target}/published-figure', `targets/${target}/published-figure`, figure);
    await onProgramme('targets/{target}/withdraw', `targets/${target}/withdraw`, reason);
    await onProgramme('close', 'close', reason);
    await send(authority, 'POST /periods', '/periods', { unit: units.service, period: String(closedYears++) });
    for (const inspector of [authority, checker]) await inspect(inspector, officer);
    for (const giver of [authority, checker]) await steer(giver, officer);

    const indicator = await send(checker, 'POST /indicators', '/indicators', {
      ...{ code: randomUUID(), title: 'Có phần mềm', unitOfMeasure: 'đơn vị', per: 'service' },
    });
    const onIndicator = (who: typeof officer, what: string, path: string, body: object): Promise<Accepted> =>
      send(who, `POST /indicators/{id}/${what}`, `/indicators/${indicator.id}/${path}`, body);
    await onIndicator(checker, 'remind', 'remind', { period: '2024' });
    await onIndicator(officer, 'reports', 'reports', { unit: units.service, period: '2025', value: '18' });
    await onIndicator(checker, 'reports/{unit}/{period}/verify', `reports/${units.service}/2025/verify`, {});
    await onIndicator(checker, 'reports/{unit}/{period}/return', `reports/${units.service}/2025/return`, reason);

    const mistaken = await register();
    await act(officer, mistaken, 'correct', { revision: 0, changes: { code: `2.${randomUUID().slice(0, 8)}` }, ...reason });
    await act(officer, mistaken, 'withdraw', reason);
    const open = await register({ kind: 'public', group: undefined });
    await act(officer, open, 'review', goodReview);
    await act(officer, open, 'propose', proposal);
    await order(minister, `procedures/${open}/actions/publish`, { decision });
    await act(officer, open, 'disclose', { date: decision.date, office: 'Bộ phận một cửa' });
    const quality = await register({ kind: 'quality', group: undefined });
    await act(officer, quality, 'build', { document: { title: 'Quy trình', number: '1', date: '2023-01-06' } });
    await act(authority, quality, 'publish', { decision });
    await act(officer, quality, 'apply', { date: '2023-03-01' });
    await act(checker, quality, 'audit', { date: '2023-04-01', findings: 'Đạt' });
  }

  /** What somebody does in their own name alone. */
  async function withoutDelegation(officer: Sender): Promise<void> {
    const { id } = await order(officer.caller, 'procedures', { ...registration(officer.caller), owningUnit: units.service });
    await send(officer, 'POST /procedures/{id}/comments', `/procedures/${id}/comments`, { text: 'Đã đọc' });
    const [one, caller] = await newPerson('mot.don.vi', [
      ['administrator', units.ministry],
      ['leader', units.unit],
      ['officer', units.service],
    ]);
    // For the one unit for which they speak, which is not the first at which they hold a role.
    const raiser: Sender = { caller, actor: { id: one, role: 'officer', unit: units.service } };
    await send(raiser, 'POST /procedures/{id}/obstacles', `/procedures/${id}/obstacles`, { description: 'Thiếu biểu mẫu' });
    const [deputy] = await newPerson('thay.tam', []);
    const days = { startsOn: '2199-01-01', endsOn: '2199-12-31', reason: 'nghỉ' };
    const granted = await send(raiser, 'POST /delegations', '/delegations', { from: one, to: deputy, actions: ['review'], ...days });
    await send(raiser, 'POST /delegations/{id}/revoke', `/delegations/${granted.id}/revoke`, {});
  }

  async function administer(): Promise<void> {
    const { ministry, service, unit, other } = units;
    const [id, caller] = await newPerson('quan.tri', [
      ['officer', service],
      ['authority', ministry],
      ['administrator', other],
      ['administrator', ministry],
    ]);
    const administrator: Sender = { caller, actor: { id, role: 'administrator', unit: ministry } };
    const give = <Body = Accepted>(command: string, path: string, body?: object): Promise<Body> =>
      send<Body>(administrator, command, path, body);

    const newUnit = async (name: string): Promise<string> =>
      (await give('POST /units', '/units', { name, level: 'unit', parent: service })).id;
    const [one, two, three] = [await newUnit('Một'), await newUnit('Hai'), await newUnit('Ba')];
    await give('POST /units/{id}/rename', `/units/${one}/rename`, { name: 'Một mới' });
    await give('POST /units/{id}/move', `/units/${one}/move`, { parent: two });
    await give('POST /units/{id}/merge', `/units/${one}/merge`, { into: three });
    await give('POST /units/{id}/close', `/units/${two}/close`, {});

    // Something comes between: the unit that another one is to become part of is closed before the plan is begun.
    const [four, five, today] = [
      await newUnit('Bốn'),
      await newUnit('Năm'),
      new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(),
    ];
    await caller.post('/api/v1/processors/reorganising/pause', {});
    const sorted = {
      title: 'Sắp xếp',
      decision: { number: '9/QĐ', date: '2025-01-02' },
      effectiveOn: today,
      steps: [{ kind: 'merge', unit: four, into: five }],
    };
    const { id: sorting } = await give('POST /reorganisations', '/reorganisations', sorted);
    await give('POST /reorganisations/{id}/amend', `/reorganisations/${sorting}/amend`, { ...sorted, title: 'Sắp xếp lại' });
    await order(caller, `units/${five}/close`, {});
    await caller.post('/api/v1/processors/reorganising/resume', {});
    const stands = async (): Promise<string> => (await caller.get<{ state: string }>(`/api/v1/reorganisations/${sorting}`)).body.state;
    while ((await stands()) !== 'halted') await new Promise((resolve) => setTimeout(resolve, 100));
    await give('POST /reorganisations/{id}/resume', `/reorganisations/${sorting}/resume`, {});
    await give('POST /reorganisations/{id}/cancel', `/reorganisations/${sorting}/cancel`, { reason: 'Thôi' });

    const newcomer = { name: 'Người mới', username: 'nguoi.moi', password, clearance: 'confidential', unit: service };
    const { id: person } = await give('POST /people', '/people', newcomer);
    await give('POST /people/{id}/roles', `/people/${person}/roles`, { role: 'officer', unit });
    await give('POST /people/{id}/clearance', `/people/${person}/clearance`, { clearance: 'none' });
    const [other2] = await newPerson('nguoi.khac', [['officer', unit]]);
    const days = { startsOn: '2199-01-01', endsOn: '2199-12-31', reason: 'nghỉ' };
    const granted = await give('POST /delegations', '/delegations', { from: person, to: other2, actions: 'all', ...days });
    await give('POST /delegations/{id}/revoke', `/delegations/${granted.id}/revoke`, {});
    await give('DELETE /people/{id}/roles/{role}', `/people/${person}/roles/officer?unit=${unit}`);
    await give('POST /people/{id}/erase', `/people/${person}/erase`, { legalBasis: 'Luật số 91/2025/QH15, Điều 14', reason: 'Đã yêu cầu' });
    await give('POST /service-accounts', '/service-accounts', { name: 'Cổng', role: 'officer', unit: service, scopes: ['read'] });

    const { body: calendar } = await caller.get<{ holidays: readonly object[] }>('/api/v1/calendars/vn');
    const holidays = [...calendar.holidays, { date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam' }];
    await give('POST /calendars/{id}/versions', '/calendars/vn/versions', { ...calendar, holidays, reason: 'Quyết định mới' });

    const wage = { value: option.before.hourlyWage, source: 'GDP bình quân', validFrom: '2020-01-01' };
    await give('POST /parameters/{name}/versions', '/parameters/hourlyWage/versions', wage);
    const wording = { text: '[issuer]\n{{owner}}\n[title]\nTỜ TRÌNH\n[body]\nKính trình.', reason: 'Mẫu riêng' };
    await give('POST /papers/{paper}/template/versions', '/papers/submission/template/versions', wording);
    await give('POST /papers/{paper}/template/restore', '/papers/submission/template/restore', { reason: 'Nhầm' });

    const { id: kept } = await order(caller, 'procedures', { ...registration(caller), owningUnit: service });
    const versions = '/definitions/internal/versions';
    const { body: current } = await caller.get<Lifecycle>(`/api/v1${versions}/2`);
    const group = { ...current.authority.classes['D'], nationalDatabase: true };
    const authority = { ...current.authority, classes: { ...current.authority.classes, D: group } };
    const { version } = await give<{ version: number }>('POST /definitions/{id}/versions', versions, { ...current, authority });
    await give('POST /definitions/{id}/versions/{version}/publish', `${versions}/${version}/publish`, {});
    const plan = {
      from: 2,
      to: version,
      stages: { registered: 'registered' },
      clocks: 'keep-due',
      reason: 'Quy định mới',
      procedures: [kept],
    };
    const moved = await give<{ outcomes: object[] }>('POST /definitions/{id}/migrations', '/definitions/internal/migrations', plan);
    expect(moved.outcomes).toContainEqual({ outcome: 'migrated', count: 1 });
    await give('POST /definitions/{id}/versions/{version}/retire', `${versions}/2/retire`, {});

    const again = await deadLetter(caller);
    await give('POST /dead-letters/retry', '/dead-letters/retry', { processor: 'register', stream: again.stream });
    const { stream, position } = await deadLetter(caller);
    await give('POST /dead-letters/discard', '/dead-letters/discard', { processor: 'register', stream, position });
  }

  /** Something that the register cannot show, as a fault of the product would write it. */
  async function deadLetter(administrator: Caller): Promise<{ readonly stream: string; readonly position: string }> {
    const stream = `procedure-${randomUUID()}`;
    await store.append(stream, [{ ...anEvent({}), type: 'ProcedureRegistered' }], { expected: ANY });
    for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
      const { body } = await administrator.get<{ items: readonly { stream: string; processor: string; position: string }[] }>(
        '/api/v1/dead-letters',
      );
      const found = body.items.find((one) => one.stream === stream && one.processor === 'register');
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The register shows what it cannot show.');
  }

  const leftBy = (correlationId: string): typeof log => log.filter(({ metadata }) => metadata.$correlationId === correlationId);

  it('is tried here in each role that lets somebody send it, and for somebody else where it can be', () => {
    const sent = (isDelegated: boolean): Readonly<Record<string, readonly string[]>> => {
      const roles = new Map<string, Set<string>>();
      for (const { command, by } of orders)
        if ((by.actor.onBehalfOf !== undefined) === isDelegated) roles.set(command, (roles.get(command) ?? new Set()).add(by.actor.role));
      return Object.fromEntries([...roles].map(([command, held]) => [command, [...held].sort()]));
    };
    const leaving = Object.entries(commands).filter(([, { leaves }]) => leaves.length > 0);
    const rolesOf = (some: typeof leaving): object => Object.fromEntries(some.map(([name, { roles }]) => [name, [...roles].sort()]));
    expect(sent(false)).toEqual(rolesOf(leaving));
    expect(sent(true)).toEqual(rolesOf(leaving.filter(([, { delegable }]) => delegable)));
  });

  it('names the role that allowed it, none of the others that the person has, and both people', () => {
    for (const { command, by, correlationId } of orders) {
      const events = leftBy(correlationId);
      expect([command, events.length > 0]).toEqual([command, true]);
      for (const { type, metadata } of events) {
        const { id, role, unit, onBehalfOf } = metadata.actor;
        expect({ command, type, id, role, unit, onBehalfOf }).toEqual({ command, type, onBehalfOf: undefined, ...by.actor });
      }
    }
  });

  it('leaves what it is said to leave', () => {
    const left = new Map<string, Set<string>>();
    for (const { command, correlationId } of orders)
      for (const { type } of leftBy(correlationId))
        // A log that does not tell ids apart has the command reserved first.
        if (type !== 'CommandReserved') left.set(command, (left.get(command) ?? new Set()).add(type));
    const expected = Object.entries(commands).flatMap(([name, { leaves }]) =>
      leaves.length > 0 ? [[name, [...leaves].sort()] as const] : [],
    );
    expect(Object.fromEntries([...left].map(([name, types]) => [name, [...types].sort()]))).toEqual(Object.fromEntries(expected));
  });

  it('is all that people leave there: nothing that was accepted names no role', () => {
    // Whoever holds none may sign in and read all the same.
    const nameless = log.filter(
      ({ type, stream, metadata }) =>
        !stream.startsWith('accesses-') && type !== 'CommandRefused' && metadata.actor.id !== noPerson && metadata.actor.role === 'none',
    );
    expect(nameless.map(({ type, stream }) => `${type} ${stream}`)).toEqual([]);
  });

  it('refuses whoever acts for somebody outside of their work, and shows for whom they tried', async () => {
    const deputy = orders.find(({ by }) => by.actor.onBehalfOf !== undefined)?.by;
    if (!deputy) throw new Error('Nobody acted for anybody.');
    const { id } = await order(
      deputy.caller,
      'procedures',
      { ...registration(deputy.caller), owningUnit: units.service },
      {
        'acting-for': deputy.actor.onBehalfOf ?? '',
      },
    );
    const refused = await deputy.caller.post<Problem>(
      `/api/v1/procedures/${id}/actions/abolish`,
      { reason: 'x' },
      {
        'acting-for': deputy.actor.onBehalfOf ?? '',
      },
    );
    expect(refused).toMatchObject({ status: 403, body: { code: 'not-authorised' } });
    const { body: history } = await deputy.caller.get<{ items: Line[] }>(`/api/v1/procedures/${id}/history?refused=true`);
    expect(history.items.map(({ type, actor: { id: by, role, onBehalfOf } }) => [type, by, role, onBehalfOf])).toEqual([
      ['ProcedureRegistered', deputy.actor.id, 'officer', deputy.actor.onBehalfOf],
      ['CommandRefused', deputy.actor.id, 'none', deputy.actor.onBehalfOf],
    ]);
    expect(history.items[0]?.actor).toMatchObject({ unit: units.service, onBehalfOfName: 'Người can.bo' });
  });

  it('is read by other programs, as far as it is not classified, from the start of the product on', async () => {
    const rows = await database.transaction(async (transaction) => {
      await transaction.query('SET LOCAL ROLE tinhgon_reporting');
      const found = await transaction.query<{ type: string; classification: string }>(
        'SELECT DISTINCT a.type, p.classification FROM reporting.acts a JOIN reporting.procedures p USING (procedure)',
      );
      return found.rows;
    });
    expect(rows.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['ProcedureRegistered', 'ProcedurePublished', 'ProcedureSimplified']),
    );
    expect(new Set(rows.map(({ classification }) => classification))).toEqual(new Set(['none']));
  });
});
