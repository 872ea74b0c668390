import type { Database } from '#platform';
import { ownerToday } from '#procedures';
import type { Restated } from '#procedures';
import { unitsAt, unitsAtOrFirst } from '#programmes';
import type { UnitTree } from '#workflow';
import { lastChange } from './reports/report.js';
import type { PastMoment } from './reports/report.js';

/** By which units a report is answered: those of the moment that is asked about, or of now. */
export const unitBases = ['then', 'today'] as const;
export type UnitBasis = (typeof unitBases)[number];

/** What a report is asked of units. */
interface PlacedBy {
  /** (Default: rows stand where they stood when they came, in the tree of the moment) */
  readonly units?: UnitBasis | undefined;
  readonly past: PastMoment | null;
  readonly period: {
    /** Whether it has a beginning or an end. */
    readonly isAsked: boolean;
    /** When its last day is over; null where it has no end, or is not over yet. */
    readonly over: Date | null;
  };
}

/** The units by which a report is answered, and whose a procedure is where its rows do not say so. @param tree The units of now */
export async function placed(
  database: Database,
  { units, past, period }: PlacedBy,
  tree: UnitTree,
): Promise<Restated & { readonly tree: UnitTree }> {
  // A period that is not over ends now.
  const isOfNow = units === 'today' || (units === 'then' && past === null && period.over === null);
  if (isOfNow) return { tree, ...((past ?? period.isAsked) && { owner: () => ownerToday }) };
  if (past) {
    const then = await unitsAt(database, past.position);
    // What happened in a period stands with whoever kept the procedure when it did.
    return units === 'then' && period.isAsked
      ? { tree: then, owner: keptAt(past.position), keeper: keptAt(past.position) }
      : { tree: then };
  }
  if (units === undefined || period.over === null) return { tree };
  const last = await lastChange(database, ['past_units', 'past_counted'], { time: new Date(period.over.getTime() - 1) });
  const position = last?.position ?? 0n;
  return { tree: await unitsAtOrFirst(database, position), owner: keptAt(position) };
}

/** Who kept the procedure of rows `r` at a position; of what was registered later, whoever it was registered for. */
function keptAt(position: bigint): NonNullable<Restated['owner']> {
  const kept = (which: string): string => `SELECT c.owning_unit FROM views.past_counted c WHERE c.procedure = r.procedure ${which} LIMIT 1`;
  return (parameter) =>
    `coalesce((${kept(`AND c.position <= ${parameter(String(position))} ORDER BY c.revision DESC`)}), (${kept('ORDER BY c.revision')}))`;
}

/**
 * Whose the procedure of rows `r` would be, had nothing been given to other units after the position: so what was given away since counts where it did.
 * Rows have the revision at which they stood.
 */
export const ownerBeforeTransfersSince =
  (position: string): NonNullable<Restated['owner']> =>
  (parameter) =>
    `coalesce((SELECT k.owning_unit FROM views.past_counted t CROSS JOIN LATERAL (
         SELECT c.owning_unit FROM views.past_counted c WHERE c.procedure = t.procedure AND c.revision < t.revision ORDER BY c.revision DESC LIMIT 1) k
       WHERE t.procedure = r.procedure AND t.revision <= r.revision AND t.type = 'ProcedureTransferred' AND t.position > ${parameter(position)}::bigint
       ORDER BY t.revision LIMIT 1), r.owning_unit)`;

/** The unit that answers for it in that tree: what it has become part of, else it itself. */
export const presentUnit = (tree: UnitTree, unit: string): string => tree.present(unit)?.id ?? unit;

/** Units whose procedures stand in the row of that unit: it itself, and what has become part of it. */
export const unitsInRow = (tree: UnitTree, unit: string): readonly string[] => (tree.get(unit) ? tree.standingFor(unit) : [unit]);
