import type { AnyAction, Group, Kind } from '#workflow';
import type { OptionContent, Parts, ProcedureEventType, Review, Saving } from './events.js';

/** An option of the procedure, the open one or one of its past. */
export interface Option extends OptionContent {
  readonly id: string;
  readonly status: 'proposed' | 'qualityChecked' | 'approved' | 'implemented' | 'rejected' | 'returned' | 'failed';
  readonly saving: Saving;
  /** The stage that it was proposed from, to which it goes back. */
  readonly origin: string;
  readonly proposedBy: string;
  readonly checkedBy?: string;
}

interface Registered {
  readonly title: string;
  readonly code?: string;
  readonly kind: Kind;
  readonly group?: Group;
  readonly field: string;
  readonly owningUnit: string;
  readonly definition: { readonly id: string; readonly version: number };
  readonly stage: string;
  readonly suspended: boolean;
  /** Published at some time, in this cycle or an earlier one. */
  readonly everPublished: boolean;
  readonly review?: Review;
  readonly parts: Parts;
  /** Oldest first; at most the last is open. */
  readonly options: readonly Option[];
  /** The newest assignment of a review, as it stands in the worklists of the units. */
  readonly assignment?: { readonly units: readonly string[]; readonly dueOn: string };
  /** One entry a revision: which action made it, so that a correction knows what it corrects. */
  readonly actions: readonly AnyAction[];
  readonly types: readonly ProcedureEventType[];
}

/** A procedure by phase of life: not there, being prepared (never published), in force, or ended. */
export type Procedure =
  | { readonly phase: 'unregistered' }
  | ({ readonly phase: 'inPreparation' } & Registered)
  | ({ readonly phase: 'inForce' } & Registered)
  | ({ readonly phase: 'ended' } & Registered);

export type RegisteredProcedure = Exclude<Procedure, { readonly phase: 'unregistered' }>;
