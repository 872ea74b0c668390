import { InvalidBody, Rejected, weightOf } from '#event-store';
import type { Decider, FieldError, Unmet } from '#event-store';
import { unitClosed } from '#workflow';
import type { HeldRole } from '#workflow';
import {
  addsText,
  authorityOfRemedy,
  before,
  fullBy,
  isRemedyAction,
  isRemedyCommand,
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
import { mostConclusions, mostMeetings, mostMembers } from './board-table.js';
import type { BoardState } from './board-table.js';
import { unmetByMember, wrongMember, wrongPresence, wrongRelease } from './members.js';
import type { Meeting, Member } from './members.js';

/** A numbered paper. */
interface Paper {
  readonly number: string;
  readonly date: string;
}

/** Of which unit it is, and by which decision. */
interface Establishment {
  readonly title: string;
  /** Unit id. */
  readonly unit: string;
  readonly document: Paper;
}

/** What a meeting concluded without asking anything of a unit by a day. */
interface Conclusion {
  readonly id: string;
  /** Id of the meeting. */
  readonly meeting: string;
  readonly text: string;
}

/** A conclusion that asks something is a recommendation, of the same kind as those of inspections. */
type Asking = Recommendation & { readonly meeting: string };

/** What the log holds in `board-<uuid>`. */
export type BoardEvent =
  | { readonly type: 'SteeringBoardEstablished'; readonly data: Establishment }
  | { readonly type: 'BoardMemberAppointed'; readonly data: { readonly member: Member } }
  | { readonly type: 'BoardMemberReleased'; readonly data: { readonly member: string; readonly to: string } }
  | { readonly type: 'BoardMeetingHeld'; readonly data: { readonly meeting: Meeting } }
  | { readonly type: 'BoardConclusionReached'; readonly data: { readonly conclusion: Conclusion } }
  | RemedyEvent
  | { readonly type: 'SteeringBoardDissolved'; readonly data: { readonly document: Paper } };

export type BoardCommand = (
  | { readonly action: 'establish-board'; readonly established: Establishment }
  /** `isKnown`: whether there is such a person. */
  | { readonly action: 'appoint-member'; readonly member: Member; readonly isKnown: boolean }
  | { readonly action: 'release-member'; readonly member: string; readonly to: string }
  | { readonly action: 'hold-meeting'; readonly meeting: Meeting }
  | { readonly action: 'add-conclusion'; readonly conclusion: Conclusion | Asking }
  | RemedyCommand
  | { readonly action: 'dissolve'; readonly document: Paper }
) & { readonly context: ActingContext };

/** A steering board as it stands; null before it was established. */
export interface Board {
  readonly established: Establishment;
  readonly state: BoardState;
  readonly dissolved: Paper | null;
  /** Oldest first. */
  readonly members: readonly Member[];
  readonly meetings: readonly Meeting[];
  readonly conclusions: readonly Conclusion[];
  readonly recommendations: readonly KnownRecommendation[];
  /** Characters of all that is stored, about. */
  readonly stored: number;
}

/** One steering board. Throws InvalidBody for what units, people, days and its own ids alone can tell. */
export const board: Decider<BoardCommand, Board | null, BoardEvent> = {
  initial: null,
  decide: (command, state) => {
    const [wrong, ...more] = wrongFields(command, state);
    if (wrong) throw new InvalidBody([wrong, ...more]);
    const [first, ...others] = unmetBy(command, state);
    if (first) throw new Rejected([first, ...others]);
    return [eventOf(command, state)];
  },
  evolve: (state, event) => {
    const stored = (state?.stored ?? 0) + weightOf(event.data);
    if (event.type === 'SteeringBoardEstablished')
      return {
        ...{ established: event.data, state: 'active', dissolved: null, stored },
        ...{ members: [], meetings: [], conclusions: [], recommendations: [] },
      };
    return state && { ...state, ...changedBy(event, state), stored };
  },
  authority: authorityOf,
};

function changedBy(event: Exclude<BoardEvent, { type: 'SteeringBoardEstablished' }>, state: Board): Partial<Board> {
  switch (event.type) {
    case 'BoardMemberAppointed':
      return { members: [...state.members, event.data.member] };
    case 'BoardMemberReleased': {
      const { member, to } = event.data;
      return { members: state.members.map((one) => (one.id === member ? { ...one, to } : one)) };
    }
    case 'BoardMeetingHeld':
      return { meetings: [...state.meetings, event.data.meeting] };
    case 'BoardConclusionReached':
      return { conclusions: [...state.conclusions, event.data.conclusion] };
    case 'SteeringBoardDissolved':
      return { state: 'dissolved', dissolved: event.data.document };
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

function eventOf(command: BoardCommand, state: Board | null): BoardEvent {
  switch (command.action) {
    case 'establish-board':
      return { type: 'SteeringBoardEstablished', data: command.established };
    case 'appoint-member':
      return { type: 'BoardMemberAppointed', data: { member: command.member } };
    case 'release-member':
      return { type: 'BoardMemberReleased', data: { member: command.member, to: command.to } };
    case 'hold-meeting':
      return { type: 'BoardMeetingHeld', data: { meeting: command.meeting } };
    case 'add-conclusion': {
      const { conclusion } = command;
      const occurredOn = meetingOf(conclusion.meeting, state)?.date ?? command.context.today;
      return 'owner' in conclusion
        ? { type: 'RecommendationMade', data: { recommendation: conclusion, occurredOn } }
        : { type: 'BoardConclusionReached', data: { conclusion } };
    }
    case 'report-remedy':
    case 'accept-remedy':
    case 'return-remedy':
      return remedyEventOf(command, command.context);
    case 'dissolve':
      return { type: 'SteeringBoardDissolved', data: { document: command.document } };
  }
}

const meetingOf = (id: string, state: Board | null): Meeting | undefined => state?.meetings.find((one) => one.id === id);

function wrongFields(command: BoardCommand, state: Board | null): readonly FieldError[] {
  const { units, today } = command.context;
  const { document: founding } = state?.established ?? {};
  switch (command.action) {
    case 'establish-board': {
      const { unit, document } = command.established;
      return [...(units.get(unit) ? [] : [noSuchUnit('unit')]), ...wrongDay(document.date, 'document.date', today)];
    }
    case 'appoint-member':
      return wrongMember(command.member, command.isKnown);
    case 'release-member':
      return wrongRelease(command, state?.members ?? [], state?.meetings ?? []);
    case 'hold-meeting': {
      const { meeting } = command;
      const days = [...wrongDay(meeting.date, 'date', today), ...before(meeting.date, founding?.date, 'date', establishment)];
      return [...days, ...wrongPresence(meeting, state?.members ?? [])];
    }
    case 'add-conclusion': {
      const { conclusion } = command;
      const asked = 'owner' in conclusion ? { unit: conclusion.owner, path: 'owner', asks: whose } : null;
      return [
        ...(meetingOf(conclusion.meeting, state) ? [] : [noSuchMeeting]),
        ...(asked && state ? wrongUnitBelow({ ...asked, above: state.established.unit }, units) : []),
      ];
    }
    case 'report-remedy':
    case 'accept-remedy':
    case 'return-remedy':
      return wrongRemedy(command, state?.recommendations ?? [], today);
    case 'dissolve': {
      const { date } = command.document;
      return [...wrongDay(date, 'document.date', today), ...before(date, founding?.date, 'document.date', establishment)];
    }
  }
}

const establishment: InWords = { en: 'establishment', vi: 'ngày thành lập' };
const whose: InWords = { en: 'the unit of the board', vi: 'đơn vị của ban chỉ đạo' };
const noSuchMeeting: FieldError = { path: 'meeting', message: 'is not a meeting of the board', vi: 'không phải là cuộc họp ở đây' };

function unmetBy(command: BoardCommand, state: Board | null): readonly Unmet[] {
  const { units } = command.context;
  const notAuthorised = authorityOf(command, state) ? [] : [notTheirs(command.action)];
  if (command.action === 'establish-board') {
    const taken = state ? [{ code: 'key-reused', message: 'There is another board under this key.' }] : [];
    return [...notAuthorised, ...unitClosed(units, command.established.unit, 'unit'), ...taken];
  }
  if (!state) return [...notAuthorised, wrongStage('not established yet')];
  return [...notAuthorised, ...unmetInState(command, state), ...fullFor(command, state)];
}

const wrongStage = (state: string): Unmet => ({ code: 'wrong-stage', message: `The board is ${state}.` });
const notTheirs = (action: BoardCommand['action']): Unmet => ({
  code: 'not-authorised',
  message:
    action === 'report-remedy'
      ? 'This is for officers of the unit that it is asked of.'
      : 'This is for checkers and authorities of the unit of the board.',
});

function unmetInState(command: Exclude<BoardCommand, { action: 'establish-board' }>, state: Board): readonly Unmet[] {
  if (state.state === 'dissolved') return [wrongStage(state.state)];
  if (command.action === 'dissolve') return openRecommendations(state.recommendations);
  if (command.action === 'appoint-member') return unmetByMember(command.member, state.members);
  if (command.action === 'add-conclusion')
    return 'owner' in command.conclusion ? unitClosed(command.context.units, command.conclusion.owner, 'owner') : [];
  if (!isRemedyCommand(command)) return [];
  const one = state.recommendations.find(({ id }) => id === command.recommendation);
  return one ? unmetByRemedy(command.action, one, command.context.people) : [];
}

/** What stands against an action because so much is stored already. */
export function fullFor({ action }: Pick<BoardCommand, 'action'>, state: Board): readonly Unmet[] {
  const { members, meetings, conclusions, recommendations, stored } = state;
  const lists = [
    { by: 'appoint-member', most: mostMembers, now: members.length, of: 'appointments' },
    { by: 'hold-meeting', most: mostMeetings, now: meetings.length, of: 'meetings' },
    { by: 'add-conclusion', most: mostConclusions, now: conclusions.length + recommendations.length, of: 'conclusions' },
  ] as const;
  const list = lists.find(({ by }) => by === action);
  if (list && list.now >= list.most)
    return [{ code: 'record-full', message: `A board has ${String(list.most)} ${list.of} at most; a later term is another board.` }];
  const adds = isRemedyAction(action) ? addsText(action) : list !== undefined;
  return adds ? fullBy(stored, 'board') : [];
}

/** The role by which somebody speaks for the board of the unit. */
export function boardRole(unit: string, context: Pick<ActingContext, 'roles' | 'units'>): HeldRole | null {
  return roleAt(unit, ['checker', 'authority'], context);
}

function authorityOf(command: BoardCommand, state: Board | null): HeldRole | null {
  const { context } = command;
  if (command.action === 'establish-board') return boardRole(command.established.unit, context);
  if (!state) return null;
  const giver = boardRole(state.established.unit, context);
  return isRemedyCommand(command) ? authorityOfRemedy(command, state.recommendations, giver, context) : giver;
}
