import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { UnitTree, authorityPolicies, roles, shippedLifecycles } from '#workflow';
import type { Kind } from '#workflow';
import type { Attaching } from './attached.js';
import type { ActionBodies, MigrationPlan, ProcedureCommand, Transfer } from './commands.js';
import type { ProcedureEvent, ProcedureEventType } from './events.js';
import type { Measurement } from './measured.js';
import type { Parts, PartsChange } from './parts.js';
import { procedure } from './procedure.js';
import type { Procedure } from './state.js';

// Each file holds an event as it was once stored, and the state that it leads to. A changed file is a changed history:
// give the type a new schema version, upcast the old one, and add a file.

interface Golden {
  readonly schemaVersion: number;
  readonly event: ProcedureEvent;
  /** Types whose golden events come before. */
  readonly given: readonly ProcedureEventType[];
  /** Without the records, which repeat the events. */
  readonly leadsTo: object;
}

// What was stored first was decided under the first versions.
const oldest = shippedLifecycles.filter(({ version }) => version === 1);

const folder = join(process.cwd(), 'libs/procedures/src/golden');
const read = (name: string): Golden => JSON.parse(readFileSync(join(folder, `${name}.v1.json`), 'utf8')) as Golden;

/** Forgetting a type does not compile. */
const everyType = Object.keys({
  ProcedureRegistered: 1, PartsAmended: 1, ProcessBuilt: 1, ProcedureReviewed: 1, PublicationProposed: 1, PublicationReturned: 1,
  ProcedurePublished: 1, ProcedureDisclosed: 1, ReviewAssigned: 1, OptionProposed: 1, OptionQualityChecked: 1, OptionReturned: 1,
  OptionApproved: 1, OptionRejected: 1, ProcedureSimplified: 1, ProcedureAbolished: 1, ProcedureWithdrawn: 1, ProcedureSuspended: 1,
  ProcedureResumed: 1, ProcessApplied: 1, ProcessAudited: 1, RecordCorrected: 1, ProcedureMigrated: 1, CostMeasured: 1, ProcedureTransferred: 1,
} satisfies Record<ProcedureEventType, 1>) as ProcedureEventType[]; // prettier-ignore

const units = new UnitTree([
  { id: 'm', name: 'Ministry', level: 'ministry', parent: null },
  { id: 's', name: 'Service', level: 'service', parent: 'm' },
]);
const decision = { number: '12/QĐ', date: '2025-10-01', effectiveDate: '2025-11-01', signer: 'Nguyễn Văn A' };
const document = { title: 'Quyết định', number: '30/QĐ', date: '2025-10-02', effectiveDate: '2025-11-02' };
const parts: Parts = {
  steps: 'Nộp, thẩm tra, trả kết quả', manner: 'Trực tiếp', dossier: { documents: ['Đơn'], sets: 1 }, timeLimitDays: 5, subjects: 'Đơn vị',
  agency: 'Văn phòng', form: 'Mẫu 1', result: 'Văn bản', conditions: 'Không', fees: 'Không', legalBasis: ['Quy chế'],
}; // prettier-ignore
const cost = (hours: string) => ({
  hourlyWage: 31111,
  lines: [{ label: 'Hồ sơ', hours, fee: 20000, service: 5 }],
  timesPerYear: 1,
  subjectsPerYear: 40,
});
const option = {
  type: 'cutDocument', content: 'Bỏ đơn', reason: 'Đã có', documentsToAmend: [{ title: 'Quy chế', number: '1', article: '2', change: 'Bỏ' }],
  before: cost('10'), after: cost('6.5'), roadmap: 'Quý I',
} as const; // prettier-ignore
const reason = { reason: 'Lý do' };

type Step =
  | { readonly [Action in keyof ActionBodies]: readonly [Action, ActionBodies[Action], Attaching?] }[keyof ActionBodies]
  | readonly ['migrate', MigrationPlan]
  | readonly ['measure', Measurement]
  | readonly ['transfer', Transfer];
const [internal] = oldest;
if (!internal) throw new Error('A definition is missing.');
const migration: MigrationPlan = {
  from: 1, to: { ...internal, version: 2 }, stages: { published: 'published', optionProposed: 'optionProposed' }, clocks: 'keep-remaining', reason: 'Quy định mới',
}; // prettier-ignore
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Cần thiết', complianceCost: cost('10') };
const proposal = { document: { number: '01/TTr', date: '2025-09-30' }, note: 'Kính trình' };
const checked = { passed: true, remarks: 'Đạt' };
const prepared: readonly Step[] = [['review', review], ['propose', proposal], ['publish', { decision }]]; // prettier-ignore
const stories: readonly (readonly [Kind, readonly Step[]])[] = [
  ['internal', [
    ['amend-parts', { steps: 'Nộp, trả kết quả', form: null }], ['review', review], ['propose', proposal], ['return', reason], ['propose', proposal],
    ['publish', { decision }], ['assign-review', { units: ['s'], dueOn: '2025-12-31', note: 'Gấp' }], ['suspend', reason], ['resume', {}],
    ['propose-option', { option }], ['return', reason], ['propose-option', { option }], ['check-quality', checked], ['reject-option', reason],
    ['propose-option', { option }], ['check-quality', checked], ['approve-option', { decision }], ['implement-option', { document, parts }],
    ['correct', { revision: 0, changes: { title: 'Tên đúng' }, reason: 'Gõ nhầm' }], ['abolish', { reason: 'Lý do', decision }],
  ]],
  ['internal', [['withdraw', reason]]],
  ['internal', [
    ...prepared, ['propose-option', { option }], ['check-quality', checked], ['approve-option', { decision }], ['implement-option', { document, parts }],
    ['measure', { optionId: 'option-1', cost: cost('5'), evidence: { title: 'Biên bản khảo sát', number: '03/BB', date: '2025-11-05' } }],
  ]],
  ['internal', [...prepared, ['propose-option', { option }], ['migrate', migration]]],
  ['internal', [['transfer', { from: 's', to: 'm', reorganisation: 'r-1', step: 0, decision: { number: '45/QĐ', date: '2025-10-20' } }]]],
  ['public', [...prepared, ['disclose', { date: '2025-11-05', office: 'Bộ phận một cửa' }]]],
  ['quality', [['build', { document }], ['publish', { decision }], ['apply', { date: '2025-11-03' }], ['audit', { date: '2025-11-04', findings: 'Tốt' }]]],
]; // prettier-ignore

/** Any action may carry a comment and files, and a decision its signed scan. */
const file = { hash: 'a'.repeat(64), name: 'Tờ trình.pdf', type: 'application/pdf', size: 1024 };
const carrying: typeof stories = [
  ['internal', [['review', review], ['propose', proposal], ['publish', { decision: { ...decision, scan: file.hash } }, { comment: 'Đã ký', attachments: [file.hash] }]]],
]; // prettier-ignore

/** A cost may say every how many years instead of how often a year. */
const seldom = { ...cost('10'), timesPerYear: undefined, everyYears: 3 };
const everyYears: typeof stories = [['internal', [['review', { ...review, complianceCost: seldom }]]]];

/** Parts as the national database holds them. */
const rows: PartsChange = {
  manner: null,
  timeLimitDays: null,
  dossier: null,
  agency: null,
  legalBasis: null,
  manners: [
    { way: 'Trực tuyến', timeLimit: { amount: 5, unit: 'workingDays' }, fee: 20000, note: 'Qua cổng' },
    { way: 'Trực tiếp', timeLimit: { amount: 12, unit: 'hours' }, fee: 'Không' },
  ],
  documents: [{ name: 'Đơn', form: 'Mẫu 1', originals: 1, copies: 2 }],
  bases: [{ number: '12/2020/NĐ', summary: 'Về thủ tục', date: '2020-05-01', issuer: 'Chính phủ' }],
  agencies: [
    { role: 'decides', name: 'Bộ' },
    { role: 'carriesOut', name: 'Văn phòng', address: 'Hà Nội' },
  ],
  level: 'Cấp bộ',
  keywords: ['đơn', 'mẫu'],
};
const inRows: typeof stories = [['internal', [['amend-parts', rows]]]];

/** Shapes of the same type that hold what was once optional. */
const shapes = [
  'OptionProposed.counted',
  'PartsAmended.rows',
  'ProcedurePublished.attached',
  'ProcedurePublished.confirmed',
  'ProcedureReviewed.everyYears',
  'RecordCorrected.reregistered',
];

/** An option says how many days and conditions there are, before and after. */
const measured = { ...option, days: { before: 10, after: 6 }, conditions: { before: 5, after: 3 } };
const counted: typeof stories = [
  ['internal', [['review', review], ['propose', proposal], ['publish', { decision }], ['propose-option', { option: measured }]]],
]; // prettier-ignore

/** A warning that was confirmed is told by the event. */
const confirming: typeof stories = [
  ['internal', [['review', review], ['propose', proposal], ['publish', { decision: { ...decision, effectiveDate: '2025-09-01' } }]]],
]; // prettier-ignore

/** What the decider makes of the stories, the first event of each type. */
function decidedToday(told: typeof stories): ReadonlyMap<ProcedureEventType, ProcedureEvent> {
  const found = new Map<ProcedureEventType, ProcedureEvent>();
  for (const [kind, steps] of told) {
    const group = kind === 'internal' ? 'C' : undefined;
    const registration: Step = ['register', { title: 'Tên', code: '1.001', kind, group, field: 'văn phòng', owningUnit: 's', parts }];
    let state: Procedure = procedure.initial;
    for (const [index, [action, body, attaching]] of [registration, ...steps].entries()) {
      const definition = oldest.find((one) => one.kind === kind);
      const [authority] = authorityPolicies;
      if (!definition || !authority) throw new Error('A definition is missing.');
      const held = roles.flatMap((role) => ['m', 's'].map((unit) => ({ role, unit })));
      const context = {
        actor: { id: `person-${String(index)}`, roles: held },
        definition,
        authority,
        units,
        today: '2025-11-07',
        newId: 'option-1',
        files: [file],
      };
      const said = { occurredOn: '2025-11-06', confirm: ['implausible-date'] };
      for (const event of procedure.decide({ action, body, ...said, attaching, context } as ProcedureCommand, state)) {
        if (!found.has(event.type)) found.set(event.type, event);
        state = procedure.evolve(state, event);
      }
    }
  }
  return found;
}

/** The state without its records. */
function folded(events: readonly ProcedureEvent[]): object {
  const { records, ...rest } = events.reduce<Procedure>(procedure.evolve, procedure.initial) as Extract<Procedure, { records: unknown }>;
  expect(records).toHaveLength(events.length);
  return rest;
}

describe('The stored events of procedures', () => {
  it('have a golden file each, and no file is left over', () => {
    expect(readdirSync(folder).sort()).toEqual([...everyType, ...shapes].map((name) => `${name}.v1.json`).sort());
  });

  it.each([...everyType, ...shapes])('%s is still read as it was stored', (name) => {
    const { event, given, leadsTo } = read(name);
    const before = given.map((one) => read(one).event);
    expect(JSON.parse(JSON.stringify(folded([...before, event])))).toEqual(leadsTo);
  });

  it.each(everyType)('%s is still decided letter for letter', (type) => {
    const { event, schemaVersion } = read(type);
    expect(schemaVersion).toBe(1);
    expect(decidedToday(stories).get(type)).toEqual(event);
  });

  it('still count what is done once in some years letter for letter', () => {
    expect(decidedToday(everyYears).get('ProcedureReviewed')).toEqual(read('ProcedureReviewed.everyYears').event);
  });

  it('still count days and conditions of an option letter for letter', () => {
    expect(decidedToday(counted).get('OptionProposed')).toEqual(read('OptionProposed.counted').event);
  });

  it('still keep parts in rows letter for letter', () => {
    expect(decidedToday(inRows).get('PartsAmended')).toEqual(read('PartsAmended.rows').event);
  });

  it('still carry comment, files and signed scan letter for letter', () => {
    expect(decidedToday(carrying).get('ProcedurePublished')).toEqual(read('ProcedurePublished.attached').event);
  });
  it('still say what was confirmed letter for letter', () => {
    expect(decidedToday(confirming).get('ProcedurePublished')).toEqual(read('ProcedurePublished.confirmed').event);
  });
});
