import type { AnyAction } from '#workflow';
import type { Described } from './described.js';
import type { Cost, IsoDate, OptionContent, People, ProcedureEvent, Review, Saving } from './events.js';
import type { Parts } from './parts.js';

export const optionStates = ['proposed', 'qualityChecked', 'approved', 'implemented', 'rejected', 'returned', 'failed'] as const;

/** What can be done to a procedure beside the actions of its lifecycle. */
export type Beside = 'migrate' | 'measure' | 'transfer';
const beside: readonly unknown[] = ['migrate', 'measure', 'transfer'] satisfies readonly Beside[];
export const isBeside = (action: AnyAction | Beside | null | undefined): action is Beside => beside.includes(action);

/** What it costs as somebody counted it. */
interface MeasuredCost {
  readonly on: IsoDate;
  readonly cost: Cost;
  readonly figures: Saving['before'];
  readonly evidence: { readonly title: string; readonly number?: string; readonly date: IsoDate };
}

/** An option of the procedure, the open one or one of its past. */
export interface Option extends OptionContent {
  readonly id: string;
  readonly status: (typeof optionStates)[number];
  readonly saving: Saving;
  /** The newest measurement of what the procedure costs since it was implemented. */
  readonly measured?: MeasuredCost;
  /** The stage that it was proposed from, to which it goes back. */
  readonly origin: string;
  /** Who did what to it, or corrected its record, for the separation of duties. */
  readonly people: { readonly [action in AnyAction]?: People };
}

/** One revision as it reads after corrections: a correction needs to know what it corrects, and who may. */
export interface ProcedureRecord {
  /** Null for an event of a type that this version does not know. */
  readonly action: AnyAction | Beside | null;
  /** The stage that it left; null for the registration. */
  readonly from: string | null;
  readonly event: ProcedureEvent;
  /** Characters of all that is stored up to this revision, about. */
  readonly stored: number;
}

interface Registered extends Described {
  readonly definition: { readonly id: string; readonly version: number };
  readonly stage: string;
  readonly suspended: boolean;
  /** Published at some time, in this cycle or an earlier one. */
  readonly everPublished: boolean;
  /** The latest one. */
  readonly review?: Review;
  readonly parts: Parts;
  /** The newest measurement that is about no option. */
  readonly measured?: MeasuredCost;
  /** Oldest first; at most the last is open. */
  readonly options: readonly Option[];
  /** The newest assignment of a review, as it stands in the worklists of the units. */
  readonly assignment?: { readonly units: readonly string[]; readonly dueOn: string };
  /** Who did each action last, or of parts whoever amended them, besides those on options, since it was last simplified, or corrected its record; for the separation of duties. */
  readonly people?: { readonly [action in AnyAction]?: People };
  /** One entry a revision. */
  readonly records: readonly ProcedureRecord[];
}

/** A procedure by phase of life: not there, being prepared (never published), in force, or ended. */
export type Procedure =
  | { readonly phase: 'unregistered' }
  | ({ readonly phase: 'inPreparation' } & Registered)
  | ({ readonly phase: 'inForce' } & Registered)
  | ({ readonly phase: 'ended' } & Registered);

export type RegisteredProcedure = Exclude<Procedure, { readonly phase: 'unregistered' }>;

/** Whether it was taken back before it was ever published: its code is free for another one. */
export function isWithdrawn({ records }: RegisteredProcedure): boolean {
  return records.some(({ action }) => action === 'withdraw');
}

/** The option that is under way, if any. */
export function openOption({ options }: Pick<RegisteredProcedure, 'options'>): Option | undefined {
  const last = options.at(-1);
  return last && (last.status === 'proposed' || last.status === 'qualityChecked' || last.status === 'approved') ? last : undefined;
}
