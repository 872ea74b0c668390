import { Rejected } from '#event-store';
import type { Decider } from '#event-store';
import type { HeldRole, UnitTree } from '#workflow';
import { checkingRole } from './indicator.js';

/** What the log holds in `reminder-<uuid>`: that units were reminded of a period of an indicator. */
export interface ReminderEvent {
  readonly type: 'IndicatorReminded';
  readonly data: {
    /** Indicator id. */
    readonly indicator: string;
    readonly period: string;
    /** Unit ids: those that had not reported. */
    readonly units: readonly string[];
    /** The date in Vietnam. */
    readonly on: string;
  };
}

export interface ReminderCommand {
  readonly action: 'remind-indicator';
  readonly reminded: ReminderEvent['data'];
  readonly context: {
    readonly roles: readonly HeldRole[];
    readonly units: UnitTree;
    /** Unit id: of whoever defined the indicator. */
    readonly owner: string;
  };
}

interface Reminded {
  readonly on: string;
  readonly times: number;
}

/** Each names every unit that is missing, for ever. */
const mostReminders = 30;

/** Reminding of one period of one indicator: once a day. */
export const reminding: Decider<ReminderCommand, Reminded | null, ReminderEvent> = {
  initial: null,
  decide: ({ reminded, context }, state) => {
    const [first, ...others] = [
      ...(checkingRole(context.owner, context)
        ? []
        : [{ code: 'not-authorised', message: 'This is for checkers where the indicator was defined, and above.' }]),
      ...(reminded.units.length === 0 ? [{ code: 'nobody-missing', message: 'Every unit has reported.' }] : []),
      ...(state?.on === reminded.on ? [{ code: 'already-reminded', message: 'The units were reminded today already.' }] : []),
      ...(state && state.times >= mostReminders
        ? [{ code: 'record-full', message: 'The units were reminded so often that no more is taken.' }]
        : []),
    ];
    if (first) throw new Rejected([first, ...others]);
    return [{ type: 'IndicatorReminded', data: reminded }];
  },
  evolve: (state, { data }) => ({ on: data.on, times: (state?.times ?? 0) + 1 }),
  authority: ({ context }) => checkingRole(context.owner, context),
};
