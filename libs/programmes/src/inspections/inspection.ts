import { InvalidBody, Rejected, weightOf } from '#event-store';
import type { Decider, FieldError, Unmet } from '#event-store';
import { unitClosed } from '#workflow';
import type { HeldRole } from '#workflow';
import { inspectionTable, mostFindings } from './inspection-table.js';
import type { FindingSeverity, InspectionState } from './inspection-table.js';
import {
  addsText,
  authorityOfRemedy,
  before,
  fullBy,
  isRemedyAction,
  isRemedyCommand,
  mostRecommendations,
  noSuchUnit,
  openRecommendations,
  recommendationsAfter,
  remedyEventOf,
  roleAt,
  unmetByRemedy,
  wrongDay,
  wrongRemedy,
  wrongUnitBelow,
} from '../recommendations/remedies.js';
import type {
  ActingContext,
  InWords,
  KnownRecommendation,
  Recommendation,
  RemedyCommand,
  RemedyEvent,
} from '../recommendations/remedies.js';

/** Who inspects whom, and when that was made known. */
interface Announcement {
  readonly title: string;
  /** Unit ids: who inspects, and who is inspected. */
  readonly by: string;
  readonly of: string;
  /** YYYY-MM-DD; it may lie ahead. */
  readonly announcedOn: string;
}

/** What was found, and of which procedures. */
interface Finding {
  readonly id: string;
  readonly text: string;
  readonly severity: FindingSeverity;
  /** Procedure ids. (Default: of none) */
  readonly procedures?: readonly string[];
  readonly evidence?: string;
}

/** By when the conclusion is due, and by which limit and calendar version that was computed. */
export interface ConclusionDue {
  readonly dueOn: string;
  readonly days: number;
  readonly calendar: string;
  readonly calendarVersion: number;
}

/** A numbered paper. */
interface Paper {
  readonly number: string;
  readonly date: string;
}

/** What the log holds in `inspection-<uuid>`. `date` and `occurredOn` are days on which it happened. */
export type InspectionEvent =
  | { readonly type: 'InspectionAnnounced'; readonly data: Announcement }
  | { readonly type: 'InspectionOpened'; readonly data: { readonly date: string } }
  | { readonly type: 'FindingMade'; readonly data: { readonly finding: Finding; readonly occurredOn: string } }
  | { readonly type: 'InspectionEnded'; readonly data: { readonly date: string; readonly conclusion: ConclusionDue } }
  | { readonly type: 'InspectionConcluded'; readonly data: { readonly document: Paper; readonly occurredOn: string } }
  | RemedyEvent
  | { readonly type: 'InspectionClosed'; readonly data: { readonly occurredOn: string } };

export type InspectionCommand = (
  | { readonly action: 'announce-inspection'; readonly announced: Announcement }
  | { readonly action: 'open'; readonly date: string }
  | { readonly action: 'find'; readonly finding: Finding; readonly occurredOn: string }
  /** `conclusion` is null where no calendar covers the days after it. */
  | { readonly action: 'end'; readonly date: string; readonly conclusion: ConclusionDue | null }
  | { readonly action: 'conclude'; readonly document: Paper; readonly occurredOn: string }
  | { readonly action: 'recommend'; readonly recommendation: Recommendation; readonly occurredOn: string }
  | RemedyCommand
  | { readonly action: 'close'; readonly occurredOn: string }
) & { readonly context: ActingContext };

/** An inspection as it stands; null before it was announced. */
export interface Inspection {
  readonly announced: Announcement;
  readonly state: InspectionState;
  readonly openedOn: string | null;
  readonly endedOn: string | null;
  readonly due: ConclusionDue | null;
  readonly conclusion: (Paper & { readonly occurredOn: string }) | null;
  readonly closedOn: string | null;
  /** Oldest first. */
  readonly findings: readonly (Finding & { readonly foundOn: string })[];
  readonly recommendations: readonly KnownRecommendation[];
  /** Characters of all that is stored, about. */
  readonly stored: number;
}

/** One inspection. Throws InvalidBody for what units, days and its own ids alone can tell. */
export const inspection: Decider<InspectionCommand, Inspection | null, InspectionEvent> = {
  initial: null,
  decide: (command, state) => {
    const [wrong, ...more] = wrongFields(command, state);
    if (wrong) throw new InvalidBody([wrong, ...more]);
    const [first, ...others] = unmetBy(command, state);
    if (first) throw new Rejected([first, ...others]);
    return [eventOf(command)];
  },
  evolve: (state, event) => {
    const stored = (state?.stored ?? 0) + weightOf(event.data);
    if (event.type === 'InspectionAnnounced')
      return {
        ...{ announced: event.data, state: 'announced', openedOn: null, endedOn: null, due: null, conclusion: null, closedOn: null },
        ...{ findings: [], recommendations: [], stored },
      };
    return state && { ...state, ...changedBy(event, state), stored };
  },
  authority: authorityOf,
};

function changedBy(event: Exclude<InspectionEvent, { type: 'InspectionAnnounced' }>, state: Inspection): Partial<Inspection> {
  switch (event.type) {
    case 'InspectionOpened':
      return { state: 'opened', openedOn: event.data.date };
    case 'FindingMade': {
      const { finding, occurredOn: foundOn } = event.data;
      return { findings: [...state.findings, { ...finding, foundOn }] };
    }
    case 'InspectionEnded':
      return { state: 'ended', endedOn: event.data.date, due: event.data.conclusion };
    case 'InspectionConcluded': {
      const { document, occurredOn } = event.data;
      return { state: 'concluded', conclusion: { ...document, occurredOn } };
    }
    case 'InspectionClosed':
      return { state: 'closed', closedOn: event.data.occurredOn };
    case 'RecommendationMade':
    case 'RemedyReported':
    case 'RemedyAccepted':
    case 'RemedyReturned':
    case 'RemedyReminded':
      return { recommendations: recommendationsAfter(state.recommendations, event) };
    default:
      // What another version of the product wrote.
      return {};
  }
}

function eventOf(command: InspectionCommand): InspectionEvent {
  switch (command.action) {
    case 'announce-inspection':
      return { type: 'InspectionAnnounced', data: command.announced };
    case 'open':
      return { type: 'InspectionOpened', data: { date: command.date } };
    case 'find':
      return { type: 'FindingMade', data: { finding: command.finding, occurredOn: command.occurredOn } };
    case 'end': {
      const { date, conclusion } = command;
      if (!conclusion) throw new InvalidBody([notCovered]);
      return { type: 'InspectionEnded', data: { date, conclusion } };
    }
    case 'conclude':
      return { type: 'InspectionConcluded', data: { document: command.document, occurredOn: command.occurredOn } };
    case 'recommend':
      return { type: 'RecommendationMade', data: { recommendation: command.recommendation, occurredOn: command.occurredOn } };
    case 'report-remedy':
    case 'accept-remedy':
    case 'return-remedy':
      return remedyEventOf(command, command.context);
    case 'close':
      return { type: 'InspectionClosed', data: { occurredOn: command.occurredOn } };
  }
}

const notCovered: FieldError = {
  path: 'date',
  message: 'is followed by days that the calendar does not cover',
  vi: 'nằm ngoài thời gian của lịch làm việc',
};

function wrongFields(command: InspectionCommand, state: Inspection | null): readonly FieldError[] {
  const { units, today } = command.context;
  /** @param above Unit id: who may ask something of it */
  const wrongUnit = (unit: string, path: string, above: string): readonly FieldError[] =>
    wrongUnitBelow({ unit, path, above, asks: inspecting }, units);
  switch (command.action) {
    case 'announce-inspection': {
      const { by, of } = command.announced;
      return units.get(by) ? wrongUnit(of, 'of', by) : [noSuchUnit('by')];
    }
    case 'open':
      return [...wrongDay(command.date, 'date', today), ...before(command.date, state?.announced.announcedOn, 'date', announcedOn)];
    case 'end':
      return [...wrongDay(command.date, 'date', today), ...before(command.date, state?.openedOn, 'date', opening)];
    case 'conclude': {
      const { occurredOn, document } = command;
      return [
        ...wrongDay(occurredOn, 'occurredOn', today),
        ...wrongDay(document.date, 'document.date', today),
        ...before(document.date, state?.endedOn, 'document.date', end),
      ];
    }
    case 'recommend': {
      const { occurredOn, recommendation } = command;
      const wrongOwner = state ? wrongUnit(recommendation.owner, 'owner', state.announced.by) : [];
      return [...wrongDay(occurredOn, 'occurredOn', today), ...wrongOwner];
    }
    case 'report-remedy':
    case 'accept-remedy':
    case 'return-remedy':
      return wrongRemedy(command, state?.recommendations ?? [], today);
    case 'find':
    case 'close':
      return wrongDay(command.occurredOn, 'occurredOn', today);
  }
}

const inspecting: InWords = { en: 'the unit that inspects', vi: 'đơn vị kiểm tra' };
const announcedOn: InWords = { en: 'announcement', vi: 'ngày thông báo' };
const opening: InWords = { en: 'opening', vi: 'ngày bắt đầu' };
const end: InWords = { en: 'end of the inspection', vi: 'ngày kết thúc kiểm tra' };

function unmetBy(command: InspectionCommand, state: Inspection | null): readonly Unmet[] {
  const { units } = command.context;
  const notAuthorised = authorityOf(command, state) ? [] : [notTheirs(command.action)];
  if (command.action === 'announce-inspection') {
    const { by, of } = command.announced;
    return [
      ...notAuthorised,
      ...unitClosed(units, by, 'by'),
      ...unitClosed(units, of, 'of'),
      ...(state ? [{ code: 'key-reused', message: 'There is another inspection under this key.' }] : []),
    ];
  }
  if (!state) return [...notAuthorised, wrongStage('not announced yet')];
  return [
    ...notAuthorised,
    ...(command.action === 'recommend' ? unitClosed(units, command.recommendation.owner, 'owner') : []),
    ...unmetInState(command, state),
    ...fullFor(command, state),
  ];
}

const wrongStage = (state: string): Unmet => ({ code: 'wrong-stage', message: `The inspection is ${state}.` });
const notTheirs = (action: InspectionCommand['action']): Unmet => ({
  code: 'not-authorised',
  message: action === 'report-remedy' ? 'This is for officers of the unit that it is asked of.' : 'This is for checkers and authorities of the unit that inspects.',
}); // prettier-ignore

function unmetInState(command: Exclude<InspectionCommand, { action: 'announce-inspection' }>, state: Inspection): readonly Unmet[] {
  const { action, context } = command;
  if (state.state !== inspectionTable[action].from) return [wrongStage(state.state)];
  if (action === 'close') return openRecommendations(state.recommendations);
  if (!isRemedyCommand(command)) return [];
  const one = state.recommendations.find(({ id }) => id === command.recommendation);
  return one ? unmetByRemedy(command.action, one, context.people) : [];
}

/** What stands against an action because so much is stored already. */
export function fullFor(
  { action }: Pick<InspectionCommand, 'action'>,
  { findings, recommendations, stored }: Inspection,
): readonly Unmet[] {
  if (action === 'find' && findings.length >= mostFindings)
    return [{ code: 'record-full', message: `An inspection has ${String(mostFindings)} findings at most.` }];
  if (action === 'recommend' && recommendations.length >= mostRecommendations)
    return [{ code: 'record-full', message: `An inspection has ${String(mostRecommendations)} recommendations at most.` }];
  const adds = isRemedyAction(action) ? addsText(action) : action === 'find' || action === 'recommend';
  return adds ? fullBy(stored, 'inspection') : [];
}

/** The role by which somebody inspects for the unit. */
export function inspectingRole(by: string, context: Pick<ActingContext, 'roles' | 'units'>): HeldRole | null {
  return roleAt(by, ['checker', 'authority'], context);
}

function authorityOf(command: InspectionCommand, state: Inspection | null): HeldRole | null {
  const { context } = command;
  if (command.action === 'announce-inspection') return inspectingRole(command.announced.by, context);
  if (!state) return null;
  const giver = inspectingRole(state.announced.by, context);
  return isRemedyCommand(command) ? authorityOfRemedy(command, state.recommendations, giver, context) : giver;
}
