import { describe, expect, it } from '@jest/globals';
import { Rejected } from '#event-store';
import { UnitTree } from '#workflow';
import type { HeldRole, Role } from '#workflow';
import { inquiry } from './inquiry.js';
import type { Inquiry, InquiryCommand, InquiryEvent } from './inquiry.js';
import { allowedOnTask } from './task-actions.js';

const units = new UnitTree([
  { id: 'service', name: 'Service', level: 'service', parent: null },
  { id: 'one', name: 'One', level: 'unit', parent: 'service' },
  { id: 'two', name: 'Two', level: 'unit', parent: 'service' },
]);
const today = '2026-03-04';
const dueOn = '2026-03-06';
const opened: InquiryEvent = {
  type: 'ConsultationOpened',
  data: { procedure: 'p', by: 'service', units: ['one', 'two'], question: 'Có vướng mắc không?', dueOn },
};
const raised: InquiryEvent = { type: 'ObstacleRaised', data: { procedure: 'p', unit: 'two', lead: 'one', description: 'Thiếu biểu mẫu' } };
const reminded: InquiryEvent = { type: 'InquiryReminded', data: { units: ['one'], occasion: 'asked', on: today, dueOn } };
const after = (...events: readonly InquiryEvent[]): Inquiry =>
  events.reduce((state, event) => inquiry.evolve(state, event), inquiry.initial);

const asked = {
  consultation: { kind: 'consultation', subject: { procedure: 'p', by: 'service', units: ['one', 'two'], dueOn } },
  obstacle: { kind: 'obstacle', subject: { procedure: 'p', by: 'two', units: ['one'] } },
  review: { kind: 'review', subject: { procedure: 'p', by: null, units: ['one'], assigned: ['one'], waiting: ['one'], dueOn } },
} as const;
const states: readonly (readonly [keyof typeof asked, Inquiry])[] = [
  ['consultation', after(opened)],
  ['consultation', after(opened, reminded)],
  ['obstacle', after(raised)],
  ['review', after()],
];
const roles: readonly Role[] = ['officer', 'checker', 'authority', 'leader', 'auditor', 'administrator'];
const people = roles.flatMap((role) => ['service', 'one', 'two'].map((unit): HeldRole => ({ role, unit })));

const codesOf = (command: InquiryCommand, state: Inquiry): readonly string[] => {
  try {
    inquiry.decide(command, state);
    return [];
  } catch (error) {
    if (error instanceof Rejected) return [...new Set(error.unmet.map(({ code }) => code))];
    throw error;
  }
};

describe('What may be done about a question', () => {
  it('is what the commands let somebody do, whoever they are and whatever was said before', () => {
    for (const [name, state] of states)
      for (const role of people)
        for (const ended of [false, true]) {
          const { kind, subject } = asked[name];
          const assigner = role.role === 'authority' ? role : null;
          const context = { roles: [role], units, ended };
          const { assigned, waiting } = { assigned: undefined, waiting: undefined, ...subject };
          const remind = { action: 'remind', occasion: 'asked', today, waiting, assigner, context } as const;
          const commands = {
            answer: { action: 'answer', unit: 'one', answer: 'Không', assigned, waiting, context },
            close: { action: 'close-consultation', context },
            remind: 'dueOn' in subject ? { ...remind, dueOn: subject.dueOn } : remind,
          } as const;
          const allowed = allowedOnTask({ kind, subject, unit: 'one', ended, today, assigner }, state, { roles: [role] }, units);
          expect(allowed.map(({ action }) => action)).toEqual(
            kind === 'consultation' ? ['answer', 'close', 'remind'] : ['answer', 'remind'],
          );
          for (const { action, unmet } of allowed)
            expect([name, role, action, unmet]).toEqual([name, role, action, codesOf(commands[action], state)]);
        }
  });

  it('is to answer for whoever speaks for the unit, and to close and remind for whoever asks', () => {
    const mayDo = (role: HeldRole): readonly string[] =>
      allowedOnTask(
        { ...asked.consultation, unit: 'one', ended: false, today, assigner: null },
        after(opened),
        { roles: [role] },
        units,
      ).flatMap(({ action, unmet }) => (unmet.length === 0 ? [action] : []));
    expect(mayDo({ role: 'officer', unit: 'one' })).toEqual(['answer']);
    expect(mayDo({ role: 'officer', unit: 'two' })).toEqual([]);
    expect(mayDo({ role: 'officer', unit: 'service' })).toEqual(['answer', 'close', 'remind']);
    expect(mayDo({ role: 'leader', unit: 'service' })).toEqual([]);
  });
});
