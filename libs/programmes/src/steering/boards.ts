import { InvalidBody, acceptedAs, handle, loadState, recordingRefusals } from '#event-store';
import type { Accepted, EventStore } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';
import { commandIdOf, metadataOf } from '#workflow';
import type { CalendarDays, Calendars, Sent, Sight, UnitTree } from '#workflow';
import { dueCalendar } from '../recommendations/due.js';
import { actingIn } from '../recommendations/remedies-allowed.js';
import type { ActingAs, AllowedAction, AskingPerson, SeenRecommendation } from '../recommendations/remedies-allowed.js';
import { noSuchRecommendation } from '../recommendations/remedies.js';
import { allowedAboutOne, allowedOn, boardSeen, partSeen } from './board-seen.js';
import type { BoardPart } from './board-seen.js';
import type { BoardAction } from './board-table.js';
import { board, boardRole } from './board.js';
import type { Board, BoardCommand } from './board.js';

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context'> : never;

export type BoardRequest = WithoutContext<BoardCommand>;

/** A board as somebody sees it. */
export interface SeenBoard {
  readonly part: BoardPart;
  readonly board: Omit<Board, 'recommendations' | 'stored'>;
  readonly recommendations: readonly SeenRecommendation[];
  readonly allowed: readonly AllowedAction<BoardAction>[];
  readonly revision: number;
}

/** Where steering boards are decided, and read as they stand. */
export class SteeringBoards {
  constructor(
    private readonly store: EventStore,
    private readonly units: () => UnitTree,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  today(): string {
    return dateInVietnam(this.clock.now());
  }

  /** What somebody sees of it; null where that is nothing. @throws Unavailable */
  async seen(id: string, sight: Sight, by: AskingPerson): Promise<SeenBoard | null> {
    const loaded = await loadState(this.store, board, streamOf(id));
    const { state, revision } = loaded ?? {};
    const reader = { sight, person: by.id, today: this.today() };
    const part = state && partSeen(state, reader);
    if (!state || !part || revision === undefined) return null;
    const as: ActingAs<BoardAction> = (action) => actingIn(action, by, this.units());
    // Of what is not seen, nothing is told by what may be done either.
    const seen = boardSeen(part, state, reader);
    return {
      ...{ part, board: seen, revision },
      recommendations: seen.recommendations.map((one) => ({ ...one, allowed: allowedAboutOne(one, state, as) })),
      allowed: allowedOn(seen, as),
    };
  }

  /** The days by which people are told how long something has; null where there is no such calendar. @throws Unavailable */
  workingDays(): Promise<CalendarDays | null> {
    return this.calendars.workingDays(dueCalendar);
  }

  /** Whether somebody may establish one for any unit. */
  mayEstablish(by: AskingPerson): boolean {
    const units = this.units();
    const { roles } = actingIn('establish-board', by, units);
    return roles.some(({ unit }) => boardRole(unit, { roles, units }) !== null);
  }

  /** @param seen Null for a board that begins @throws Rejected, InvalidBody, KeyReused, RevisionConflict, Unavailable */
  async decide(id: string, request: BoardRequest, seen: SeenBoard | null, sent: Sent): Promise<Accepted> {
    const { store } = this;
    if ('recommendation' in request && !seen?.recommendations.some((one) => one.id === request.recommendation))
      throw new InvalidBody([noSuchRecommendation]);
    const today = this.today();
    const command = { ...request, context: { ...actingIn(request.action, sent.by, this.units()), today } };
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent) });
    const { ifMatch } = sent;
    const handled = await recordingRefusals({ store, today, action: request.action, metadata }, () =>
      handle({ ...{ store, decider: board, stream: streamOf(id), command, metadata }, ...(ifMatch !== undefined && { ifMatch }) }),
    );
    return acceptedAs(id, handled);
  }
}

const streamOf = (id: string): string => `board-${id}`;
