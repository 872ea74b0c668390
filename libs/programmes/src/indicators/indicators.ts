import { acceptedAs, handle, loadState, recordingRefusals, unmetIn, uuidv5 } from '#event-store';
import type { Accepted, Decider, EventStore, Unmet } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';
import { commandIdOf, metadataOf, rolesFor } from '#workflow';
import type { Sender, Sent, UnitTree } from '#workflow';
import { checkingRole, definingRole, indicator, indicatorIdOf } from './indicator.js';
import type { Defined } from './indicator.js';
import { reminding } from './reminding.js';
import { allowedOn, report, reportsFor } from './report.js';
import type { ReportAction, ReportCommand, ReportState, Reported } from './report.js';

/** What is done with what a unit reported. */
export type ReportRequest =
  | { readonly action: 'report-indicator'; readonly said: Pick<Reported, 'value' | 'evidence' | 'reason'> }
  | { readonly action: 'verify-report' }
  | { readonly action: 'return-report'; readonly reason: string };

/** What a report is of. */
export interface Place {
  /** Indicator id. */
  readonly indicator: string;
  /** Unit id. */
  readonly unit: string;
  readonly period: string;
}

type By = Pick<Sender, 'roles' | 'actingFor'>;

/** Where indicators are defined, and what units report of them is decided. Each report has a stream of its own: units that report at the same time do not wait for each other. */
export class Indicators {
  constructor(
    private readonly store: EventStore,
    private readonly units: () => UnitTree,
    private readonly clock: Clock,
  ) {}

  /** With its revision; null where there is none. @throws Unavailable */
  async find(id: string): Promise<{ readonly defined: Defined; readonly revision: number } | null> {
    const loaded = await loadState(this.store, indicator, `indicator-${id}`);
    return loaded?.state ? { defined: loaded.state, revision: loaded.revision } : null;
  }

  /** Whether the unit ever reported of that period. @throws Unavailable */
  async hasReport(place: Place): Promise<boolean> {
    return (await loadState(this.store, report, `report-${reportIdOf(place)}`)) !== null;
  }

  /** @throws Rejected, KeyReused, RevisionConflict, Unavailable */
  define(defined: Omit<Defined, 'owner'>, sent: Sent): Promise<Accepted> {
    const context = { roles: rolesFor('define-indicator', sent.by), units: this.units() };
    const command = { action: 'define-indicator', defined, context } as const;
    return this.decide(indicator, { id: indicatorIdOf(defined.code), prefix: 'indicator', command }, sent);
  }

  /** What a unit reports of a period, or what a checker says to it. @throws Rejected, InvalidBody, KeyReused, RevisionConflict, Unavailable */
  report(place: Place, request: ReportRequest, of: Defined, sent: Sent): Promise<Accepted> {
    return this.decide(report, { id: reportIdOf(place), prefix: 'report', command: this.commandOf(place, request, of, sent.by) }, sent);
  }

  /**
   * What would stand against that now, without anything being stored; null where it is in the log already under that id.
   * @throws InvalidBody, Unavailable
   */
  async unmetByReport(
    place: Place,
    request: ReportRequest,
    { of, by, commandId }: { readonly of: Defined; readonly by: Sender; readonly commandId: string },
  ): Promise<readonly Unmet[] | null> {
    const loaded = await loadState(this.store, report, `report-${reportIdOf(place)}`);
    if (loaded?.events.some(({ metadata }) => metadata.commandId === commandId) === true) return null;
    return unmetIn(() => report.decide(this.commandOf(place, request, of, by), loaded?.state ?? report.initial));
  }

  /** Reminds those that have not reported of a period. @param missing Unit ids @throws Rejected, KeyReused, RevisionConflict, Unavailable */
  remind(of: Pick<Place, 'indicator' | 'period'>, missing: readonly string[], owner: string, sent: Sent): Promise<Accepted> {
    const context = { roles: rolesFor('remind-indicator', sent.by), units: this.units(), owner };
    const reminded = { ...of, units: missing, on: dateInVietnam(this.clock.now()) };
    const command = { action: 'remind-indicator', reminded, context } as const;
    return this.decide(reminding, { id: uuidv5(of.indicator, `reminder ${of.period}`), prefix: 'reminder', command }, sent);
  }

  /** Whether somebody may define one. */
  mayDefine(by: By): boolean {
    return definingRole({ roles: rolesFor('define-indicator', by), units: this.units() }) !== null;
  }

  /** Whether somebody may remind the units that report to that one. */
  mayRemind(owner: string, by: By): boolean {
    return checkingRole(owner, { roles: rolesFor('remind-indicator', by), units: this.units() }) !== null;
  }

  /** What somebody may do with what units reported. */
  allowedTo(by: By): (unit: string, state: ReportState | 'missing') => readonly ReportAction[] {
    const units = this.units();
    const reporting = reportsFor(rolesFor('report-indicator', by), units);
    return (unit, state) =>
      allowedOn(state, (action) =>
        action === 'report-indicator' ? reporting.has(unit) : checkingRole(unit, { roles: rolesFor(action, by), units }) !== null,
      );
  }

  private commandOf(place: Place, request: ReportRequest, of: Defined, by: Sender): ReportCommand {
    const context = {
      ...{ roles: rolesFor(request.action, by), actor: by, units: this.units(), indicator: of },
      today: dateInVietnam(this.clock.now()),
    };
    const { action } = request;
    if (action === 'report-indicator') return { action, reported: { ...place, ...request.said }, context };
    return { ...request, unit: place.unit, context };
  }

  private async decide<Command extends { readonly action: string }, State, Event extends { readonly type: string; readonly data: object }>(
    decider: Decider<Command, State, Event>,
    { id, prefix, command }: { readonly id: string; readonly prefix: string; readonly command: Command },
    sent: Sent,
  ): Promise<Accepted> {
    const { store, clock } = this;
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent) });
    const refused = { store, today: dateInVietnam(clock.now()), action: command.action, metadata };
    const { ifMatch } = sent;
    const handled = await recordingRefusals(refused, () =>
      handle({ ...{ store, decider, stream: `${prefix}-${id}`, command, metadata }, ...(ifMatch !== undefined && { ifMatch }) }),
    );
    return acceptedAs(id, handled);
  }
}

const reportIdOf = ({ indicator: id, unit, period }: Place): string => uuidv5(id, `report ${unit} ${period}`);
