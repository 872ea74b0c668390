import { InvalidBody, Rejected } from '#event-store';
import type { Decider, FieldError, Unmet } from '#event-store';
import { unitClosed } from '#workflow';
import type { HeldRole, UnitTree, Who } from '#workflow';
import { checkingRole } from './indicator.js';
import type { Defined } from './indicator.js';
import { periodOf } from './period.js';

/** What a unit says. */
export interface Reported {
  /** Indicator id. */
  readonly indicator: string;
  /** Unit id. */
  readonly unit: string;
  readonly period: string;
  /** Decimal in text. */
  readonly value: string;
  /** What it rests on: papers, or where they are. */
  readonly evidence?: string;
  /** Why it replaces what was reported before. */
  readonly reason?: string;
}

/** What the log holds in `report-<uuid>`: what one unit reports of one period for one indicator. */
export type ReportEvent =
  | {
      /** The first time, or a correction of what was reported before. */
      readonly type: 'IndicatorReported';
      /** `by`: ids of those who count as having reported it. */
      readonly data: Reported & { readonly by: readonly string[] };
    }
  | { readonly type: 'IndicatorVerified'; readonly data: { readonly value: string } }
  | { readonly type: 'IndicatorReturned'; readonly data: { readonly reason: string } };

interface ReportContext {
  /** Those that count: the sender's own, or of whom they act for. */
  readonly roles: readonly HeldRole[];
  readonly actor: Pick<Who, 'id' | 'countsAs' | 'actingFor'>;
  readonly units: UnitTree;
  readonly indicator: Pick<Defined, 'per' | 'owner'>;
  /** YYYY-MM-DD in Vietnam. */
  readonly today: string;
}

export type ReportCommand = (
  | { readonly action: 'report-indicator'; readonly reported: Reported }
  | { readonly action: 'verify-report'; readonly unit: string }
  | { readonly action: 'return-report'; readonly unit: string; readonly reason: string }
) & { readonly context: ReportContext };

export type ReportState = 'reported' | 'verified' | 'returned';

/** What a unit reported, as it stands; null before it did. */
export interface Report {
  readonly reported: Reported;
  readonly state: ReportState;
  /** Ids of those who count as having reported or corrected it since it was last returned. */
  readonly by: readonly string[];
  /** How many events there are. */
  readonly stored: number;
}

/** Events of one report; nobody corrects one figure so often. */
export const mostEvents = 200;

/** What one unit reports of one period. Throws InvalidBody for what units and dates alone can tell. */
export const report: Decider<ReportCommand, Report | null, ReportEvent> = {
  initial: null,
  decide: (command, state) => {
    const [wrong, ...more] = wrongFields(command);
    if (wrong) throw new InvalidBody([wrong, ...more]);
    const [first, ...others] = unmetBy(command, state);
    if (first) throw new Rejected([first, ...others]);
    return eventsOf(command, state);
  },
  evolve: (state, event) => {
    const stored = (state?.stored ?? 0) + 1;
    if (event.type === 'IndicatorReported') {
      const { by, ...reported } = event.data;
      const before = state && state.state !== 'returned' ? state.by : [];
      return { reported, state: 'reported', by: [...new Set([...before, ...by])], stored };
    }
    return state && { ...state, state: event.type === 'IndicatorVerified' ? 'verified' : 'returned', stored };
  },
  authority: (command) => roleIn(command),
};

function eventsOf(command: ReportCommand, state: Report | null): readonly ReportEvent[] {
  switch (command.action) {
    case 'report-indicator':
      return [{ type: 'IndicatorReported', data: { ...command.reported, by: countedAs(command.context.actor) } }];
    case 'verify-report':
      return state ? [{ type: 'IndicatorVerified', data: { value: state.reported.value } }] : [];
    case 'return-report':
      return [{ type: 'IndicatorReturned', data: { reason: command.reason } }];
  }
}

/** Ids of those whom somebody counts as where people must differ. */
const countedAs = ({ id, countsAs = [], actingFor }: ReportContext['actor']): readonly string[] => [
  ...new Set([id, ...countsAs, ...(actingFor ? [actingFor.id, ...(actingFor.countsAs ?? [])] : [])]),
];

/** By which role somebody reports or checks. A unit reports for itself and for what has become part of it, and for nobody below. */
function roleIn(command: ReportCommand): HeldRole | null {
  const { context } = command;
  const { roles, units } = context;
  if (command.action !== 'report-indicator') return checkingRole(command.unit, context);
  return reportingRole(command.reported.unit, { roles, units });
}

/** The role by which somebody reports for the unit; null when none lets them. */
function reportingRole(unit: string, { roles, units }: Pick<ReportContext, 'roles' | 'units'>): HeldRole | null {
  return roles.find((held) => held.role === 'officer' && units.standingFor(held.unit).includes(unit)) ?? null;
}

/** Unit ids: those that somebody with these roles reports for. */
export const reportsFor = (roles: readonly HeldRole[], units: UnitTree): ReadonlySet<string> =>
  new Set(roles.filter(({ role }) => role === 'officer').flatMap(({ unit }) => units.standingFor(unit)));

function wrongFields(command: ReportCommand): readonly FieldError[] {
  if (command.action !== 'report-indicator') return [];
  const { reported, context } = command;
  const { units, indicator, today } = context;
  const unit = units.get(reported.unit);
  const period = periodOf(reported.period);
  const isAsked = unit !== undefined && unit.level === indicator.per && units.subtree(indicator.owner).includes(unit.id);
  return [
    ...(isAsked ? [] : [{ path: 'unit', message: 'is not one of the units that report this', vi: 'không phải là đơn vị báo cáo chỉ số này' }]),
    ...(period && period.begins > today
      ? [{ path: 'period', message: 'must not lie ahead: it has not begun', vi: 'không được là kỳ chưa bắt đầu' }]
      : []),
  ]; // prettier-ignore
}

function unmetBy(command: ReportCommand, state: Report | null): readonly Unmet[] {
  const isByNobody = roleIn(command) === null;
  if (command.action === 'report-indicator') {
    const { reported, context } = command;
    return [
      ...(isByNobody ? [{ code: 'not-authorised', message: 'This is for officers of the unit itself.' }] : []),
      ...(state ? [] : unitClosed(context.units, reported.unit, 'unit')),
      ...(state && state.state !== 'returned' && reported.reason === undefined
        ? [{ code: 'reason-required', message: 'The unit has reported for this period: a correction needs a reason.', path: 'reason' }]
        : []),
      ...full(state),
    ];
  }
  const isVerifying = command.action === 'verify-report';
  return [
    ...(isByNobody ? [{ code: 'not-authorised', message: 'This is for checkers of the service.' }] : []),
    ...(state && state.state !== 'returned'
      ? []
      : [{ code: 'report-returned', message: 'It was returned; the unit has to report again first.' }]),
    ...(isVerifying && state?.state === 'verified' ? [{ code: 'report-verified', message: 'It is verified already.' }] : []),
    ...(isVerifying && state && countedAs(command.context.actor).some((id) => state.by.includes(id))
      ? [{ code: 'same-person', message: 'Whoever reported it does not verify it.' }]
      : []),
    ...(isVerifying ? [] : full(state)),
  ];
}

const full = (state: Report | null): readonly Unmet[] =>
  (state?.stored ?? 0) < mostEvents ? [] : [{ code: 'record-full', message: 'It was corrected so often that no more is taken.' }];

/** What is open with a report as it stands, or where there is none, to whoever may do it. */
export function allowedOn(state: ReportState | 'missing', may: (action: ReportAction) => boolean): readonly ReportAction[] {
  const open: readonly ReportAction[] = {
    missing: ['report-indicator'] as const,
    reported: reportActions,
    verified: ['report-indicator', 'return-report'] as const,
    returned: ['report-indicator'] as const,
  }[state];
  return open.filter(may);
}

export const reportActions = ['report-indicator', 'verify-report', 'return-report'] as const satisfies readonly ReportCommand['action'][];
export type ReportAction = (typeof reportActions)[number];
