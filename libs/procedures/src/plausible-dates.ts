import type { AnyAction } from '#workflow';
import type { Condition } from './conditions.js';
import type { IsoDate, ProcedureEvent, ProcedureEventType } from './events.js';
import { correctedEvent } from './corrected-event.js';
import { InvalidBody } from '#event-store';
import { isBeside } from './state.js';
import type { ProcedureRecord } from './state.js';

/** No paper of the state is older than the state. */
const firstDay = '1945-09-02';
/** A decision that takes effect later than this was hardly meant. */
const mostYearsToEffect = 10;

/** The date of a paper that cannot well be older than that of another one, which came before. */
const notBefore: { readonly [type in ProcedureEventType]?: readonly { readonly path: string; readonly than: ProcedureEventType }[] } = {
  ProcedurePublished: [{ path: 'decision.date', than: 'PublicationProposed' }],
  ProcedureDisclosed: [{ path: 'date', than: 'ProcedurePublished' }],
  ProcessApplied: [{ path: 'date', than: 'ProcedurePublished' }],
  ProcessAudited: [{ path: 'date', than: 'ProcessApplied' }],
  OptionApproved: [{ path: 'decision.date', than: 'ProcedurePublished' }],
  ProcedureSimplified: [{ path: 'document.date', than: 'OptionApproved' }],
  ProcedureAbolished: [{ path: 'decision.date', than: 'ProcedurePublished' }],
};

/** What the register says of itself, which papers know nothing of: no later step has to keep to its date. */
const bookkeeping: readonly ProcedureRecord['action'][] = ['amend-parts', 'correct', 'migrate', 'measure', 'transfer', null];

interface Doubt {
  readonly path: string;
  readonly message: string;
}

/** What a record is held against: the records before it, as they read after corrections. */
interface Past {
  /** The latest of the dates on which the steps happened. */
  readonly latest: { readonly on: IsoDate; readonly action: AnyAction } | null;
  /** The latest paper of each type. */
  readonly papers: ReadonlyMap<string, IsoDate>;
}

/** The dates of an event that are hardly right, each with its path in the data, which is that of the body. */
export function implausibleDates(event: ProcedureEvent, before: readonly ProcedureRecord[], today: IsoDate): readonly Condition[] {
  const past = before.reduce(withRecord, { latest: null, papers: new Map<string, IsoDate>() });
  return doubtsAbout(event, past, today).map(asCondition);
}

/** The dates that a correction makes hardly right, in the record itself or in what came after it; not those that were so before. */
export function implausibleCorrection(
  records: readonly ProcedureRecord[],
  { revision, changes }: { readonly revision: number; readonly changes: Readonly<Record<string, unknown>> },
  today: IsoDate,
): readonly Condition[] {
  const known = new Set(doubtsOfAll(records, today).map(({ key }) => key));
  const after = records.map((record, at) => (at === revision ? { ...record, event: correctedEvent(record.event, { changes }) } : record));
  return doubtsOfAll(after, today)
    .filter(({ key }) => !known.has(key))
    .map(({ at, path, message }) => {
      const changed = at === revision ? Object.keys(changes).find((one) => path === one || path.startsWith(`${one}.`)) : undefined;
      const where = at === revision ? message : `revision ${String(at)}: ${path} ${message}`;
      return asCondition({ path: changed === undefined ? 'changes' : `changes.${changed}`, message: where });
    });
}

/** Nothing goes on before it stopped. @throws InvalidBody for a resumption before its suspension */
export function checkResumption(records: readonly ProcedureRecord[], resumedOn: IsoDate, path = 'occurredOn'): void {
  const suspended = records.findLast(({ action }) => action === 'suspend')?.event.data.occurredOn;
  if (suspended !== undefined && resumedOn < suspended)
    throw new InvalidBody([{ path, message: `must not be before the suspension, which was on ${suspended}` }]);
}

/** The same for a correction of either of them. @throws InvalidBody */
export function checkCorrectedResumptions(
  records: readonly ProcedureRecord[],
  { revision, changes }: { readonly revision: number; readonly changes: Readonly<Record<string, unknown>> },
): void {
  const corrected = records[revision];
  if (corrected?.action !== 'suspend' && corrected?.action !== 'resume') return;
  const after = records.map((record, at) => (at === revision ? { ...record, event: correctedEvent(record.event, { changes }) } : record));
  const resumption = after.findIndex(({ action }, at) => at >= revision && action === 'resume');
  const event = after[resumption]?.event;
  if (event) checkResumption(after.slice(0, resumption), event.data.occurredOn, 'changes.occurredOn');
}

function doubtsOfAll(
  records: readonly ProcedureRecord[],
  today: IsoDate,
): readonly (Doubt & { readonly at: number; readonly key: string })[] {
  let past: Past = { latest: null, papers: new Map<string, IsoDate>() };
  return records.flatMap((record, at) => {
    const doubts = record.action === null ? [] : doubtsAbout(record.event, past, today);
    past = withRecord(past, record);
    return doubts.map((doubt) => ({ ...doubt, at, key: `${String(at)} ${doubt.path} ${doubt.message}` }));
  });
}

function withRecord(past: Past, { action, event }: ProcedureRecord): Past {
  if (action === null || bookkeeping.includes(action)) return past;
  const on = event.data.occurredOn;
  const paper = paperOf(event);
  return {
    latest: !isBeside(action) && (past.latest === null || on >= past.latest.on) ? { on, action } : past.latest,
    papers: paper === undefined ? past.papers : new Map([...past.papers, [event.type, paper]]),
  };
}

function doubtsAbout(event: ProcedureEvent, { latest, papers }: Past, today: IsoDate): readonly Doubt[] {
  const { occurredOn } = event.data;
  // The body of an amendment is the parts themselves.
  const dated = event.type === 'PartsAmended' ? [...datesIn(event.data.parts), ...datesIn({ occurredOn })] : datesIn(event.data);
  const doubts: Doubt[] = dated.flatMap(({ path, name, date, holder }) => {
    if (date < firstDay) return [{ path, message: `${date} is before ${firstDay}` }];
    if (name === 'date' && date > today) return [{ path, message: `${date} is after today, ${today}` }];
    const signed = holder['date'];
    if (name !== 'effectiveDate' || typeof signed !== 'string') return [];
    if (date < signed) return [{ path, message: `${date} is before the paper itself, which is of ${signed}` }];
    return date > yearsAfter(signed, mostYearsToEffect)
      ? [{ path, message: `${date} is more than ${String(mostYearsToEffect)} years after the paper itself, which is of ${signed}` }]
      : [];
  });
  if (latest !== null && occurredOn < latest.on)
    doubts.push({ path: 'occurredOn', message: `${occurredOn} is before "${latest.action}", which was on ${latest.on}` });
  // Entered later than it happened, without saying when, a step has the day of its entry; what was due by then is no fault.
  if (event.type === 'ReviewAssigned' && occurredOn < today && event.data.dueOn < occurredOn)
    doubts.push({ path: 'dueOn', message: `${event.data.dueOn} is before the day of the assignment, ${occurredOn}` });
  for (const { path, than } of notBefore[event.type] ?? []) {
    const own = dated.find((one) => one.path === path)?.date;
    const other = papers.get(than);
    if (own !== undefined && other !== undefined && own < other)
      doubts.push({ path, message: `${own} is before the paper that it follows, which is of ${other}` });
  }
  return doubts;
}

interface Dated {
  readonly path: string;
  readonly name: string;
  readonly date: IsoDate;
  readonly holder: Readonly<Record<string, unknown>>;
}

/** Every date in the data, wherever it stands, so that none is forgotten that is added one day. */
function datesIn(value: unknown, above = ''): readonly Dated[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Readonly<Record<string, unknown>>;
  return Object.entries(holder).flatMap(([name, item]) => {
    const path = above === '' ? name : `${above}.${name}`;
    // A correction holds values of another record, which are looked at there.
    if (path === 'changes') return [];
    return typeof item === 'string' && dateNames.includes(name) ? [{ path, name, date: item, holder }] : datesIn(item, path);
  });
}

/** The fields of an event's data that hold a date. */
export const dateNames: readonly string[] = ['date', 'effectiveDate', 'dueOn', 'occurredOn'];

/** The date of the paper that an event is about. */
function paperOf(event: ProcedureEvent): IsoDate | undefined {
  const { data } = event;
  if ('decision' in data) return data.decision.date;
  if ('document' in data) return data.document.date;
  return 'date' in data ? data.date : undefined;
}

const yearsAfter = (date: IsoDate, years: number): IsoDate => `${String(Number(date.slice(0, 4)) + years)}${date.slice(4)}`;

const asCondition = ({ path, message }: Doubt): Condition => ({
  code: 'implausible-date',
  message: `The date ${message}. If it is right all the same, send it again with confirm: ["implausible-date"].`,
  path,
});
