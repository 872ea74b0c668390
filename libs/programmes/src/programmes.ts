import { acceptedAs, handle, loadState, readOrNothing, recordingRefusals } from '#event-store';
import type { Accepted, EventStore } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock } from '#platform';
import { commandIdOf, metadataOf, rolesFor } from '#workflow';
import type { Sender, Sent, UnitTree } from '#workflow';
import { indicator, indicatorIdOf } from './indicators/indicator.js';
import { indicatorIn } from './metrics.js';
import type { Target } from './metrics.js';
import { governingRole, programme } from './programme.js';
import type { Programme, ProgrammeCommand, ProgrammeEvent } from './programme.js';

type WithoutContext<Command> = Command extends unknown ? Omit<Command, 'context'> : never;

export type ProgrammeRequest = WithoutContext<ProgrammeCommand>;

/** A moment of the past that somebody asks about. */
export type AskedMoment = { readonly position: bigint } | { readonly time: Date };

/** A position of the log, and when it came to that. */
export interface Moment {
  readonly position: bigint;
  readonly at: Date;
}

/** Something that happened to a target. */
interface TargetEvent {
  readonly stream: string;
  readonly revision: number;
  /** Decimal. */
  readonly position: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
}

/** Where programmes and their targets are decided, and read as they stand. */
export class Programmes {
  constructor(
    private readonly store: EventStore,
    private readonly units: () => UnitTree,
    private readonly clock: Clock,
  ) {}

  today(): string {
    return dateInVietnam(this.clock.now());
  }

  /** With its newest revision; null where there is none. @throws Unavailable */
  async find(id: string): Promise<{ readonly state: Programme; readonly revision: number } | null> {
    const loaded = await loadState(this.store, programme, streamOf(id));
    return loaded?.state ? { state: loaded.state, revision: loaded.revision } : null;
  }

  /** As it stood at a position of the log or at a time, with the last change of then: null before its first, and nothing at all where there is no programme. @throws Unavailable */
  async findAt(id: string, asked: AskedMoment): Promise<{ readonly state: Programme | null; readonly last: Moment } | null> {
    const events = await readOrNothing(this.store, streamOf(id));
    const past = events.filter(({ position, recordedAt }) =>
      'time' in asked ? Date.parse(recordedAt) <= asked.time.getTime() : position <= asked.position,
    );
    // What the decider once made.
    const state = past.reduce<Programme | null>((before, event) => programme.evolve(before, event as unknown as ProgrammeEvent), null);
    const [first] = events;
    const last = past.at(-1);
    if (last) return { state, last: { position: last.position, at: new Date(last.recordedAt) } };
    return first ? { state: null, last: { position: 0n, at: new Date(first.recordedAt) } } : null;
  }

  /** Whether it can be measured: an indicator must be defined. @throws Unavailable */
  async isMeasured(metric: Target['metric']): Promise<boolean> {
    const code = indicatorIn(metric);
    return code === null || (await loadState(this.store, indicator, `indicator-${indicatorIdOf(code)}`)) !== null;
  }

  /** The events that set a target, stated figures of it and ended it, oldest first; none where there is no such target. @throws Unavailable */
  async targetEvents(id: string, target: string): Promise<readonly TargetEvent[]> {
    const stream = streamOf(id);
    const events = (await readOrNothing(this.store, stream)).filter((event) => isAbout(event as unknown as ProgrammeEvent, target));
    return events.map(({ revision, position, type, recordedAt }) => ({ stream, revision, position: String(position), type, recordedAt }));
  }

  /** What somebody may do with the programme as it stands, or where there is none yet: begin one. */
  allowed(state: Pick<Programme, 'closed' | 'targets'> | null, by: Pick<Sender, 'roles' | 'actingFor'>): readonly ProgrammeAction[] {
    const units = this.units();
    const isTheirs = (action: ProgrammeAction): boolean => governingRole({ roles: rolesFor(action, by), units }) !== null;
    return programmeActions.filter((action) => isOpen(action, state) && isTheirs(action));
  }

  /** @throws Rejected, InvalidBody, KeyReused, RevisionConflict, Unavailable */
  async decide(id: string, command: ProgrammeRequest, sent: Sent): Promise<Accepted> {
    const { store, clock } = this;
    const context = { roles: rolesFor(command.action, sent.by), units: this.units() };
    const metadata = metadataOf(sent, { commandId: commandIdOf(sent) });
    const refused = { store, today: dateInVietnam(clock.now()), action: command.action, metadata };
    const { ifMatch } = sent;
    const handled = await recordingRefusals(refused, () =>
      handle({
        ...{ store, decider: programme, stream: streamOf(id), command: { ...command, context }, metadata },
        ...(ifMatch !== undefined && { ifMatch }),
      }),
    );
    return acceptedAs(id, handled);
  }
}

export const programmeActions = [
  'make-programme',
  'set-target',
  'withdraw-target',
  'close-programme',
  'state-figure',
] as const satisfies readonly ProgrammeCommand['action'][];
export type ProgrammeAction = (typeof programmeActions)[number];

function isOpen(action: ProgrammeAction, state: Pick<Programme, 'closed' | 'targets'> | null): boolean {
  if (action === 'make-programme' || !state) return action === 'make-programme' && !state;
  if (action === 'withdraw-target') return !state.closed && state.targets.some(({ withdrawn }) => !withdrawn);
  if (action === 'state-figure') return state.targets.some(({ withdrawn }) => !withdrawn);
  return !state.closed;
}

function isAbout({ type, data }: ProgrammeEvent, target: string): boolean {
  if (type === 'TargetSet') return data.target.id === target;
  return type === 'ProgrammeClosed' || ((type === 'TargetWithdrawn' || type === 'FigureStated') && data.target === target);
}

const streamOf = (id: string): string => `programme-${id}`;
