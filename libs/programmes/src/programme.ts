import { InvalidBody, Rejected, weightOf } from '#event-store';
import type { Decider, FieldError, Unmet } from '#event-store';
import type { HeldRole, UnitTree } from '#workflow';
import { wrongDay } from './recommendations/remedies.js';
import { indicatorIn, isCut } from './metrics.js';
import type { Target } from './metrics.js';

/** What an official paper says that a target stands at: shown beside what is reckoned, and never counted. */
export interface PublishedFigure {
  /** Percentage in text, as the paper has it: some cut off what half up would have raised. */
  readonly value: string;
  readonly document: { readonly number: string; readonly date: string };
}

/** What the log holds in `programme-<uuid>`: a period, and what is to be reached in it. */
export type ProgrammeEvent =
  | {
      readonly type: 'ProgrammeMade';
      /** `from` and `to` are days, both included. */
      readonly data: { readonly code: string; readonly title: string; readonly from: string; readonly to: string };
    }
  | { readonly type: 'TargetSet'; readonly data: { readonly target: Target } }
  | { readonly type: 'TargetWithdrawn'; readonly data: { readonly target: string; readonly reason: string } }
  | { readonly type: 'FigureStated'; readonly data: { readonly target: string; readonly figure: PublishedFigure } }
  | { readonly type: 'ProgrammeClosed'; readonly data: { readonly reason: string } };

interface ProgrammeContext {
  /** Those that count: the sender's own, or of whom they act for. */
  readonly roles: readonly HeldRole[];
  readonly units: UnitTree;
}

export type ProgrammeCommand = (
  | { readonly action: 'make-programme'; readonly made: Extract<ProgrammeEvent, { type: 'ProgrammeMade' }>['data'] }
  | { readonly action: 'set-target'; readonly target: Target }
  | { readonly action: 'withdraw-target'; readonly target: string; readonly reason: string }
  /** `today` is YYYY-MM-DD in Vietnam. */
  | { readonly action: 'state-figure'; readonly target: string; readonly figure: PublishedFigure; readonly today: string }
  | { readonly action: 'close-programme'; readonly reason: string }
) & { readonly context: ProgrammeContext };

export interface ProgrammeTarget extends Target {
  readonly withdrawn: boolean;
  /** The newest that was stated. (Default: none was) */
  readonly published?: PublishedFigure;
}

/** A programme as it stands, or null before it was made. */
export interface Programme {
  readonly made: Extract<ProgrammeEvent, { type: 'ProgrammeMade' }>['data'];
  readonly closed: boolean;
  /** Oldest first, those that were withdrawn among them. */
  readonly targets: readonly ProgrammeTarget[];
  /** Characters of all that is stored, about. */
  readonly stored: number;
}

export type TargetState = 'active' | 'withdrawn' | 'closed';

/** Whether a target still counts: not once it was withdrawn, or its programme closed. */
export function targetState({ withdrawn }: ProgrammeTarget, { closed }: Pick<Programme, 'closed'>): TargetState {
  if (withdrawn) return 'withdrawn';
  return closed ? 'closed' : 'active';
}

/** No programme of a ministry has more; each is counted whenever one of them is. */
export const mostTargets = 100;
const mostStored = 500_000;

/** One programme. Throws InvalidBody for what dates and units alone can tell. */
export const programme: Decider<ProgrammeCommand, Programme | null, ProgrammeEvent> = {
  initial: null,
  decide: (command, state) => {
    const [wrong, ...more] = wrongFields(command);
    if (wrong) throw new InvalidBody([wrong, ...more]);
    const [first, ...others] = unmetBy(command, state);
    if (first) throw new Rejected([first, ...others]);
    return [eventOf(command)];
  },
  evolve: (state, event) => {
    const stored = (state?.stored ?? 0) + weightOf(event.data);
    if (event.type === 'ProgrammeMade') return { made: event.data, closed: false, targets: [], stored };
    return state && { ...state, ...targetsAfter(state, event), stored };
  },
  authority: ({ context }) => governingRole(context),
};

type Aims = Pick<Programme, 'closed' | 'targets'>;

/** What an event changes in a programme that was made. */
export function targetsAfter({ closed, targets }: Aims, event: ProgrammeEvent): Aims {
  switch (event.type) {
    case 'TargetSet':
      return { closed, targets: [...targets, { ...event.data.target, withdrawn: false }] };
    case 'TargetWithdrawn': {
      const { target } = event.data;
      return { closed, targets: targets.map((one) => (one.id === target ? { ...one, withdrawn: true } : one)) };
    }
    case 'FigureStated': {
      const { target, figure: published } = event.data;
      return { closed, targets: targets.map((one) => (one.id === target ? { ...one, published } : one)) };
    }
    case 'ProgrammeClosed':
      return { closed: true, targets };
    case 'ProgrammeMade':
    default:
      // Also what another version of the product wrote.
      return { closed, targets };
  }
}

/** At which level a role of authority lets somebody set targets. */
const governing: readonly string[] = ['service', 'ministry'];

/** The role by which somebody makes programmes and sets their targets; null when none lets them. */
export function governingRole({ roles, units }: ProgrammeContext): HeldRole | null {
  return roles.find(({ role, unit }) => role === 'authority' && governing.includes(units.get(unit)?.level ?? '')) ?? null;
}

function eventOf(command: ProgrammeCommand): ProgrammeEvent {
  switch (command.action) {
    case 'make-programme':
      return { type: 'ProgrammeMade', data: command.made };
    case 'set-target':
      return { type: 'TargetSet', data: { target: command.target } };
    case 'withdraw-target':
      return { type: 'TargetWithdrawn', data: { target: command.target, reason: command.reason } };
    case 'state-figure':
      return { type: 'FigureStated', data: { target: command.target, figure: command.figure } };
    case 'close-programme':
      return { type: 'ProgrammeClosed', data: { reason: command.reason } };
  }
}

function wrongFields(command: ProgrammeCommand): readonly FieldError[] {
  if (command.action === 'make-programme') {
    const { from, to } = command.made;
    return to < from ? [{ path: 'to', message: 'must not be before from', vi: 'không được trước ngày bắt đầu' }] : [];
  }
  if (command.action === 'state-figure') return wrongDay(command.figure.document.date, 'document.date', command.today);
  if (command.action !== 'set-target') return [];
  const { metric, scope, baseline } = command.target;
  return [
    ...(scope.unit !== undefined && !command.context.units.get(scope.unit)
      ? [{ path: 'scope.unit', message: 'is not a unit that exists', vi: 'không phải là đơn vị có trong hệ thống' }]
      : []),
    ...(scope.group !== undefined && scope.kind !== undefined && scope.kind !== 'internal'
      ? [{ path: 'scope.group', message: 'is for internal procedures', vi: 'chỉ dành cho thủ tục nội bộ' }]
      : []),
    ...(indicatorIn(metric) !== null && Object.keys(scope).length > 0
      ? [{ path: 'scope', message: 'is for what is counted from procedures', vi: 'chỉ dành cho chỉ tiêu tính từ thủ tục' }]
      : []),
    ...(baseline !== undefined && !isCut(metric)
      ? [{ path: 'baseline', message: 'is for cuts of cost, time and conditions', vi: 'chỉ dành cho chỉ tiêu cắt giảm chi phí, thời gian, điều kiện' }]
      : []),
  ]; // prettier-ignore
}

function unmetBy(command: ProgrammeCommand, state: Programme | null): readonly Unmet[] {
  if (!governingRole(command.context))
    return [{ code: 'not-authorised', message: 'This is for authorities of a service or of the ministry.' }];
  if (command.action === 'make-programme')
    return state ? [{ code: 'key-reused', message: 'There is another programme under this key.' }] : [];
  // What a programme came to is often published after its end.
  if (command.action === 'state-figure' && state) return unmetByFigure(command.target, state);
  if (!state || state.closed) return [{ code: 'programme-closed', message: 'The programme is closed.' }];
  if (command.action === 'withdraw-target') {
    const isOpen = state.targets.some(({ id, withdrawn }) => id === command.target && !withdrawn);
    return isOpen ? [] : [{ code: 'target-withdrawn', message: 'The target was withdrawn already.' }];
  }
  if (command.action !== 'set-target') return [];
  const { deadline } = command.target;
  return [
    ...(state.targets.length >= mostTargets || state.stored >= mostStored
      ? [{ code: 'record-full', message: `A programme has ${String(mostTargets)} targets at most, those that were withdrawn among them.` }]
      : []),
    ...(deadline < state.made.from
      ? [{ code: 'outside-programme', message: `The programme begins on ${state.made.from}.`, path: 'deadline' }]
      : []),
  ];
}

function unmetByFigure(target: string, { targets, stored }: Programme): readonly Unmet[] {
  if (stored >= mostStored) return [{ code: 'record-full', message: 'So much is stored of the programme that no more figures are taken.' }];
  const isThere = targets.some(({ id, withdrawn }) => id === target && !withdrawn);
  return isThere ? [] : [{ code: 'target-withdrawn', message: 'The target was withdrawn.' }];
}
