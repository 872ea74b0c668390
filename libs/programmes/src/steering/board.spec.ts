import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidBody, Rejected } from '#event-store';
import { specification } from '#event-store/testing';
import { UnitTree, roles } from '#workflow';
import type { HeldRole } from '#workflow';
import { allowedOn, boardSeen, partSeen } from './board-seen.js';
import { boardActions, boardTable, mostMembers } from './board-table.js';
import type { BoardAction } from './board-table.js';
import { board } from './board.js';
import type { Board, BoardCommand, BoardEvent } from './board.js';
import { isInOffice } from './members.js';

const units = new UnitTree([
  { id: 'ministry', name: 'Bộ', level: 'ministry', parent: null },
  { id: 'service', name: 'Quân chủng', level: 'service', parent: 'ministry' },
  { id: 'unit', name: 'Đơn vị', level: 'unit', parent: 'service' },
  { id: 'closed', name: 'Đã giải thể', level: 'unit', parent: 'service', closed: true },
]);
const today = '2025-12-01';
const given = specification(board);
const as = (held: readonly HeldRole[], ...people: readonly string[]): BoardCommand['context'] => ({ roles: held, units, people, today });
const giver = as([{ role: 'checker', unit: 'service' }], 'checker');
const owner = as([{ role: 'officer', unit: 'unit' }], 'officer');

const document = { number: '1/QĐ', date: '2025-01-10' };
const established: BoardEvent = { type: 'SteeringBoardEstablished', data: { title: 'Ban chỉ đạo', unit: 'service', document } };
const head = { id: 'm1', person: 'head', role: 'head', from: '2025-01-10' } as const;
const appointed: BoardEvent = { type: 'BoardMemberAppointed', data: { member: head } };
const deputy = { id: 'm2', person: 'deputy', role: 'deputy', from: '2025-02-01', to: '2025-06-30' } as const;
const appointedToo: BoardEvent = { type: 'BoardMemberAppointed', data: { member: deputy } };
const meeting = { id: 'd1', date: '2025-03-31', title: 'Họp quý I', present: ['head', 'deputy'] };
const held: BoardEvent = { type: 'BoardMeetingHeld', data: { meeting } };
const conclusion = { id: 'c1', meeting: 'd1', text: 'Thống nhất kế hoạch' };
const recommendation = { id: 'r1', meeting: 'd1', text: 'Rà soát lại', owner: 'unit', dueOn: '2025-12-31' };
const concluded: BoardEvent = { type: 'BoardConclusionReached', data: { conclusion } };
const occurredOn = '2025-03-31';
const recommended: BoardEvent = { type: 'RecommendationMade', data: { recommendation, occurredOn } };
const reported: BoardEvent = { type: 'RemedyReported', data: { recommendation: 'r1', text: 'Đã làm', by: ['officer'], occurredOn } };
const accepted: BoardEvent = { type: 'RemedyAccepted', data: { recommendation: 'r1', occurredOn } };
const dissolved: BoardEvent = { type: 'SteeringBoardDissolved', data: { document: { number: '9/QĐ', date: '2025-11-30' } } };
const whole = [established, appointed, appointedToo, held, concluded];

const commands: { readonly [Action in BoardAction]: BoardCommand } = {
  'appoint-member': { action: 'appoint-member', member: { ...deputy, id: 'm3', person: 'other' }, isKnown: true, context: giver },
  'release-member': { action: 'release-member', member: 'm1', to: '2025-10-31', context: giver },
  'hold-meeting': { action: 'hold-meeting', meeting: { ...meeting, id: 'd2' }, context: giver },
  'add-conclusion': { action: 'add-conclusion', conclusion: { ...recommendation, id: 'r2' }, context: giver },
  'report-remedy': { action: 'report-remedy', recommendation: 'r1', text: 'Đã làm', occurredOn, context: owner },
  'accept-remedy': { action: 'accept-remedy', recommendation: 'r1', occurredOn, context: giver },
  'return-remedy': { action: 'return-remedy', recommendation: 'r1', reason: 'chưa đủ', occurredOn, context: giver },
  dissolve: { action: 'dissolve', document: { number: '9/QĐ', date: '2025-11-30' }, context: giver },
};
const before: Readonly<Record<BoardAction, readonly BoardEvent[]>> = {
  ...{ 'appoint-member': whole, 'release-member': whole, 'hold-meeting': whole, 'add-conclusion': whole, dissolve: whole },
  'report-remedy': [...whole, recommended],
  'accept-remedy': [...whole, recommended, reported],
  'return-remedy': [...whole, recommended, reported],
};
const stateOf = (events: readonly BoardEvent[]): Board => {
  const state = events.reduce(board.evolve, board.initial);
  if (!state) throw new Error('It was established.');
  return state;
};
/** What the command leads to, as the API tells it. */
const outcome = (command: BoardCommand, events: readonly BoardEvent[]): readonly string[] => {
  try {
    board.decide(command, events.length === 0 ? null : stateOf(events));
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
    if (error instanceof InvalidBody) return error.errors.map(({ path }) => path);
    throw error;
  }
};

describe('The table of a steering board', () => {
  it('says for each action and role at each unit what decide says, and so does what is offered', () => {
    let open = 0;
    for (const action of boardActions)
      for (const role of roles)
        for (const unit of ['ministry', 'service', 'unit']) {
          const context = as([{ role, unit }], 'somebody');
          const isTheirs =
            boardTable[action] === 'owner'
              ? role === 'officer' && unit === 'unit'
              : ['checker', 'authority'].includes(role) && unit === 'service';
          const said = outcome({ ...commands[action], context }, before[action]);
          expect([action, role, unit, said]).toEqual([action, role, unit, isTheirs ? [] : ['not-authorised']]);
          const offered = allowedOn(stateOf(before[action]), () => context).find((one) => one.action === action);
          expect([action, role, unit, offered?.unmet]).toEqual([action, role, unit, said]);
          if (said.length === 0) open++;
        }
    expect(open).toBe(7 * 2 + 1);
  });

  it('takes nothing once it is dissolved, and offers nothing', () => {
    for (const action of boardActions) {
      const said = outcome(commands[action], [...before[action], dissolved]);
      expect([action, said]).toEqual([action, ['wrong-stage']]);
    }
    expect(allowedOn(stateOf([...whole, dissolved]), () => giver)).toEqual([]);
  });
});

describe('A steering board', () => {
  it('is established by a decision of the past for a unit that is open', () => {
    const establish = (change: object): readonly string[] =>
      outcome({ action: 'establish-board', established: { title: 'Ban', unit: 'service', document, ...change }, context: giver }, []);
    expect(establish({})).toEqual([]);
    expect(establish({ unit: 'nowhere' })).toEqual(['unit']);
    expect(establish({ unit: 'ministry' })).toEqual(['not-authorised']);
    expect(establish({ document: { number: '1', date: '2025-12-02' } })).toEqual(['document.date']);
    expect(establish({ unit: 'closed' })).toContain('unit-closed');
  });

  it('has one head at a time, and nobody on it twice at a time', () => {
    const appoint = (change: object, isKnown = true): readonly string[] =>
      outcome({ action: 'appoint-member', member: { ...deputy, id: 'm3', ...change }, isKnown, context: giver }, whole);
    expect(appoint({ person: 'other', role: 'head' })).toEqual(['head-taken']);
    expect(appoint({ from: '2025-06-30', to: undefined })).toEqual(['already-member']);
    expect(appoint({ from: '2025-07-01', to: undefined })).toEqual([]);
    expect(appoint({ to: '2025-01-31' })).toEqual(['to']);
    expect(appoint({ person: 'nobody' }, false)).toEqual(['person']);
  });

  it('meets with members who were in office on that day', () => {
    const meet = (date: string, ...present: readonly string[]): readonly string[] =>
      outcome({ action: 'hold-meeting', meeting: { ...meeting, id: 'd2', date, present }, context: giver }, whole);
    expect(meet('2025-06-30', 'head', 'deputy')).toEqual([]);
    expect(meet('2025-07-01', 'head', 'deputy', 'stranger')).toEqual(['present.1', 'present.2']);
    expect(meet('2025-01-09', 'head')).toEqual(['date', 'present.0']);
    expect(meet('2025-12-02', 'head')).toEqual(['date']);
  });

  it('releases nobody before a meeting at which they were present, nor later than their end', () => {
    const release = (member: string, to: string): readonly string[] =>
      outcome({ action: 'release-member', member, to, context: giver }, whole);
    expect([release('m1', '2025-03-31'), release('m1', '2025-03-30'), release('m2', '2025-06-30'), release('m9', '2025-06-30')]).toEqual([
      [],
      ['to'],
      ['to'],
      ['member'],
    ]);
  });

  it('asks by a conclusion that names a unit and a day, on the day of the meeting', () => {
    given(...whole)
      .when({ action: 'add-conclusion', conclusion: recommendation, context: giver })
      .then(recommended);
    given(established, appointed, appointedToo, held).when({ action: 'add-conclusion', conclusion, context: giver }).then(concluded);
    const ask = (change: object): readonly string[] =>
      outcome({ action: 'add-conclusion', conclusion: { ...recommendation, id: 'r2', ...change }, context: giver }, whole);
    expect([ask({ owner: 'ministry' }), ask({ owner: 'closed' }), ask({ meeting: 'd9' })]).toEqual([
      ['owner'],
      ['unit-closed'],
      ['meeting'],
    ]);
  });

  it('has a remedy accepted by somebody else than who reported it, and is dissolved once all were', () => {
    const accept = (...people: readonly string[]): readonly string[] =>
      outcome({ ...commands['accept-remedy'], context: { ...giver, people } }, [...whole, recommended, reported]);
    expect([accept('checker'), accept('officer'), accept('checker', 'officer')]).toEqual([[], ['same-person'], ['same-person']]);
    given(...whole, recommended, reported)
      .when(commands.dissolve)
      .thenRejected('recommendations-open');
    given(...whole, recommended, reported, accepted)
      .when(commands.dissolve)
      .then(dissolved);
  });

  it('takes so many appointments and no more, and what ends it however much is stored', () => {
    const many = Array.from({ length: mostMembers }, (_, index): BoardEvent => {
      const person = `p${String(index)}`;
      return { type: 'BoardMemberAppointed', data: { member: { ...deputy, id: person, person } } };
    });
    expect(outcome(commands['appoint-member'], [established, ...many])).toEqual(['record-full']);
    const long: BoardEvent = { ...concluded, data: { conclusion: { ...conclusion, text: 'x'.repeat(4_000_000) } } };
    const full = [...whole, recommended, reported, long];
    expect(outcome(commands['return-remedy'], full)).toEqual(['record-full']);
    expect(outcome(commands['accept-remedy'], full)).toEqual([]);
    expect(outcome(commands.dissolve, [...full, accepted])).toEqual([]);
  });

  it('never has two heads on a day, nor anybody present who was not in office, whatever is asked of it', () => {
    const day = fc.integer({ min: 0, max: 300 }).map((days) => new Date(Date.UTC(2025, 0, 11 + days)).toISOString().slice(0, 10));
    const person = fc.constantFrom('a', 'b', 'c');
    const id = fc.uuid();
    const command = fc.oneof(
      fc
        .record({ id, person, role: fc.constantFrom('head', 'member'), from: day, to: fc.option(day, { nil: undefined }) })
        .map(({ to, ...member }) => ({ action: 'appoint-member', member: { ...member, ...(to !== undefined && { to }) }, isKnown: true })),
      fc.record({ action: fc.constant('release-member'), member: fc.nat({ max: 4 }), to: day }),
      fc
        .record({ id, date: day, title: fc.constant('Họp'), present: fc.uniqueArray(person, { minLength: 1 }) })
        .map((one) => ({ action: 'hold-meeting', meeting: one })),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (asked) => {
        let state = stateOf([established]);
        for (const one of asked) {
          const named = 'member' in one && typeof one.member === 'number' ? { ...one, member: state.members[one.member]?.id ?? '' } : one;
          try {
            for (const event of board.decide({ ...named, context: giver } as BoardCommand, state))
              state = board.evolve(state, event) ?? state;
          } catch (error) {
            if (!(error instanceof Rejected) && !(error instanceof InvalidBody)) throw error;
          }
        }
        const { members, meetings } = state;
        for (const { date, present } of meetings)
          for (const who of present) expect(members.some((one) => one.person === who && isInOffice(one, date))).toBe(true);
        for (const one of members) {
          const then = members.filter((other) => isInOffice(other, one.from));
          expect(then.filter(({ role }) => role === 'head').length).toBeLessThanOrEqual(1);
          expect(new Set(then.map((other) => other.person)).size).toBe(then.length);
        }
      }),
    );
  });
});

describe('What is seen of a steering board', () => {
  const all = stateOf([...whole, recommended]);
  const reader = (person: string, ...seen: readonly string[]) => ({
    ...{ person, today },
    sight: { units: new Set(seen), clearance: 'none' as const },
  });

  it('is all to its unit, those above it and its members in office, and what is asked to whom it is asked of', () => {
    const of = (person: string, ...seen: readonly string[]): unknown => partSeen(all, reader(person, ...seen));
    expect([of('x', 'ministry', 'service', 'unit'), of('x', 'service'), of('head', 'unit'), of('deputy', 'unit'), of('x', 'else')]).toEqual(
      ['all', 'all', 'all', 'owner', null],
    );
  });

  it('is nothing of members, meetings and what others are asked to those that are only asked', () => {
    expect(boardSeen('owner', all, reader('x', 'unit'))).toMatchObject({ members: [], meetings: [], conclusions: [], recommendations: [{ id: 'r1' }] });
    expect(boardSeen('owner', all, reader('x', 'else')).recommendations).toEqual([]);
    expect(boardSeen('all', all, reader('x', 'service'))).toBe(all);
  }); // prettier-ignore
});
