import { InvalidBody, acceptedAs, handle, loadState, recordingRefusals } from '#event-store';
import type { Accepted, EventStore } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';
import { NotCovered, commandIdOf, metadataOf } from '#workflow';
import type { CalendarDays, Calendars, Sent, Sight, UnitTree } from '#workflow';
import { dueCalendar } from '../recommendations/due.js';
import { actingIn } from '../recommendations/remedies-allowed.js';
import type { ActingAs, AllowedAction, AskingPerson, SeenRecommendation } from '../recommendations/remedies-allowed.js';
import { allowedAboutOne, allowedOn } from './inspection-allowed.js';
import { partSeen, recommendationsSeen, seesFindings } from './inspection-seen.js';
import type { InspectionPart } from './inspection-seen.js';
import { conclusionLimit } from './inspection-table.js';
import type { InspectionAction } from './inspection-table.js';
import { inspection, inspectingRole } from './inspection.js';
import type { ConclusionDue, Inspection, InspectionCommand } from './inspection.js';
import { noSuchRecommendation } from '../recommendations/remedies.js';

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context' | 'conclusion'> : never;

export type InspectionRequest = WithoutContext<InspectionCommand>;

/** An inspection as somebody sees it. */
export interface SeenInspection {
  readonly part: InspectionPart;
  readonly inspection: Omit<Inspection, 'findings' | 'recommendations' | 'stored'>;
  readonly findings: Inspection['findings'];
  readonly recommendations: readonly SeenRecommendation[];
  readonly allowed: readonly AllowedAction<InspectionAction>[];
  readonly revision: number;
}

/** Where inspections are decided, and read as they stand. */
export class Inspections {
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
  async seen(id: string, sight: Sight, by: AskingPerson): Promise<SeenInspection | null> {
    const loaded = await loadState(this.store, inspection, streamOf(id));
    const { state, revision } = loaded ?? {};
    const part = state && partSeen(state, sight);
    if (!state || !part || revision === undefined) return null;
    const as = this.actingAs(by);
    const recommendations = recommendationsSeen(part, state, sight);
    return {
      part,
      inspection: state,
      findings: seesFindings(part, state) ? state.findings : [],
      recommendations: recommendations.map((one) => ({ ...one, allowed: allowedAboutOne(one, state, as) })),
      // Of what is not seen, nothing is told by what may be done either.
      allowed: allowedOn(part === 'all' ? state : { ...state, recommendations }, as),
      revision,
    };
  }

  /** Whether somebody may announce one for any unit. */
  mayAnnounce(by: AskingPerson): boolean {
    const { roles } = this.contextOf('announce-inspection', by);
    const units = this.units();
    return roles.some(({ unit }) => inspectingRole(unit, { roles, units }) !== null);
  }

  /** @param seen Null for an inspection that begins @throws Rejected, InvalidBody, KeyReused, RevisionConflict, Unavailable */
  async decide(id: string, request: InspectionRequest, seen: SeenInspection | null, sent: Sent): Promise<Accepted> {
    const { store, clock } = this;
    if ('recommendation' in request && typeof request.recommendation === 'string')
      if (!seen?.recommendations.some((one) => one.id === request.recommendation)) throw new InvalidBody([noSuchRecommendation]);
    const today = dateInVietnam(clock.now());
    const context = { ...this.contextOf(request.action, sent.by), today };
    const command =
      request.action === 'end' ? { ...request, conclusion: await this.dueAfter(request.date), context } : { ...request, context };
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent) });
    const { ifMatch } = sent;
    const handled = await recordingRefusals({ store, today, action: request.action, metadata }, () =>
      handle({
        ...{ store, decider: inspection, stream: streamOf(id), command, metadata },
        ...(ifMatch !== undefined && { ifMatch }),
      }),
    );
    return acceptedAs(id, handled);
  }

  /** The days by which people are told how long something has; null where there is no such calendar. @throws Unavailable */
  workingDays(): Promise<CalendarDays | null> {
    return this.calendars.workingDays(dueCalendar);
  }

  private async dueAfter(date: string): Promise<ConclusionDue | null> {
    const { calendar, days } = conclusionLimit;
    const counted = await this.calendars.workingDays(calendar);
    try {
      return counted && { dueOn: counted.after(date, days), days, calendar, calendarVersion: counted.calendar.version };
    } catch (error) {
      if (error instanceof NotCovered) return null;
      throw error;
    }
  }

  private contextOf(action: InspectionCommand['action'], by: AskingPerson): ReturnType<typeof actingIn> {
    return actingIn(action, by, this.units());
  }

  private actingAs(by: AskingPerson): ActingAs<InspectionAction> {
    return (action) => this.contextOf(action, by);
  }
}

const streamOf = (id: string): string => `inspection-${id}`;
