import { foldLine } from '#platform';
import type { ProcedureEvent, ReadCorrection } from '#procedures';
import { column } from '#processors';
import { rankOf } from '#workflow';

/** Columns that say where a procedure belongs, by which it is found and seen. */
export const placeColumns = {
  kind: column.text,
  /** Empty for kinds without groups. */
  group: column.text,
  /** As fields are compared. */
  field_key: column.text,
  owning_unit: column.uuid,
  /** Its rank, 0 for none. */
  classification: column.smallint,
};

/** Where a procedure belongs. */
export interface Place {
  readonly kind: string;
  readonly group: string;
  readonly field_key: string;
  readonly owning_unit: string;
  readonly classification: number;
}

type Registration = Extract<ProcedureEvent, { readonly type: 'ProcedureRegistered' }>['data'];

/** Where it was registered. */
export function placeOf({ kind, group, field, owningUnit, classification = 'none' }: Registration): Place {
  return { kind, group: group ?? '', field_key: foldLine(field), owning_unit: owningUnit, classification: rankOf(classification) };
}

/** Where it belongs after a correction; the same object where nothing of that changes. */
export function placeAfter(before: Place, { registration }: ReadCorrection): Place {
  const { kind, group, field, owningUnit } = registration ?? {};
  if (kind === undefined && group === undefined && field === undefined && owningUnit === undefined) return before;
  return {
    ...{ kind: kind ?? before.kind, group: group === undefined ? before.group : (group ?? '') },
    ...{ field_key: field === undefined ? before.field_key : foldLine(field), owning_unit: owningUnit ?? before.owning_unit },
    classification: before.classification,
  };
}

/** The place alone, of a row that has it among other columns. */
export function placeIn({ kind, group, field_key, owning_unit, classification }: Place): Place {
  return { kind, group, field_key, owning_unit, classification };
}
