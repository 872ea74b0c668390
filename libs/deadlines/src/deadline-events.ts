import { actorWithoutPerson, uuidv5 } from '#event-store';
import type { NewEvent } from '#event-store';
import type { Firing } from './clocks.js';

/** Deadline events of a procedure have a stream of their own, because revision n of a procedure is its n-th action. */
export const deadlinePrefix = 'deadline-';

export const deadlineEventTypes = {
  warned: 'DeadlineWarned',
  missed: 'DeadlineMissed',
  escalated: 'DeadlineEscalated',
} as const satisfies Record<Firing, string>;

/** What the log says when the time has come, in `deadline-<procedure id>`. */
export interface DeadlineEvent {
  readonly type: (typeof deadlineEventTypes)[Firing];
  readonly data: {
    readonly procedure: string;
    /** Which deadline of the definition, such as `action:publish`. */
    readonly rule: string;
    /** The action that has to be done in time; left out where it is a stay in a stage. */
    readonly action?: string;
    readonly stage?: string;
    /** Revision of the procedure at which its clock started. */
    readonly startRevision: number;
    /** ISO 8601 UTC. */
    readonly startedAt: string;
    /** ISO 8601 UTC, as it was when this became due. */
    readonly dueAt: string;
    /** When this event was to come, ISO 8601 UTC; it is recorded at that time or later. */
    readonly at: string;
    /** The calendar version that it was counted by; left out where every day counts. */
    readonly calendar?: { readonly id: string; readonly version: number };
  };
}

/** A deadline event that has become due, by the view. */
export interface DueDeadline {
  /** Of the running of the deadline. */
  readonly id: string;
  readonly firing: Firing;
  readonly data: DeadlineEvent['data'];
  readonly definition: { readonly id: string; readonly version: number };
  /** Of the procedure's stream of deadline events; -1 before the first. */
  readonly deadlineRevision: number;
}

/** The event to append. Its id is made from what it is about, so that it is stored once however often it is tried. */
export function deadlineEvent({ id: running, firing, data, definition }: DueDeadline): NewEvent {
  const id = uuidv5(running, firing);
  const actor = actorWithoutPerson('system');
  const metadata = { commandId: id, requestHash: '', $correlationId: id, $causationId: id, actor, definition };
  return { id, type: deadlineEventTypes[firing], schemaVersion: 1, data, metadata };
}
