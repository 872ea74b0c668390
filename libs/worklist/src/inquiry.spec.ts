import { describe, expect, it } from '@jest/globals';
import { specification } from '#event-store/testing';
import { UnitTree } from '#workflow';
import type { HeldRole } from '#workflow';
import { inquiry, whoseTask } from './inquiry.js';
import type { InquiryCommand, InquiryEvent } from './inquiry.js';
import { InvalidBody } from '#event-store';

const units = new UnitTree([
  { id: 'service', name: 'Service', level: 'service', parent: null },
  { id: 'one', name: 'One', level: 'unit', parent: 'service' },
  { id: 'two', name: 'Two', level: 'unit', parent: 'service' },
  { id: 'gone', name: 'Gone', level: 'unit', parent: 'service', closed: true },
]);
const roles: readonly HeldRole[] = [{ role: 'officer', unit: 'service' }];
const today = '2026-03-04';
const dueOn = '2026-03-06';
const given = specification(inquiry);

const opened: InquiryEvent = {
  type: 'ConsultationOpened',
  data: { procedure: 'p', by: 'service', units: ['one', 'two'], question: 'Có vướng mắc không?', dueOn },
};
const answered = (unit: string): InquiryEvent => ({ type: 'InquiryAnswered', data: { unit, answer: 'Không' } });
const closed: InquiryEvent = { type: 'InquiryClosed', data: {} };
const reminded = (on = today): InquiryEvent => ({ type: 'InquiryReminded', data: { units: ['one'], occasion: 'asked', on, dueOn } });
type Reminder = Extract<InquiryCommand, { action: 'remind' }>;
const remind = (change: Partial<Reminder> = {}): Reminder => ({
  ...{ action: 'remind', occasion: 'asked', today, dueOn, context: { roles, units } },
  ...change,
});

describe('Asking units', () => {
  const context = { roles, units };
  const wrongIn = (command: InquiryCommand): readonly string[] => {
    try {
      inquiry.decide(command, inquiry.initial);
    } catch (error) {
      if (error instanceof InvalidBody) return error.errors.map(({ path }) => path);
      throw error;
    }
    return [];
  };

  it('is somebody’s own before it is theirs for another, and to answer it goes before following it up', () => {
    const self = { roles: [{ role: 'officer', unit: 'one' }] } as const;
    const acting = (actions: readonly string[]) => ({ roles: [], actingFor: { id: 'absent', roles, actions } });
    const deputy = acting(['answer']);
    const follows = acting(['remind']);
    const whose = (unit: string, by: string | null, ...among: readonly (typeof self | typeof deputy)[]) =>
      whoseTask({ unit, by }, among, units);
    expect(whose('one', 'service', self, deputy)).toBe(self);
    expect(whose('two', 'one', self, deputy)).toBe(deputy);
    expect(whose('two', 'service', self, follows)).toBe(follows);
    expect(whose('two', 'one', self, follows)).toBe(self);
    expect(whose('two', 'service', self)).toBeNull();
    expect(whose('two', null, self, follows)).toBeNull();
  });

  it('is for open units, by a day that is not over', () => {
    const consult = (asked: readonly string[], day: string): InquiryCommand => {
      const opening = { procedure: 'p', by: 'service', units: asked, question: 'Gì?', dueOn: day };
      return { action: 'consult', opened: opening, today, context };
    };
    expect(wrongIn(consult(['one', 'two'], today))).toEqual([]);
    expect(wrongIn(consult(['one', 'gone', 'nowhere'], '2026-03-03'))).toEqual(['units.2', 'dueOn']);
    const raised = { procedure: 'p', unit: 'gone', lead: 'service', description: 'Thiếu mẫu' };
    given().when({ action: 'raise-obstacle', raised, seen: true, context }).thenRejected('unit-closed');
    given()
      .when(consult(['one', 'gone'], today))
      .thenRejected('unit-closed');
  });

  it('to answer an obstacle is for those alone to whom the procedure is open', () => {
    const raised = { procedure: 'p', unit: 'two', lead: 'one', description: 'Thiếu mẫu' };
    given().when({ action: 'raise-obstacle', raised, seen: false, context }).thenRejected('not-authorised');
    given().when({ action: 'raise-obstacle', raised, seen: true, context }).then({ type: 'ObstacleRaised', data: raised });
  });
});

describe('Answering an assigned review', () => {
  const answer = (unit: string, change: Partial<Extract<InquiryCommand, { action: 'answer' }>> = {}): InquiryCommand => ({
    ...{ action: 'answer', unit, answer: 'Không', assigned: ['one', 'two'], waiting: ['one', 'two'], context: { roles, units } },
    ...change,
  });

  it('happens once for each unit', () => {
    given(answered('two')).when(answer('one')).then(answered('one'));
    given(answered('two')).when(answer('two')).thenRejected('already-answered');
  });

  it('does not happen once the unit has answered by proposing an option', () => {
    given()
      .when(answer('one', { waiting: ['two'] }))
      .thenRejected('already-answered');
    given()
      .when(answer('two', { waiting: ['two'] }))
      .then(answered('two'));
  });
});

describe('Beginning a question', () => {
  const before = (count: number): InquiryCommand['context'] => ({ roles, units, before: count });
  const consult = { action: 'consult', opened: { procedure: 'p', by: 'service', units: ['one'], question: 'Gì?', dueOn }, today } as const;
  const raised = { procedure: 'p', unit: 'one', lead: 'two', description: 'Vướng' };
  const raise = { action: 'raise-obstacle', raised, seen: true } as const;

  it('is open to those who own a procedure until units were asked about it 2,000 times', () => {
    given()
      .when({ ...consult, context: before(1_999) })
      .then({ type: 'ConsultationOpened', data: consult.opened });
    given()
      .when({ ...consult, context: before(2_000) })
      .thenRejected('procedure-full');
  });

  it('is open to them until ten thousand units were asked in all, so that what follows every answer looks at no more', () => {
    const asked = (consulted: number): InquiryCommand['context'] => ({ roles, units, before: 20, consulted });
    given()
      .when({ ...consult, context: asked(9_999) })
      .then({ type: 'ConsultationOpened', data: consult.opened });
    given()
      .when({ ...consult, context: asked(10_000) })
      .thenRejected('procedure-full');
  });

  it('is open to a unit with an obstacle until it raised a hundred with the procedure itself', () => {
    given()
      .when({ ...raise, context: before(99) })
      .then({ type: 'ObstacleRaised', data: raised });
    given()
      .when({ ...raise, context: before(100) })
      .thenRejected('procedure-full');
  });

  it('was begun: it goes on', () => {
    given(opened)
      .when({ action: 'answer', unit: 'one', answer: 'Không', context: before(2_000) })
      .then(answered('one'));
  });
});

describe('Reminding units of a consultation', () => {
  it('names those that have not answered', () => {
    given(opened, answered('two')).when(remind()).then(reminded());
  });

  it('is for those who speak for the unit that asked', () => {
    const context = { roles: [{ role: 'officer', unit: 'one' } as const], units };
    given(opened).when(remind({ context })).thenRejected('not-authorised');
  });

  it('happens once a day', () => {
    given(opened, answered('two'), reminded()).when(remind()).thenRejected('already-reminded');
    given(opened, answered('two'), reminded('2026-03-03')).when(remind()).then(reminded());
  });

  it('does not happen once it is answered or closed', () => {
    given(opened, answered('one'), answered('two')).when(remind()).thenRejected('already-answered');
    given(opened, closed).when(remind()).thenRejected('inquiry-closed');
    given(opened, closed)
      .when(remind({ occasion: 'due-soon' }))
      .thenRejected('inquiry-closed');
  });

  it('does not happen, and nobody answers or asks, once the procedure has come to its end', () => {
    const context = { roles, units, ended: true };
    given(opened).when(remind({ context })).thenRejected('inquiry-closed');
    given(opened).when({ action: 'answer', unit: 'one', answer: 'Không', context }).thenRejected('inquiry-closed');
    given()
      .when({ action: 'consult', opened: { procedure: 'p', by: 'service', units: ['one'], question: 'Gì?', dueOn }, today, context })
      .thenRejected('inquiry-closed');
  });

  it('happens by itself until it is due, and after it was due, whoever was reminded that day', () => {
    const nobody = { roles: [], units };
    const data = { units: ['one', 'two'], on: today, dueOn };
    given(opened, reminded())
      .when(remind({ occasion: 'due-soon', context: nobody }))
      .then({ type: 'InquiryReminded', data: { ...data, occasion: 'due-soon' } });
    given(opened)
      .when(remind({ occasion: 'overdue', today: '2026-03-07', context: nobody }))
      .then({ type: 'InquiryReminded', data: { ...data, occasion: 'overdue', on: '2026-03-07' } });
    given(opened)
      .when(remind({ occasion: 'due-soon', today: '2026-03-07' }))
      .thenRejected('wrong-occasion');
    given(opened)
      .when(remind({ occasion: 'overdue', today: dueOn }))
      .thenRejected('wrong-occasion');
  });
});

describe('The role by which somebody speaks', () => {
  const roleFor = (command: InquiryCommand, ...events: readonly InquiryEvent[]): unknown =>
    inquiry.authority?.(command, events.reduce(inquiry.evolve, inquiry.initial));
  const several: readonly HeldRole[] = [
    { role: 'administrator', unit: 'one' },
    { role: 'checker', unit: 'service' },
    { role: 'officer', unit: 'two' },
  ];
  const context = { roles: several, units };

  it('is the nearest to the unit for which they speak, and never one that speaks for nobody', () => {
    const opening = { procedure: 'p', by: 'two', units: ['one'], question: 'Gì?', dueOn };
    expect(roleFor({ action: 'consult', opened: opening, today, context })).toEqual({ role: 'officer', unit: 'two' });
    const raised = { procedure: 'p', unit: 'one', lead: 'service', description: 'Thiếu mẫu' };
    expect(roleFor({ action: 'raise-obstacle', raised, seen: true, context })).toEqual({ role: 'checker', unit: 'service' });
    expect(roleFor({ action: 'answer', unit: 'two', answer: 'Không', context }, opened)).toEqual({ role: 'officer', unit: 'two' });
    expect(roleFor({ action: 'answer', unit: 'service', answer: 'Không', context }, opened)).toBeNull();
    expect(roleFor({ action: 'close-consultation', context }, opened)).toEqual({ role: 'checker', unit: 'service' });
    expect(roleFor(remind({ context }), opened)).toEqual({ role: 'checker', unit: 'service' });
    expect(roleFor(remind({ context: { ...context, roles: several.slice(0, 1) } }), opened)).toBeNull();
  });

  it('is, for a reminder of an assigned review, the one that may assign it', () => {
    const assigner: HeldRole = { role: 'authority', unit: 'service' };
    expect([roleFor(remind({ context, assigner })), roleFor(remind({ context }))]).toEqual([assigner, null]);
  });
});

describe('Reminding units of an assigned review', () => {
  const waiting = ['one', 'two'];
  const assigner: HeldRole = { role: 'authority', unit: 'service' };

  it('is for those who may assign it', () => {
    given()
      .when(remind({ waiting, assigner: null }))
      .thenRejected('not-authorised');
    given(answered('two')).when(remind({ waiting, assigner })).then(reminded());
  });

  it('does not happen once all have answered', () => {
    given(answered('one'), answered('two')).when(remind({ waiting, assigner })).thenRejected('already-answered');
    given()
      .when(remind({ waiting: [], assigner }))
      .thenRejected('already-answered');
  });
});

describe('Reminding a unit of an obstacle', () => {
  it('is for those who speak for the unit that raised it, and names no day', () => {
    const raised: InquiryEvent = { type: 'ObstacleRaised', data: { procedure: 'p', unit: 'two', lead: 'one', description: 'Thiếu mẫu' } };
    given(raised)
      .when(remind({ dueOn: undefined }))
      .then({ type: 'InquiryReminded', data: { units: ['one'], occasion: 'asked', on: today } });
    const context = { roles: [{ role: 'officer', unit: 'one' } as const], units };
    given(raised).when(remind({ context })).thenRejected('not-authorised');
  });
});
