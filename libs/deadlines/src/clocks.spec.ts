import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WorkingDays, authorityPolicies, deadlinesOf, everyDay, lifecycleDefinitions, milestonesOf } from '#workflow';
import type { Calendar, DeadlineRule, LifecycleDefinition } from '#workflow';
import { timedAfter, timedAfterMigration, untimed } from './clocks.js';
import type { Clock, Timed, Timing } from './clocks.js';
import type { ProcedureEvent } from '#procedures';

const first: Calendar = {
  id: 'vn',
  version: 1,
  weekend: ['saturday', 'sunday'],
  covers: { from: '2026-01-01', to: '2027-12-31' },
  // Tết 2026.
  holidays: ['16', '17', '18', '19', '20'].map((day) => ({ date: `2026-02-${day}`, name: 'Tết' })),
  workingDays: [],
  source: 'test',
};
const days = new WorkingDays(first);
const [internal] = lifecycleDefinitions as [LifecycleDefinition];
const [policy] = authorityPolicies;

function timingOf(deadlines: readonly DeadlineRule[], name = 'D', change: Partial<LifecycleDefinition> = {}): Timing {
  const definition = { ...internal, calendar: 'vn', deadlines, ...change };
  return {
    deadlines: deadlinesOf(definition, policy, name),
    isEnd: (stage) => definition.stages[stage]?.end === true,
    newest: () => 1,
    counting: (calendar) => (calendar === null ? everyDay : days),
  };
}

const decision = { number: '1', date: '2026-01-01', effectiveDate: '2026-01-01', signer: 'A' };
const facts = {
  registered: ['ProcedureRegistered', 'registered', {}],
  reviewed: ['ProcedureReviewed', 'reviewed', {}],
  proposed: ['PublicationProposed', 'proposed', {}],
  returned: ['PublicationReturned', 'reviewed', { reason: 'x' }],
  published: ['ProcedurePublished', 'published', { decision }],
  assigned: ['ReviewAssigned', 'published', { units: [], dueOn: '2026-12-01' }],
  suspended: ['ProcedureSuspended', '', { reason: 'x' }],
  resumed: ['ProcedureResumed', '', {}],
  withdrawn: ['ProcedureWithdrawn', 'withdrawn', { reason: 'x' }],
} as const;
type Step = readonly [keyof typeof facts, string];

/** Plays what happened on which date. */
function play(timing: Timing, ...steps: readonly Step[]): Timed {
  return steps.reduce((timed, step, revision) => {
    const [name, occurredOn] = step;
    const [type, stage, data] = facts[name];
    const event = { type, data: { ...data, occurredOn, stage: stage === '' ? timed.stage : stage } } as unknown as ProcedureEvent;
    return timedAfter(timed, event, { revision, recordedAt: `${occurredOn}T03:00:00.000Z` }, timing);
  }, untimed);
}

const dueOf = (clock: Clock | undefined): string | null | undefined =>
  clock && milestonesOf(clock.deadline, clock, clock.deadline.calendar === null ? everyDay : days).missed;
const running = ({ clocks }: Timed): readonly Clock[] => clocks.filter(({ ended }) => ended === null);

const publish: DeadlineRule = { action: 'publish', days: 5, counting: 'working' };

describe('The clock of an action', () => {
  it('runs while the procedure stands where the action is open, and ends with it', () => {
    const timing = timingOf([publish]);
    expect(play(timing, ['registered', '2026-02-02'], ['reviewed', '2026-02-03']).clocks).toEqual([]);
    const proposed = play(timing, ['registered', '2026-02-02'], ['reviewed', '2026-02-03'], ['proposed', '2026-02-11']);
    expect(running(proposed)).toMatchObject([
      { rule: 'action:publish', startRevision: 2, startedOn: '2026-02-11', startedAt: '2026-02-11T03:00:00.000Z', calendarVersion: 1 },
    ]);
    // Two working days, Tết, then three.
    expect(dueOf(running(proposed)[0])).toBe('2026-02-25');
    const done = play(
      timing,
      ['registered', '2026-02-02'],
      ['reviewed', '2026-02-03'],
      ['proposed', '2026-02-11'],
      ['published', '2026-02-24'],
    );
    expect(done.clocks).toMatchObject([{ ended: { revision: 3, on: '2026-02-24', how: 'done' } }]);
  });

  it('is dropped when the action is out of the question, and starts anew when it is open again', () => {
    const steps: readonly Step[] = [
      ['registered', '2026-03-02'],
      ['reviewed', '2026-03-02'],
      ['proposed', '2026-03-03'],
    ];
    const returned = play(timingOf([publish]), ...steps, ['returned', '2026-03-05']);
    expect(returned.clocks).toMatchObject([{ ended: { how: 'dropped' } }]);
    const again = play(timingOf([publish]), ...steps, ['returned', '2026-03-05'], ['proposed', '2026-03-09']);
    expect(again.clocks).toMatchObject([
      { startRevision: 2, ended: { how: 'dropped' } },
      { startRevision: 4, ended: null },
    ]);
  });

  it('stands still after a return until it is proposed again, where the definition says so', () => {
    const timing = timingOf([{ ...publish, stopsWhile: ['returned'] }]);
    const steps: readonly Step[] = [
      ['registered', '2026-03-02'],
      ['reviewed', '2026-03-02'],
      ['proposed', '2026-03-03'],
      ['returned', '2026-03-05'],
    ];
    const stopped = play(timing, ...steps);
    expect(running(stopped)).toMatchObject([{ startRevision: 2, stops: [{ from: '2026-03-05', to: null }] }]);
    expect(dueOf(running(stopped)[0])).toBeNull();
    const going = play(timing, ...steps, ['proposed', '2026-03-16']);
    // Two of the five days had run.
    expect(dueOf(running(going)[0])).toBe('2026-03-19');
    expect(play(timing, ...steps, ['withdrawn', '2026-03-16']).clocks).toMatchObject([{ ended: { how: 'dropped' } }]);
  });

  it('does not start again while the procedure stays where the action is open', () => {
    const timing = timingOf([{ action: 'assign-review', days: 3, counting: 'working' }]);
    const published: readonly Step[] = [
      ['registered', '2026-03-02'],
      ['reviewed', '2026-03-02'],
      ['proposed', '2026-03-03'],
      ['published', '2026-03-04'],
    ];
    const twice = play(timing, ...published, ['assigned', '2026-03-05'], ['assigned', '2026-03-06']);
    expect(twice.clocks).toMatchObject([{ startRevision: 3, ended: { revision: 4, how: 'done' } }]);
  });

  it('counts by the level that publishes', () => {
    const rule: DeadlineRule = { ...publish, days: { ministry: 10, service: 5 } };
    expect(timingOf([rule], 'A').deadlines).toMatchObject([{ days: 10 }]);
    expect(timingOf([rule], 'D').deadlines).toMatchObject([{ days: 5 }]);
  });
});

describe('The clock of a stage', () => {
  it('ends when the stage is left, in whatever way', () => {
    const timing = timingOf([{ stage: 'registered', days: 10, counting: 'calendar' }]);
    expect(dueOf(play(timing, ['registered', '2026-02-27']).clocks[0])).toBe('2026-03-09');
    expect(play(timing, ['registered', '2026-02-27'], ['withdrawn', '2026-03-01']).clocks).toMatchObject([
      { rule: 'stage:registered', ended: { on: '2026-03-01', how: 'done' } },
    ]);
  });
});

describe('A clock that stands still', () => {
  const timing = timingOf([
    { stage: 'registered', days: 5, counting: 'working', warnBefore: 2, escalateAfter: 1, stopsWhile: ['suspended'] },
  ]);

  it('has no due date over Tết, and goes on with what was left', () => {
    const stopped = play(timing, ['registered', '2026-02-10'], ['suspended', '2026-02-12']);
    expect(dueOf(stopped.clocks[0])).toBeNull();
    const going = play(timing, ['registered', '2026-02-10'], ['suspended', '2026-02-12'], ['resumed', '2026-02-24']);
    expect(milestonesOf(going.clocks[0]?.deadline ?? timing.deadlines[0] ?? never(), going.clocks[0] ?? never(), days)).toEqual({
      warned: '2026-02-25',
      missed: '2026-02-27',
      escalated: '2026-03-02',
    });
  });

  it('keeps its due date when it stood still within one day', () => {
    const without = play(timing, ['registered', '2026-02-10']);
    const within = play(timing, ['registered', '2026-02-10'], ['suspended', '2026-02-11'], ['resumed', '2026-02-11']);
    expect(dueOf(within.clocks[0])).toBe(dueOf(without.clocks[0]));
  });

  it('stays overdue when it stops afterwards', () => {
    const late = play(timing, ['registered', '2026-03-02'], ['suspended', '2026-03-20']);
    expect(dueOf(late.clocks[0])).toBe('2026-03-09');
  });

  it('is due later by the working days that it stood still, wherever the stop was', () => {
    const date = (from: number, span: number): string => new Date(Date.UTC(2026, 0, 1 + from + span)).toISOString().slice(0, 10);
    const arbitrary = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(arbitrary, ([start, until, span]) => {
        const [from, stop, go] = [date(start, 0), date(start, until), date(start, until + span)];
        const whole = dueOf(play(timing, ['registered', from]).clocks[0]) ?? '';
        const due = dueOf(play(timing, ['registered', from], ['suspended', stop], ['resumed', go]).clocks[0]);
        const stood = whole < stop ? 0 : days.between(stop, go);
        // On the day on which nothing is left, it is due on whichever day it goes on, worked or not.
        if (whole === stop) expect(due).toBe(go);
        else expect(due).toBe(days.after(whole, stood));
      }),
    );
  });
});

describe('A correction', () => {
  it('moves the clock to the date on which it happened', () => {
    const timing = timingOf([{ stage: 'registered', days: 5, counting: 'working' }]);
    const before = play(timing, ['registered', '2026-03-09']);
    const data = { revision: 0, changes: { occurredOn: '2026-03-02' }, reason: 'x', occurredOn: '2026-03-10', stage: 'registered' };
    const after = timedAfter(before, { type: 'RecordCorrected', data }, { revision: 1, recordedAt: '2026-03-10T03:00:00Z' }, timing);
    expect(after.clocks).toMatchObject([{ startedOn: '2026-03-02', startedAt: '2026-03-01T17:00:00.000Z' }]);
  });
});

describe('A migration', () => {
  const old = timingOf([{ stage: 'registered', days: 5, counting: 'working' }]);
  const next = timingOf([
    { stage: 'registered', days: 20, counting: 'calendar' },
    { stage: 'reviewed', days: 3, counting: 'working' },
  ]);
  const migrate = (clocks: string, stage = 'registered'): Timed =>
    timedAfterMigration(
      play(old, ['registered', '2026-03-02']),
      { stage, occurredOn: '2026-03-04', clocks },
      { revision: 1, recordedAt: '2026-03-04T03:00:00.000Z' },
      { from: old.deadlines, to: next },
    );

  it('keeps due dates, keeps what remains, or starts clocks anew', () => {
    expect(migrate('keep-due').clocks.map(dueOf)).toEqual(['2026-03-09']);
    // Two of five working days had run; three days remain, of every day now.
    expect(migrate('keep-remaining').clocks.map(dueOf)).toEqual(['2026-03-07']);
    const restarted = migrate('restart').clocks;
    expect(restarted).toMatchObject([{ ended: { how: 'dropped' } }, { startRevision: 1, startedOn: '2026-03-04' }]);
    expect(dueOf(restarted[1])).toBe('2026-03-24');
  });

  it('drops a clock whose place the procedure leaves, and starts what is new', () => {
    expect(migrate('keep-due', 'reviewed').clocks).toMatchObject([{ ended: { how: 'dropped' } }, { rule: 'stage:reviewed', ended: null }]);
  });
});

function never(): never {
  throw new Error('There is no clock.');
}
