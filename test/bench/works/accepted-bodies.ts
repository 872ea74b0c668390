import { send, signInAll } from '../product.js';
import type { SignedIn } from '../product.js';

/** A call whose body is about as large as its rules take, and which is accepted. */
export interface AcceptedCall {
  /** As the API description has it. */
  readonly door: string;
  readonly by: SignedIn;
  readonly method: 'POST' | 'PATCH';
  /** After `/api/v1`. */
  readonly path: string;
  readonly body: object;
}

const text = (characters: number): string => 'ế'.repeat(characters);
const list = <Item>(count: number, item: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => item(index));
/** The days `from` on, as the calendar writes them. */
const daysFrom = (from: number, count: number): Date[] => list(count, (index) => new Date(Date.UTC(from, 0, 1 + index)));
const iso = (day: Date): string => day.toISOString().slice(0, 10);

const parts = {
  ...{ steps: text(20_000), manner: text(20_000), subjects: text(20_000), agency: text(20_000), form: text(20_000) },
  ...{ result: text(20_000), conditions: text(20_000), fees: text(20_000), timeLimitDays: 5 },
  dossier: { documents: list(90, (index) => `${String(index)} ${text(800)}`), sets: 1 },
  legalBasis: list(90, (index) => `${String(index)} ${text(800)}`),
};
const side = (hours: number) => ({
  ...{ timesPerYear: 1, subjectsPerYear: 40 },
  lines: list(500, (index) => ({ label: `${String(index)} ${text(240)}`, hours: String(hours), fee: 20_000, service: 0 })),
});
const costs = { before: { hourlyWage: 31_111, ...side(10) }, after: { hourlyWage: 31_111, ...side(6) } };
const decision = { number: '12/QĐ', date: '2023-02-01', effectiveDate: '2023-03-01', signer: text(200) };

/** Ten thousand dates of a hundred years. */
export const longestCalendar = {
  covers: { from: '2000-01-01', to: '2099-12-01' },
  holidays: datesOf(false).map((date) => ({ date, name: 'Nghỉ' })),
  workingDays: datesOf(true).map((date) => ({ date, reason: 'Làm bù' })),
  source: 'Đo',
  reason: 'Đo',
};

function datesOf(weekend: boolean): string[] {
  const days = daysFrom(2000, 36_500).filter((day) => (day.getUTCDay() % 6 === 0) === weekend);
  return days.slice(0, 5_000).map(iso);
}

/** People of one unit, who can lead a procedure through its life. */
export interface Hands {
  readonly officer: SignedIn;
  readonly checker: SignedIn;
  readonly authority: SignedIn;
  readonly administrator: SignedIn;
}

export async function handsOf(url: string, administrator: SignedIn): Promise<Hands> {
  const [officers, checkers, authorities] = [await signInAll(url, 'officer'), await signInAll(url, 'checker'), await signInAll(url, 'authority')];
  for (const officer of officers) {
    const [checker] = checkers.filter(({ unit }) => unit === officer.unit);
    const [authority] = authorities.filter(({ unit }) => unit === officer.unit);
    if (checker && authority) return { officer, checker, authority, administrator };
  }
  throw new Error('The demo has no unit with an officer, a checker and an authority.');
} // prettier-ignore

/** What is accepted in the life of a new procedure, in this order, and what else is large; each round has names of its own. */
export async function acceptedCalls(url: string, round: number, { officer, checker, authority, administrator }: Hands): Promise<readonly AcceptedCall[]> {
  const registration = { title: text(1_000), kind: 'internal', group: 'D', field: text(200), owningUnit: officer.unit, parts };
  const { id } = await send<{ readonly id: string }>(`${url}/api/v1/procedures`, officer.token, { ...registration, parts: {} });
  const units = await send<{ readonly items: readonly { readonly id: string; readonly level: string }[] }>(`${url}/api/v1/units`, administrator.token);
  const written = await send<Lifecycle>(`${url}/api/v1/definitions/internal/versions/1`, administrator.token);
  const doubts = ['weekend-unusual', 'year-without-holidays', 'holidays-dropped', 'holiday-of-another-year', 'holiday-on-weekend', 'swap-without-counterpart', 'month-without-work']; // prettier-ignore
  const of = (path: string): string => `/procedures/${id}/${path}`;
  const call = (by: SignedIn, path: string, body: object, method: AcceptedCall['method'] = 'POST'): AcceptedCall => ({ door: `${method} ${path.replace(id, '{id}')}`, by, method, path, body }); // prettier-ignore
  const act = (by: SignedIn, action: string, body: object): AcceptedCall => call(by, of(`actions/${action}`), body);
  const option = {
    ...{ type: 'cutDocument', content: text(20_000), reason: text(5_000), roadmap: text(5_000), ...costs },
    documentsToAmend: list(10, (index) => ({ title: `${String(index)} ${text(900)}`, change: text(500) })),
  };
  const titled = { title: text(1_000), number: '30/QĐ', date: '2024-05-06', effectiveDate: '2024-06-10' };
  const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: text(20_000), complianceCost: costs.before };
  const name = `Đo ${String(round)} ${text(150)}`;
  const reportable = units.items.map((one) => one.id).slice(0, 200);
  return [
    call(officer, '/procedures', registration),
    call(officer, '/compliance-cost', { hourlyWage: 31_111, before: side(10), after: side(6) }),
    call(officer, of('parts'), parts, 'PATCH'),
    call(officer, of('comments'), { text: text(4_000) }),
    call(officer, of('consultations'), { units: reportable.filter((one) => one !== officer.unit), question: text(5_000), dueOn: '2099-01-05' }),
    act(officer, 'review', review),
    act(officer, 'correct', { revision: 0, changes: { title: text(999) }, reason: text(5_000) }),
    act(officer, 'propose', { document: { number: '01/TTr', date: '2023-01-09' }, note: text(5_000) }),
    act(authority, 'publish', { decision, comment: text(4_000) }),
    act(officer, 'propose-option', { option }),
    act(checker, 'check-quality', { passed: true, remarks: text(5_000) }),
    act(authority, 'approve-option', { decision }),
    act(officer, 'implement-option', { document: titled, parts }),
    call(administrator, '/definitions/internal/versions', longest(written)),
    call(administrator, '/calendars/vn/versions/preview', longestCalendar),
    call(administrator, `/calendars/bench-${String(round)}/versions`, { ...longestCalendar, confirm: doubts }),
    call(administrator, '/definitions/internal/migrations', {
      ...{ from: 1, to: 2, stages: {}, clocks: 'keep-due', reason: text(5_000), dryRun: true },
      procedures: list(10_000, (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
    }),
    call(administrator, '/units', { name, level: 'unit', parent: administrator.unit }),
    call(administrator, '/people', { name, username: `bench.${String(round)}`, password: 'một mật khẩu thật dài' }),
    call(officer, '/notifications/read', { ids: list(200, (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`) }),
  ];
} // prettier-ignore

interface Lifecycle {
  readonly stages: Readonly<Record<string, object>>;
  readonly transitions: readonly object[];
}

/** With as many stages and transitions as a lifecycle may have. */
function longest(written: Lifecycle): Lifecycle {
  const [transition] = written.transitions.slice(-1);
  const stages = list(50 - Object.keys(written.stages).length, (index) => [`stage${String(index)}`, { title: { vi: text(200), en: text(200) } }] as const); // prettier-ignore
  const more = list(200 - written.transitions.length, (index) => ({ ...transition, from: [`stage${String(index % stages.length)}`] }));
  return { ...written, stages: { ...written.stages, ...Object.fromEntries(stages) }, transitions: [...written.transitions, ...more] };
}
