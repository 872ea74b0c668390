import { correctedEvent, inBothForms, isOneOf, readCorrection, yearlyCost } from '#procedures';
import type { BeforeAfter, Cost, Option, OptionContent, PartsChange, ProcedureEvent, ProcedureEventType, ReadCorrection } from '#procedures'; // prettier-ignore
import { placeAfter, placeOf } from '../place.js';
import type { Place } from '../place.js';

/** What the figures of a procedure rest on, as far as its events say; it is read by nobody else. */
export interface Known {
  readonly place: Place;
  readonly published: boolean;
  readonly withdrawn: boolean;
  readonly abolished: boolean;
  /** Oldest first. */
  readonly options: readonly KnownOption[];
  /** Those that state a cost, oldest first. */
  readonly reviews: readonly KnownReview[];
  readonly timeLimit: TimeLimit;
  /** What it was measured to cost as it stands, oldest first. (Default: never) */
  readonly measured?: Measured;
}

/** Đồng a year, each by the date on paper. */
type Measured = readonly (readonly [on: string, year: number])[];

interface KnownReview {
  readonly revision: number;
  readonly on: string;
  readonly cost: Cost;
  readonly year: number;
}

/** What records say of the days that it takes, oldest first: they are kept as they were sent, so that a correction finds what it changes. */
type TimeLimit = readonly SaidLimit[];

interface SaidLimit {
  readonly revision: number;
  readonly said: Pick<PartsChange, 'timeLimitDays' | 'manners'>;
}

interface KnownOption {
  readonly id: string;
  /** Of the events that a correction finds it by. */
  readonly revision: number;
  readonly checked?: number;
  readonly done?: number;
  readonly status: Option['status'];
  readonly type: OptionContent['type'];
  /** Đồng a year. */
  readonly before: number;
  readonly after: number;
  readonly saving: number;
  readonly proposedOn: string;
  readonly doneOn?: string;
  /** What the procedure was measured to cost since it was implemented, oldest first. (Default: never) */
  readonly measured?: Measured;
  readonly days?: BeforeAfter;
  /** By which days are told that it does not state itself, before it was implemented and after. */
  readonly limits?: { readonly before: TimeLimit; readonly after: TimeLimit };
  readonly conditions?: BeforeAfter;
}

const telling = [
  'ProcedureRegistered', 'PartsAmended', 'ProcedureReviewed', 'ProcedurePublished', 'OptionProposed', 'OptionQualityChecked', 'OptionReturned', 'OptionApproved',
  'OptionRejected', 'ProcedureSimplified', 'ProcedureAbolished', 'ProcedureWithdrawn', 'CostMeasured', 'ProcedureTransferred', 'RecordCorrected',
] as const satisfies readonly ProcedureEventType[]; // prettier-ignore

/** Of measurements, for each option and without one; who measures more often is told by the newest. */
const mostMeasured = 20;
const measuredAfter = (before: Measured = [], on: string, year: number): Measured => [...before, [on, year] as const].slice(-mostMeasured);

/** What is known after the event; null before the registration. */
export function knownAfter(before: Known | null, fact: ProcedureEvent, revision: number): Known | null {
  if (!before) return fact.type === 'ProcedureRegistered' ? registered(fact.data) : null;
  return isOneOf(fact, telling) ? changed(before, fact, revision) : before;
}

function registered(data: Registration): Known {
  const place = placeOf(data);
  const timeLimit = limitAfter([], data.parts, 0);
  return { place, published: false, withdrawn: false, abolished: false, options: [], reviews: [], timeLimit };
}
type Registration = Extract<ProcedureEvent, { readonly type: 'ProcedureRegistered' }>['data'];

function changed(state: Known, fact: Extract<ProcedureEvent, { readonly type: (typeof telling)[number] }>, revision: number): Known {
  const ofOption = (id: string, more: Partial<KnownOption>): Known => ({
    ...state,
    options: state.options.map((one) => (one.id === id ? { ...one, ...more } : one)),
  });
  switch (fact.type) {
    case 'ProcedureRegistered':
      return state;
    case 'PartsAmended':
      return { ...state, timeLimit: limitAfter(state.timeLimit, fact.data.parts, revision) };
    case 'ProcedureReviewed': {
      const { complianceCost: cost, occurredOn: on } = fact.data;
      return cost ? { ...state, reviews: [...state.reviews, { revision, on, cost, year: yearlyCost(cost) }] } : state;
    }
    case 'ProcedurePublished':
      return { ...state, published: true };
    case 'OptionProposed': {
      const { optionId: id, option, saving, occurredOn } = fact.data;
      const { before, after } = saving;
      const { type, days, conditions } = option;
      const figures = {
        before: before.year,
        after: after.year,
        saving: saving.saving,
        ...(days && { days }),
        ...(conditions && { conditions }),
      };
      return { ...state, options: [...state.options, { id, revision, status: 'proposed', type, proposedOn: occurredOn, ...figures }] };
    }
    case 'OptionQualityChecked':
      return ofOption(fact.data.optionId, { checked: revision, status: fact.data.passed ? 'qualityChecked' : 'failed' });
    case 'OptionReturned':
      return ofOption(fact.data.optionId, { status: 'returned' });
    case 'OptionApproved':
      return ofOption(fact.data.optionId, { status: 'approved' });
    case 'OptionRejected':
      return ofOption(fact.data.optionId, { status: 'rejected' });
    case 'ProcedureSimplified': {
      const { optionId, occurredOn, parts = {} } = fact.data;
      const option = state.options.find(({ id }) => id === optionId);
      const timeLimit = limitAfter(state.timeLimit, parts, revision);
      const limits = { before: state.timeLimit, after: timeLimit };
      const after = ofOption(optionId, {
        status: 'implemented',
        done: revision,
        doneOn: occurredOn,
        ...(option?.days === undefined && { limits }),
      });
      return { ...after, timeLimit, abolished: after.abolished || option?.type === 'abolish' };
    }
    case 'CostMeasured': {
      const { optionId, occurredOn: on, figures } = fact.data;
      if (optionId === undefined) return { ...state, measured: measuredAfter(state.measured, on, figures.year) };
      const before = state.options.find(({ id }) => id === optionId)?.measured;
      return ofOption(optionId, { measured: measuredAfter(before, on, figures.year) });
    }
    case 'ProcedureAbolished':
      return { ...state, abolished: true };
    case 'ProcedureWithdrawn':
      return { ...state, withdrawn: true };
    case 'ProcedureTransferred':
      return { ...state, place: { ...state.place, owning_unit: fact.data.to } };
    case 'RecordCorrected':
      return corrected(state, fact.data);
  }
}

type Correction = Extract<ProcedureEvent, { readonly type: 'RecordCorrected' }>['data'];

function corrected(state: Known, data: Correction): Known {
  const correction = readCorrection(data);
  const place = placeAfter(state.place, correction);
  const on = correction.text('occurredOn');
  const limitRead = (limit: TimeLimit): TimeLimit => correctedLimit(limit, data);
  const options = state.options.map(({ limits, ...known }): KnownOption => {
    const option = { ...known, ...(limits && { limits: { before: limitRead(limits.before), after: limitRead(limits.after) } }) };
    const { revision } = correction;
    if (revision === option.revision) {
      const { saving } = data;
      const type = correction.text('option.type') as KnownOption['type'] | undefined;
      return {
        ...option,
        ...(type !== undefined && { type }),
        ...(on !== undefined && { proposedOn: on }),
        ...countsAfter(option, correction),
        ...(saving && { before: saving.before.year, after: saving.after.year, saving: saving.saving }),
      };
    }
    if (revision === option.done && on !== undefined) return { ...option, doneOn: on };
    const passed = correction.flag('passed');
    if (revision !== option.checked || passed === undefined) return option;
    // What was decided on it since stands.
    return option.status === 'failed' || option.status === 'qualityChecked'
      ? { ...option, status: passed ? 'qualityChecked' : 'failed' }
      : option;
  });
  const reviews = state.reviews.map((review) => (review.revision === data.revision ? correctedReview(review, data, on) : review));
  return { ...state, place, options, reviews, timeLimit: limitRead(state.timeLimit) };
}

function correctedReview(review: KnownReview, { changes }: Correction, on: string | undefined): KnownReview {
  const costs = Object.entries(changes).filter(([path]) => path === 'complianceCost' || path.startsWith('complianceCost.'));
  const read = correctedEvent(
    { type: 'ProcedureReviewed', data: { complianceCost: review.cost } } as ProcedureEvent,
    { changes: Object.fromEntries(costs) },
  ); // prettier-ignore
  const { complianceCost: cost = review.cost } = read.data as { readonly complianceCost?: Cost };
  return { ...review, cost, year: yearlyCost(cost), ...(on !== undefined && { on }) };
}

/** What is said later stands; what is said no more is not kept. */
function limitAfter(before: TimeLimit, parts: PartsChange, revision: number): TimeLimit {
  const said = limitIn(parts);
  const names = Object.keys(said);
  if (names.length === 0) return before;
  return [...before.filter((one) => !Object.keys(one.said).every((name) => names.includes(name))), { revision, said }];
}

/** Of the rows of manners no more than how long they take. */
function limitIn({ timeLimitDays, manners }: PartsChange): SaidLimit['said'] {
  return {
    ...(timeLimitDays !== undefined && { timeLimitDays }),
    ...(manners !== undefined && { manners: manners && manners.map(({ timeLimit }) => ({ way: '', timeLimit })) }),
  };
}

/** As it reads after the correction; the same object where it says nothing of it. */
function correctedLimit(limit: TimeLimit, correction: Correction): TimeLimit {
  if (!limit.some(({ revision }) => revision === correction.revision)) return limit;
  return limit.map(({ revision, said: parts }) => {
    if (revision !== correction.revision) return { revision, said: parts };
    const read = correctedEvent({ type: 'PartsAmended', data: { parts } } as ProcedureEvent, correction);
    return { revision, said: limitIn((read.data as { readonly parts: PartsChange }).parts) };
  });
}

/** The days themselves, else the longest of the rows of manners. */
function daysOf(limit: TimeLimit): number | null {
  const { timeLimitDays, manners } = limit.reduce<SaidLimit['said']>((before, { said }) => ({ ...before, ...said }), {});
  return timeLimitDays ?? (manners && inBothForms({ manners }).timeLimitDays) ?? null;
}

/** The days of an option as it states them, else as the parts say; an abolished procedure takes none. */
function daysTold({ days, limits, type }: KnownOption): BeforeAfter | undefined {
  if (days || !limits) return days;
  const [before, after] = [daysOf(limits.before), type === 'abolish' ? 0 : daysOf(limits.after)];
  return before === null || after === null ? undefined : { before, after };
}

/** Days and conditions of an option whose record was corrected, where they stood in it. */
function countsAfter({ days, conditions }: KnownOption, correction: ReadCorrection): Partial<KnownOption> {
  const after = (name: string, { before, after }: BeforeAfter): BeforeAfter => ({
    before: correction.number(`option.${name}.before`) ?? before,
    after: correction.number(`option.${name}.after`) ?? after,
  });
  return { ...(days && { days: after('days', days) }), ...(conditions && { conditions: after('conditions', conditions) }) };
}

/** What counts of a procedure. Money is đồng a year. */
export interface Figures extends Place {
  readonly published: boolean;
  readonly withdrawn: boolean;
  readonly abolished: boolean;
  /** With an option that came so far, or further. */
  readonly option_proposed: boolean;
  readonly option_approved: boolean;
  readonly simplified: boolean;
  /** Before its first implemented option, else before its latest, else as its review says, else as it was measured last; null where nothing says. */
  readonly base: bigint | null;
  /** What it cost a year by the dates of the papers that say so, oldest first. */
  readonly costs: readonly (readonly [on: string, year: number])[] | null;
  /** Savings of options that came so far, or further. */
  readonly promised: bigint;
  readonly approved: bigint;
  readonly implemented: bigint;
  /** Of implemented options that were measured since: what they save by that. */
  readonly measured: bigint;
  /** Of implemented options of which they are known, summed. */
  readonly days_before: number;
  readonly days_after: number;
  readonly conditions_before: number;
  readonly conditions_after: number;
}

const coming = new Set<Option['status']>(['proposed', 'qualityChecked', 'approved', 'implemented']);
const decided = new Set<Option['status']>(['approved', 'implemented']);

export function figuresOf({ place, published, withdrawn, abolished, options, reviews, measured = [] }: Known): Figures {
  const came = options.filter(({ status }) => coming.has(status));
  const approved = options.filter(({ status }) => decided.has(status));
  const done = options.filter(({ status }) => status === 'implemented');
  const sum = (of: readonly KnownOption[]): bigint => of.reduce((total, { saving }) => total + BigInt(saving), 0n);
  const base = (done[0] ?? options.at(-1))?.before ?? reviews.at(-1)?.year ?? measured.at(-1)?.[1] ?? null;
  const costs = [
    ...reviews.map(({ on, year }) => [on, year] as const),
    ...options.map(({ proposedOn, before }) => [proposedOn, before] as const),
    ...done.flatMap(({ doneOn, after }) => (doneOn === undefined ? [] : [[doneOn, after] as const])),
    ...options.flatMap((option) => option.measured ?? []),
    ...measured,
  ].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return {
    ...{ ...place, published, withdrawn, abolished },
    ...{ option_proposed: came.length > 0, option_approved: approved.length > 0, simplified: done.length > 0 },
    base: base === null ? null : BigInt(base),
    costs: costs.length === 0 ? null : costs,
    ...{ promised: sum(came), approved: sum(approved), implemented: sum(done) },
    measured: done.reduce((total, { before, measured: of }) => total + BigInt(before - (of?.at(-1)?.[1] ?? before)), 0n),
    ...{ days_before: total(done, 'days', 'before'), days_after: total(done, 'days', 'after') },
    ...{ conditions_before: total(done, 'conditions', 'before'), conditions_after: total(done, 'conditions', 'after') },
  };
}

function total(options: readonly KnownOption[], of: 'days' | 'conditions', side: keyof BeforeAfter): number {
  return options.reduce((sum, option) => sum + ((of === 'days' ? daysTold(option) : option.conditions)?.[side] ?? 0), 0);
}
