type Parameter = (value: unknown) => string;

/** Columns of a place, as what was corrected since read before; `p` is null where nothing was. */
export const placeThen = `CASE WHEN p.procedure IS NULL THEN s.kind ELSE p.kind END AS kind, CASE WHEN p.procedure IS NULL THEN s."group" ELSE p."group" END AS "group",
  coalesce(p.field_key, s.field_key) AS field_key, coalesce(p.owning_unit, s.owning_unit) AS owning_unit, coalesce(p.classification, s.classification) AS classification`;

/** Joins to rows `s` where their procedures belonged at the position, `p`, and their dates of then, `d`, where either was corrected since. */
export function joinedThen(
  { places, dates }: { readonly places: string; readonly dates: string },
  position: bigint,
  parameter: Parameter,
): string {
  const at = parameter(String(position));
  return `LEFT JOIN (SELECT DISTINCT ON (f.procedure) f.* FROM views.${places} f WHERE f.until_position > ${at} ORDER BY f.procedure, f.until_position) p
      ON p.procedure = s.procedure
    LEFT JOIN (SELECT DISTINCT ON (f.procedure, f.revision) f.* FROM views.${dates} f WHERE f.until_position > ${at}
      ORDER BY f.procedure, f.revision, f.until_position) d ON d.procedure = s.procedure AND d.revision = s.revision`;
}
