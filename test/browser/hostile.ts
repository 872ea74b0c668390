import { randomUUID } from 'node:crypto';
import { ANY, openEventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import { openDatabase } from '#platform';
import { logOf } from '../support/app.js';
import type { Caller } from '../support/client.js';
import { decision, goodReview, option, order, proposal, registration, signInAs } from '../support/client.js';

/** Whatever shows it as anything but text has it run: in HTML, in an attribute, in a template, as an address. */
const hostile = `<img src=x onerror="window.ran=1"><script>window.ran=1</script>"'{{7*7}} \${7*7} thủ tục đ`;

/** What is stored, by ids of procedures. */
export interface Hostile {
  /** In force, with comments, files, questions, obstacles, deadlines and an option that was given back. */
  readonly published: string;
  /** Just registered, with as little as can be. */
  readonly bare: string;
  /** A programme with a target, and one without. */
  readonly programme: string;
  readonly aimless: string;
  /** A target of the former that procedures hold up. */
  readonly target: string;
  /** An inspection that asks for something, which was reported, and one that was only announced. */
  readonly inspection: string;
  readonly announced: string;
  /** A steering board that met and asks for something, which was reported, and one that was only established. */
  readonly board: string;
  readonly idle: string;
  /** A period that was closed. */
  readonly period: string;
  /** An indicator that a unit reported, and one that nobody has. */
  readonly indicator: string;
  readonly unreported: string;
  /** What was looked at of a bulk run of the officer’s. */
  readonly bulk: string;
  /** Somebody with such a name, who holds a role. */
  readonly person: string;
  /** A unit with such a name. */
  readonly unit: string;
  /** One that waits for its day. */
  readonly reorganisation: string;
}

/** Leaves in a folder that is not in use what the views cannot show, as a fault of the product would write it. */
export async function storeUnreadable(dataDir: string): Promise<void> {
  const database = await openDatabase({ url: undefined, dataDir });
  const store = await openEventStore(database, logOf(dataDir));
  await store.append(`procedure-${randomUUID()}`, [{ ...anEvent({ title: hostile }), type: 'ProcedureRegistered' }], { expected: ANY });
  await store.close();
  await database.close();
}

/** Fills an installation with the names, titles, reasons and files that somebody would store who wants to harm its readers. */
export async function storeHostile(url: string): Promise<Hostile> {
  const [officer, authority, checker, administrator, unit] = await Promise.all([
    signInAs(url, 'officer', 'service'),
    signInAs(url, 'authority', 'service'),
    signInAs(url, 'checker', 'service'),
    signInAs(url, 'administrator', 'service'),
    signInAs(url, 'officer', 'unit'),
  ]);
  await setDeadlines(administrator);
  const registered = { ...registration(officer), title: hostile, field: hostile };
  const { id: bare } = await order(officer, 'procedures', { ...registered, parts: {} });
  const { id } = await order(officer, 'procedures', registered);
  const act = (by: Caller, action: string, body: object) => order(by, `procedures/${id}/actions/${action}`, body);
  await act(officer, 'review', { ...goodReview, findings: hostile });
  await act(officer, 'propose', { document: { ...proposal.document, number: hostile.slice(0, 100) } });
  await act(authority, 'return', { reason: hostile });
  await act(officer, 'propose', proposal);
  await act(authority, 'publish', { decision: { ...decision, signer: hostile } });
  const file = await attached(officer, id);
  await order(officer, `procedures/${id}/comments`, { text: hostile, attachments: [file] });
  const dueOn = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await order(officer, `procedures/${id}/consultations`, { units: [unit.person?.unit.id], question: hostile, dueOn });
  await order(unit, `procedures/${id}/obstacles`, { description: hostile });
  await act(officer, 'propose-option', { option: { ...option, content: hostile, reason: hostile } });
  await act(checker, 'return', { reason: hostile });
  await act(authority, 'assign-review', { units: [unit.person?.unit.id], dueOn, note: hostile });
  await officer.send(
    'PUT',
    `/api/v1/saved-views/${randomUUID()}`,
    JSON.stringify({ page: 'procedures', name: hostile, search: 'kind=internal' }),
  );
  const period = { from: '2022-01-01', to: '2025-12-31', code: hostile.slice(0, 50), title: hostile };
  const [{ id: programme }, { id: aimless }] = [await order(authority, 'programmes', period), await order(authority, 'programmes', period)];
  const target = { metric: 'published', threshold: '100', deadline: '2025-12-31', scope: { field: hostile } };
  await order(authority, `programmes/${programme}/targets`, target);
  const heldUp = { metric: 'simplified', threshold: '100', deadline: '2025-12-31' };
  const { target: planned } = (await authority.post<{ target: string }>(`/api/v1/programmes/${programme}/targets`, heldUp)).body;
  const { id: closed } = await order(authority, 'periods', { unit: authority.person?.unit.id, period: '2024' });
  const figure = { title: hostile, unitOfMeasure: hostile.slice(0, 50), per: 'unit' };
  const [{ id: indicator }, { id: unreported }] = [
    await order(checker, 'indicators', { ...figure, code: hostile.slice(0, 50) }),
    await order(checker, 'indicators', { ...figure, code: 'CHUA-BAO-CAO' }),
  ];
  await order(unit, `indicators/${indicator}/reports`, {
    unit: unit.person?.unit.id,
    period: '2025',
    value: '18.5',
    evidence: hostile,
    reason: hostile,
  });
  const { inspection, announced } = await inspect(checker, officer, id);
  const { board, idle } = await steer(checker, officer);
  const looked = { action: 'withdraw', body: { reason: hostile }, reason: hostile, selection: { ids: [id, bare] } };
  const { id: bulk } = (await officer.post<{ readonly id: string }>('/api/v1/bulk', looked)).body;
  return {
    published: id,
    bare,
    programme,
    target: planned,
    period: closed,
    aimless,
    inspection,
    announced,
    board,
    idle,
    indicator,
    unreported,
    bulk,
    ...(await administer({ administrator, authority, checker }, bare)),
  };
}

/** Two inspections by the service of itself: one as far as the report of a remedy, and one that was announced. */
async function inspect(
  checker: Caller,
  officer: Caller,
  procedure: string,
): Promise<{ readonly inspection: string; readonly announced: string }> {
  const unit = checker.person?.unit.id;
  const announcement = { title: hostile, by: unit, of: unit, announcedOn: '2025-11-03' };
  const [{ id }, { id: announced }] = [
    await order(checker, 'inspections', announcement),
    await order(checker, 'inspections', announcement),
  ];
  const act = async (by: Caller, action: string, body: object): Promise<string> =>
    (await by.post<{ recommendation: string }>(`/api/v1/inspections/${id}/actions/${action}`, body)).body.recommendation;
  await act(checker, 'open', { date: '2025-11-07' });
  await act(checker, 'find', { text: hostile, severity: 'high', evidence: hostile, procedures: [procedure] });
  await act(checker, 'end', { date: '2025-11-07' });
  await act(checker, 'conclude', { document: { number: hostile.slice(0, 50), date: '2025-11-20' } });
  const recommendation = await act(checker, 'recommend', { text: hostile, owner: unit, dueOn: '2025-12-31' });
  await act(officer, 'report-remedy', { recommendation, text: hostile, evidence: hostile });
  return { inspection: id, announced };
}

/** Two steering boards of the service: one as far as the report of a remedy, and one that was established. */
async function steer(checker: Caller, officer: Caller): Promise<{ readonly board: string; readonly idle: string }> {
  const unit = checker.person?.unit.id;
  const person = (await officer.get<{ id: string }>('/api/v1/account')).body.id;
  const established = { title: hostile, unit, document: { number: hostile.slice(0, 50), date: '2025-01-10' } };
  const [{ id }, { id: idle }] = [
    await order(checker, 'steering-boards', established),
    await order(checker, 'steering-boards', established),
  ];
  const act = async (by: Caller, action: string, body: object): Promise<{ readonly meeting: string; readonly recommendation: string }> =>
    (await by.post<{ meeting: string; recommendation: string }>(`/api/v1/steering-boards/${id}/actions/${action}`, body)).body;
  await act(checker, 'appoint-member', { person, role: 'head', from: '2025-01-10' });
  const { meeting } = await act(checker, 'hold-meeting', { title: hostile, date: '2025-03-31', place: hostile, present: [person] });
  await act(checker, 'add-conclusion', { meeting, text: hostile });
  const { recommendation } = await act(checker, 'add-conclusion', { meeting, text: hostile, owner: unit, dueOn: '2025-12-31' });
  await act(officer, 'report-remedy', { recommendation, text: hostile, evidence: hostile });
  return { board: id, idle };
}

async function attached(by: Caller, procedure: string): Promise<string> {
  const name = encodeURIComponent(`"><img src=x onerror=window.ran=1> 'đ'.pdf`);
  const answer = await fetch(`${by.url}/api/v1/procedures/${procedure}/attachments?name=${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by.token ?? ''}`, 'content-type': 'application/pdf' },
    body: '%PDF-1.7\n<script>window.ran=1</script>\n%%EOF',
  });
  if (!answer.ok) throw new Error(`The file was answered with ${String(answer.status)}: ${await answer.text()}`);
  return ((await answer.json()) as { readonly hash: string }).hash;
}

/** Names of units, people, accounts and receivers, reasons of delegations. @param named Id of a procedure that is handed over */
async function administer(
  { administrator, authority, checker }: Readonly<Record<'administrator' | 'authority' | 'checker', Caller>>,
  named: string,
): Promise<Pick<Hostile, 'person' | 'unit' | 'reorganisation'>> {
  const parent = administrator.person?.unit.id;
  const { id: unit } = await order(administrator, 'units', { name: hostile, level: 'unit', parent });
  const { id: person } = await order(administrator, 'people', { name: hostile, username: 'ten.doc', password: 'một mật khẩu thật dài' });
  await order(administrator, `people/${person}/roles`, { role: 'officer', unit });
  await order(administrator, 'service-accounts', { name: hostile, role: 'officer', unit: parent, scopes: ['read'] });
  await order(administrator, 'webhooks', { url: 'https://hook.invalid/<script>', events: 'all' });
  const [from, to] = await Promise.all([authority, checker].map(async (one) => (await one.get<{ id: string }>('/api/v1/account')).body.id));
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  await order(authority, 'delegations', { from, to, actions: 'all', startsOn: today, endsOn: today, reason: hostile });
  const { id: reorganisation } = await order(administrator, 'reorganisations', {
    ...{ title: hostile, decision: { number: hostile.slice(0, 100), date: '2025-01-02' }, effectiveOn: '2199-01-01' },
    steps: [
      { kind: 'transfer', unit: parent, to: unit, fields: [hostile.slice(0, 100)] },
      { kind: 'transfer', unit: parent, to: unit, procedures: [named] },
      { kind: 'end-level', below: unit },
    ],
  });
  return { person, unit, reorganisation };
}

/** A version of the lifecycle that says by when a review is due, and one like it that is a draft. */
async function setDeadlines(administrator: Caller): Promise<void> {
  const { body: current } = await administrator.get<object>('/api/v1/definitions/internal/versions/2');
  const next = { ...current, calendar: 'vn', deadlines: [{ action: 'review', days: 5, counting: 'working', warnBefore: 1 }] };
  for (const publish of ['definitions/internal/versions/3/publish', null]) {
    await order(administrator, 'definitions/internal/versions', next);
    if (publish !== null) await order(administrator, publish, {});
  }
}
