import { describe, expect, it } from '@jest/globals';
import { InvalidBody, Rejected } from '#event-store';
import { specification } from '#event-store/testing';
import { UnitTree, roles } from '#workflow';
import type { HeldRole } from '#workflow';
import { allowedAboutOne, allowedOn } from './inspection-allowed.js';
import { partSeen, recommendationsSeen, seesFindings } from './inspection-seen.js';
import { inspectionActions, inspectionStates, inspectionTable, mostFindings } from './inspection-table.js';
import type { InspectionAction, InspectionState } from './inspection-table.js';
import { inspection } from './inspection.js';
import type { Inspection, InspectionCommand, InspectionEvent } from './inspection.js';
import { isRemedyAction, mostRecommendations, remedyTable } from '../recommendations/remedies.js';
import type { RemedyState } from '../recommendations/remedies.js';

const units = new UnitTree([
  { id: 'ministry', name: 'Bộ', level: 'ministry', parent: null },
  { id: 'service', name: 'Quân chủng', level: 'service', parent: 'ministry' },
  { id: 'unit', name: 'Đơn vị', level: 'unit', parent: 'service' },
  { id: 'other', name: 'Đơn vị khác', level: 'unit', parent: 'service' },
  { id: 'closed', name: 'Đã giải thể', level: 'unit', parent: 'service', closed: true },
]);
const today = '2025-12-01';
const occurredOn = '2025-11-20';
const given = specification(inspection);
const as = (held: readonly HeldRole[], ...people: readonly string[]): InspectionCommand['context'] => ({
  roles: held,
  units,
  people,
  today,
});
const inspector = as([{ role: 'authority', unit: 'ministry' }], 'inspector');
const owner = as([{ role: 'officer', unit: 'unit' }], 'officer');

const announced: InspectionEvent = {
  type: 'InspectionAnnounced',
  data: { title: 'Kiểm tra cải cách hành chính', by: 'ministry', of: 'service', announcedOn: '2025-11-03' },
};
const opened: InspectionEvent = { type: 'InspectionOpened', data: { date: '2025-11-07' } };
const conclusion = { dueOn: '2025-11-28', days: 15, calendar: 'vn', calendarVersion: 1 };
const ended: InspectionEvent = { type: 'InspectionEnded', data: { date: '2025-11-07', conclusion } };
const document = { number: '12/KL', date: '2025-11-20' };
const concluded: InspectionEvent = { type: 'InspectionConcluded', data: { document, occurredOn } };
const recommendation = { id: 'r1', text: 'Khắc phục hạn chế', owner: 'unit', dueOn: '2025-12-31' };
const recommended: InspectionEvent = { type: 'RecommendationMade', data: { recommendation, occurredOn } };
const reported: InspectionEvent = {
  type: 'RemedyReported',
  data: { recommendation: 'r1', text: 'Đã khắc phục', by: ['officer'], occurredOn },
};
const returned: InspectionEvent = { type: 'RemedyReturned', data: { recommendation: 'r1', reason: 'chưa đủ', occurredOn } };
const accepted: InspectionEvent = { type: 'RemedyAccepted', data: { recommendation: 'r1', occurredOn } };
const closed: InspectionEvent = { type: 'InspectionClosed', data: { occurredOn } };

const upTo: Readonly<Record<InspectionState, readonly InspectionEvent[]>> = {
  announced: [announced],
  opened: [announced, opened],
  ended: [announced, opened, ended],
  concluded: [announced, opened, ended, concluded],
  closed: [announced, opened, ended, concluded, recommended, reported, accepted, closed],
};
const stateOf = (events: readonly InspectionEvent[]): Inspection => {
  const state = events.reduce(inspection.evolve, inspection.initial);
  if (!state) throw new Error('It was announced.');
  return state;
};
const finding = { id: 'f1', text: 'Chưa niêm yết', severity: 'medium' } as const;

const commands: { readonly [Action in InspectionAction]: InspectionCommand } = {
  open: { action: 'open', date: '2025-11-07', context: inspector },
  find: { action: 'find', finding, occurredOn, context: inspector },
  end: { action: 'end', date: '2025-11-07', conclusion, context: inspector },
  conclude: { action: 'conclude', document, occurredOn, context: inspector },
  recommend: { action: 'recommend', recommendation: { ...recommendation, id: 'r2' }, occurredOn, context: inspector },
  'report-remedy': { action: 'report-remedy', recommendation: 'r1', text: 'Đã khắc phục', occurredOn, context: owner },
  'accept-remedy': { action: 'accept-remedy', recommendation: 'r1', occurredOn, context: inspector },
  'return-remedy': { action: 'return-remedy', recommendation: 'r1', reason: 'chưa đủ', occurredOn, context: inspector },
  close: { action: 'close', occurredOn, context: inspector },
};
/** What the command leads to, as the API tells it. */
const outcome = (command: InspectionCommand, events: readonly InspectionEvent[]): readonly string[] => {
  try {
    inspection.decide(command, stateOf(events));
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.unmet.map(({ code }) => code);
    if (error instanceof InvalidBody) return error.errors.map(({ path }) => path);
    throw error;
  }
};
/** The history in which the recommendation stands so that the remedy's action is open to it. */
const about: Readonly<Record<RemedyState, readonly InspectionEvent[]>> = {
  open: [recommended],
  reported: [recommended, reported],
  returned: [recommended, reported, returned],
  accepted: [recommended, reported, accepted],
};

describe('The table of an inspection', () => {
  it('says for each state, action and role at each unit what decide says, and so does what is offered', () => {
    let open = 0;
    for (const state of inspectionStates)
      for (const action of inspectionActions)
        for (const role of roles)
          for (const unit of ['ministry', 'service', 'unit', 'other']) {
            const context = as([{ role, unit }], 'somebody');
            const before = state === 'concluded' && isRemedyAction(action) ? about[remedyTable[action].from[0]] : [];
            const events = [...upTo[state], ...before];
            const { from, who } = inspectionTable[action];
            const isTheirs =
              who === 'owner' ? role === 'officer' && unit === 'unit' : ['checker', 'authority'].includes(role) && unit === 'ministry';
            // Without any recommendation yet, there is none that is asked about.
            const isKnown = !isRemedyAction(action) || ['concluded', 'closed'].includes(state);
            const expected = isKnown
              ? [...(isTheirs ? [] : ['not-authorised']), ...(from === state ? [] : ['wrong-stage'])]
              : ['recommendation'];
            expect([state, action, role, unit, outcome({ ...commands[action], context }, events)]).toEqual([
              state,
              action,
              role,
              unit,
              expected,
            ]);
            const offered = allowedOn(stateOf(events), () => context).find((one) => one.action === action);
            expect([state, action, role, unit, offered?.unmet]).toEqual([state, action, role, unit, from === state ? expected : undefined]);
            if (expected.length === 0) open++;
          }
    expect(open).toBe(8 * 2 + 1);
  });

  it('says the same for each state of a recommendation', () => {
    for (const [state, events] of Object.entries(about))
      for (const action of ['report-remedy', 'accept-remedy', 'return-remedy'] as const) {
        const { context } = commands[action];
        const isOpen = remedyTable[action].from.some((one) => one === state);
        const history = [...upTo.concluded, ...events];
        expect([state, action, outcome(commands[action], history)]).toEqual([state, action, isOpen ? [] : ['wrong-stage']]);
        const [one] = stateOf(history).recommendations;
        const offered = one && allowedAboutOne(one, stateOf(history), () => context).find((each) => each.action === action);
        expect([state, action, offered?.unmet]).toEqual([state, action, isOpen ? [] : undefined]);
      }
  });
});

describe('An inspection', () => {
  it('is announced for the unit that inspects, of itself or of one below it that is open', () => {
    const announce = (change: object, context = inspector): InspectionCommand => ({
      ...{ action: 'announce-inspection', announced: { ...announced.data, ...change }, context },
    });
    given().when(announce({})).then(announced);
    given().when(announce({ announcedOn: '2026-03-01' })).then({ ...announced, data: { ...announced.data, announcedOn: '2026-03-01' } }); // prettier-ignore
    given().when(announce({}, owner)).thenRejected('not-authorised');
    given()
      .when(announce({ by: 'service', of: 'closed' }, as([{ role: 'checker', unit: 'service' }])))
      .thenRejected('unit-closed');
    const wrong = (change: object): readonly string[] => {
      try {
        inspection.decide(announce(change), null);
      } catch (error) {
        if (error instanceof InvalidBody) return error.errors.map(({ path }) => path);
        throw error;
      }
      return [];
    };
    expect([wrong({ by: 'nowhere' }), wrong({ of: 'nowhere' }), wrong({ by: 'unit', of: 'service' })]).toEqual([['by'], ['of'], ['of']]);
  });

  it('keeps its days in order, and none of them lies ahead', () => {
    const refused = (command: InspectionCommand, state: InspectionState): readonly string[] => outcome(command, upTo[state]);
    expect(refused({ ...commands.open, date: '2025-11-02' } as InspectionCommand, 'announced')).toEqual(['date']);
    expect(refused({ ...commands.open, date: '2025-12-02' } as InspectionCommand, 'announced')).toEqual(['date']);
    expect(refused({ ...commands.end, date: '2025-11-06' } as InspectionCommand, 'opened')).toEqual(['date']);
    expect(refused({ ...commands.end, conclusion: null } as InspectionCommand, 'opened')).toEqual(['date']);
    expect(refused({ ...commands.conclude, document: { number: '1', date: '2025-11-06' } } as InspectionCommand, 'ended')).toEqual(['document.date']);
    expect(refused({ ...commands.find, occurredOn: '2025-12-02' } as InspectionCommand, 'opened')).toEqual(['occurredOn']);
  }); // prettier-ignore

  it('asks only units below the one that inspects, which are open', () => {
    const asking = (owned: string): readonly string[] =>
      outcome({ ...commands.recommend, recommendation: { ...recommendation, owner: owned } } as InspectionCommand, upTo.concluded);
    expect([asking('nowhere'), asking('closed'), asking('ministry'), asking('other')]).toEqual([['owner'], ['unit-closed'], [], []]);
  });

  it('has a remedy accepted by somebody else than who reported it, whoever it was that they acted for', () => {
    const accept = (...people: readonly string[]): readonly string[] =>
      outcome({ ...commands['accept-remedy'], context: { ...inspector, people } }, [...upTo.concluded, recommended, reported]);
    expect([accept('inspector'), accept('officer'), accept('inspector', 'officer')]).toEqual([[], ['same-person'], ['same-person']]);
    const again = [...upTo.concluded, recommended, reported, returned, { ...reported, data: { ...reported.data, by: ['second'] } } as InspectionEvent];
    expect(outcome({ ...commands['accept-remedy'], context: { ...inspector, people: ['officer'] } }, again)).toEqual(['same-person']);
  }); // prettier-ignore

  it('is closed once every remedy was accepted, and not before', () => {
    const other: InspectionEvent = { type: 'RecommendationMade', data: { recommendation: { ...recommendation, id: 'r2' }, occurredOn } };
    given(...upTo.concluded, recommended, reported, accepted, other)
      .when(commands.close)
      .thenRejected('recommendations-open');
    given(...upTo.concluded, recommended, reported, accepted)
      .when(commands.close)
      .then(closed);
    given(...upTo.concluded)
      .when(commands.close)
      .then(closed);
  });

  it('takes so many findings and recommendations, and no more', () => {
    const findings = Array.from({ length: mostFindings }, (): InspectionEvent => ({ type: 'FindingMade', data: { finding, occurredOn } }));
    given(...upTo.opened, ...findings)
      .when(commands.find)
      .thenRejected('record-full');
    given(...upTo.opened, ...findings)
      .when(commands.end)
      .then(ended);
    const asked = Array.from({ length: mostRecommendations }, () => recommended);
    given(...upTo.concluded, ...asked)
      .when(commands.recommend)
      .thenRejected('record-full');
  });

  it('takes what ends it, however much is stored', () => {
    const long: InspectionEvent = { ...reported, data: { ...reported.data, text: 'x'.repeat(4_000_000) } };
    const full = [...upTo.concluded, recommended, long];
    given(...full)
      .when(commands['return-remedy'])
      .thenRejected('record-full');
    given(...full)
      .when(commands['accept-remedy'])
      .then(accepted);
  });

  it('keeps of a remedy what became of it', () => {
    const { recommendations } = stateOf([...upTo.concluded, recommended, reported, returned, reported, accepted]);
    expect(recommendations).toEqual([
      {
        ...{ ...recommendation, state: 'accepted' },
        remedies: [
          { text: 'Đã khắc phục', by: ['officer'], reportedOn: occurredOn, outcome: 'returned', decidedOn: occurredOn, reason: 'chưa đủ' },
          { text: 'Đã khắc phục', by: ['officer'], reportedOn: occurredOn, outcome: 'accepted', decidedOn: occurredOn },
        ],
      },
    ]);
  });
});

describe('What is seen of an inspection', () => {
  const sight = (...seen: readonly string[]) => ({ units: new Set(seen), clearance: 'none' as const });
  const all = stateOf([...upTo.concluded, recommended]);

  it('is all to those who inspect and to auditors, its part to whom it is of, and what is asked to whom it is asked of', () => {
    const of = (...seen: readonly string[]): unknown => partSeen(all, sight(...seen));
    expect(partSeen(all, { units: null, clearance: 'none' })).toBe('all');
    expect([of('ministry', 'service', 'unit'), of('service', 'unit', 'other'), of('unit'), of('other')]).toEqual([
      'all',
      'inspected',
      'owner',
      null,
    ]);
    expect(partSeen(stateOf(upTo.concluded), sight('unit'))).toBeNull();
  });

  it('is no finding before the conclusion, but to those who inspect, and never any to those who are only asked', () => {
    const seen = (state: InspectionState): unknown => (['all', 'inspected', 'owner'] as const).map((part) => seesFindings(part, { state }));
    expect([seen('opened'), seen('ended'), seen('concluded'), seen('closed')]).toEqual([[true, false, false], [true, false, false], [true, true, false], [true, true, false]]);
  }); // prettier-ignore

  it('is of recommendations what is given to units in sight, but to those who inspect', () => {
    const seen = (part: 'all' | 'inspected' | 'owner', ...of: readonly string[]): number =>
      recommendationsSeen(part, all, sight(...of)).length;
    expect([seen('all', 'ministry'), seen('inspected', 'service', 'unit'), seen('owner', 'unit'), seen('inspected', 'service')]).toEqual([
      1, 1, 1, 0,
    ]);
  });
});
