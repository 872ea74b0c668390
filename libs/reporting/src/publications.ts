import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { conditionsOf, factOf, isOneOf, procedureIdOf, readCorrection } from '#procedures';
import type { ListCondition, ProcedureEventType, ProcedureFilters, ReadCorrection, Restated } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import type { UnitTree } from '#workflow';
import { keptFor } from './kept.js';
import type { Kept } from './kept.js';
import type { Publication } from './punctuality.js';
import { rowsAt } from './reports/past-rows.js';
import type { Parameter } from './reports/past-rows.js';

/** When a publication was disclosed, each time with the revision by which a correction finds it, in the order of the log. */
type Disclosures = readonly (readonly [revision: number, on: string])[];
export const disclosuresColumn = column.jsonb<Disclosures>();

/** Whoever discloses at more offices is told by the first of them. */
const mostDisclosures = 100;

const publicationTable = table({
  name: 'publications',
  key: ['procedure', 'revision'],
  columns: {
    procedure: column.uuid,
    /** Of the event that published it. */
    revision: column.integer,
    signed_on: column.date,
    effective_on: column.date,
    /** The first of the days on which it was. */
    disclosed_on: column.nullable(column.date),
    disclosures: disclosuresColumn,
    /** Whether the procedure was published again since. */
    superseded: column.boolean,
  },
  indexes: ['(signed_on) WHERE superseded'],
});
type Row = RowIn<typeof publicationTable>;

/** Publications after each event that changed them: how they stood at a position is found again. */
const pastTable = table({
  name: 'past_publications',
  key: ['procedure', 'published', 'revision'],
  isWrittenOnly: true,
  columns: {
    /** Revision of the event that published it; `revision` is of the one that changed it. */
    published: column.integer,
    ...{ procedure: column.uuid, revision: column.integer, position: column.bigint, recorded_at: column.instant, type: column.text },
    ...{ signed_on: column.date, effective_on: column.date, disclosed_on: column.nullable(column.date) },
  },
  indexes: ['(position)', '(recorded_at, position)'],
});

const telling = ['ProcedurePublished', 'ProcedureDisclosed', 'RecordCorrected'] as const satisfies readonly ProcedureEventType[];

/** Every publication of a procedure with its dates on paper, as they read after corrections. */
export const publications = groupProjection({
  name: 'publications',
  codeVersion: '5',
  prefixes: ['procedure-'],
  readsMetadata: false,
  tables: { publications: publicationTable, past: pastTable },
  subject: (event) => (isOneOf(factOf(event), telling) ? procedureIdOf(event.stream) : null),
  rowsAfter: (before, event, { subject }) => {
    const rows = rowsAfter(before.publications, subject, event);
    if (rows === before.publications) return before;
    const { revision, position, recordedAt, type } = event;
    const changed = rows.filter((row, index) => !isAlike(row, before.publications[index]));
    const stood = changed.map(({ revision: published, signed_on, effective_on, disclosed_on }) => ({
      ...{ procedure: subject, published, revision, position, recorded_at: recordedAt, type, signed_on, effective_on, disclosed_on },
    }));
    return { publications: rows, past: [...before.past, ...stood] };
  },
});

const isAlike = (one: Row, other: Row | undefined): boolean =>
  one.revision === other?.revision &&
  one.signed_on === other.signed_on &&
  one.effective_on === other.effective_on &&
  one.disclosed_on === other.disclosed_on;

/** The latest publication after the event; the same where it changes nothing of that. */
export const publicationAfter = (before: Omit<Row, 'superseded'> | null, procedure: string, event: RecordedEvent): Row | null =>
  rowsAfter(before ? [{ ...before, superseded: false }] : [], procedure, event).at(-1) ?? null;

/** The same rows where the event changes nothing; it may have been seen before. */
function rowsAfter(rows: readonly Row[], procedure: string, event: RecordedEvent): readonly Row[] {
  const fact = factOf(event);
  const { revision } = event;
  const last = rows.at(-1);
  if (!isOneOf(fact, telling)) return rows;
  switch (fact.type) {
    case 'ProcedurePublished': {
      if (last && last.revision >= revision) return rows;
      const { date, effectiveDate } = fact.data.decision;
      const earlier = rows.map((row) => (row.superseded ? row : { ...row, superseded: true }));
      return [...earlier, { procedure, revision, signed_on: date, effective_on: effectiveDate, ...disclosed([]), superseded: false }];
    }
    case 'ProcedureDisclosed': {
      const [known] = last?.disclosures.slice(-1) ?? [];
      if (!last || last.revision > revision || (known && known[0] >= revision) || last.disclosures.length >= mostDisclosures) return rows;
      return [...rows.slice(0, -1), { ...last, ...disclosed([...last.disclosures, [revision, fact.data.date]]) }];
    }
    case 'RecordCorrected': {
      const correction = readCorrection(fact.data);
      const after = rows.map((row) => corrected(row, correction));
      return after.every((row, index) => row === rows[index]) ? rows : after;
    }
  }
}

/** Offices are entered in any order, and corrected: the first day counts, whichever was entered first. */
function disclosed(disclosures: Disclosures): Pick<Row, 'disclosed_on' | 'disclosures'> {
  const [first = null] = disclosures.map(([, on]) => on).sort();
  return { disclosed_on: first, disclosures };
}

/** The same row where nothing reads otherwise. */
function corrected(row: Row, correction: ReadCorrection): Row {
  const { signed_on, effective_on, disclosures } = row;
  if (row.revision === correction.revision) {
    const signed = correction.text('decision.date') ?? signed_on;
    const effective = correction.text('decision.effectiveDate') ?? effective_on;
    return signed === signed_on && effective === effective_on ? row : { ...row, signed_on: signed, effective_on: effective };
  }
  const on = correction.text('date');
  if (on === undefined || !disclosures.some(([revision, was]) => revision === correction.revision && was !== on)) return row;
  return { ...row, ...disclosed(disclosures.map(([revision, was]) => [revision, revision === correction.revision ? on : was])) };
}

/** What a publication is judged by. */
export interface Alike extends Omit<Publication, 'ended'> {
  readonly definition: { readonly id: string; readonly version: number };
  /** Group, or kind for those without groups. */
  readonly class: string;
  readonly stage: string;
  readonly kind: string;
  readonly group: string | null;
}

/** Publications that have all of this in common. */
export interface PublicationGroup extends Alike {
  readonly count: number;
}

/** Of rows `p` of publications and `r` of what has the columns of the register. */
export const alikeColumns = `jsonb_build_object('id', r.definition_id, 'version', r.definition_version) AS definition,
       coalesce(nullif(r."group", ''), r.kind) AS class, r.stage, r.kind, nullif(r."group", '') AS "group",
       p.signed_on::text AS "signedOn", p.effective_on::text AS "effectiveOn", p.disclosed_on::text AS "disclosedOn"`;

interface Signed {
  /** Signed on this date or later. (Default: whenever) */
  readonly signedFrom?: string | undefined;
  /** Signed on this date or before. (Default: whenever) */
  readonly signedTo?: string | undefined;
}

/** The condition that a row was signed on these days. */
const isSigned = (row: string, { signedFrom, signedTo }: Signed, parameter: Parameter): string =>
  [
    'true',
    ...(signedFrom === undefined ? [] : [`${row}.signed_on >= ${parameter(signedFrom)}::date`]),
    ...(signedTo === undefined ? [] : [`${row}.signed_on <= ${parameter(signedTo)}::date`]),
  ].join(' AND ');

/**
 * Of each procedure the latest publication that was signed on these days, as it stood. What stands after FROM. Each is looked up by itself, however often it
 * was corrected.
 * @param known The condition on rows `k` of the past that they were there @param of The id of the one that is asked about. (Default: all)
 */
export const publishedThen = (known: string, signed: Signed, parameter: Parameter, of?: string): string =>
  `(SELECT DISTINCT ON (s.procedure) s.* FROM views.publications b CROSS JOIN LATERAL (
      SELECT k.* FROM views.past_publications k
      WHERE k.procedure = b.procedure AND k.published = b.revision AND ${known} ORDER BY k.revision DESC LIMIT 1) s
    WHERE ${of === undefined ? '' : `b.procedure = ${of} AND `}${isSigned('s', signed, parameter)} ORDER BY s.procedure, s.published DESC)`;

const keptPublications: Kept = {
  ...{ whole: 'publication_counts', months: 'publication_counts', rows: 'counted_procedures', on: 'signed_on' },
  columns: {
    ...{ kind: null, group: null, stage: null, classification: null, definition_id: null, definition_version: null },
    ...{ signed_on: null, effective_on: null, disclosed_on: `coalesce(h.disclosed_on::text, '')`, count: '1' },
  },
  sums: ['count'],
  among: 'h.published_revision IS NOT NULL',
};

/** The latest publication of each procedure, or the latest that was signed on these days; those with the same dates under the same rules together. */
export async function publicationGroups(
  database: Database,
  {
    signedFrom,
    signedTo,
    position,
    tree,
    ...filters
  }: Omit<ProcedureFilters, 'q' | 'stage'> &
    Restated &
    Signed & {
      /** As they stood there. (Default: as they stand) */
      readonly position?: bigint | undefined;
      /** The units of now, for whoever sees more than half of them. (Default: unknown) */
      readonly tree?: UnitTree | undefined;
    },
): Promise<readonly PublicationGroup[]> {
  const values: unknown[] = [];
  const parameter: Parameter = (value) => `$${String(values.push(value))}`;
  const kept = keptFor(keptPublications, { filters, tree, isPast: position !== undefined }, parameter);
  const of = (columns: string): string => `CROSS JOIN LATERAL (SELECT ${columns}) p`;
  const signed = { signedFrom, signedTo };
  const counted = `(SELECT c.*, c.id AS procedure, 1 AS count FROM views.counted_procedures c WHERE c.published_revision IS NOT NULL) r`;
  const from = kept
    ? `${kept.from} r ${of(`r.signed_on, r.effective_on, nullif(r.disclosed_on, '')::date AS disclosed_on`)}`
    : position === undefined
      ? `${counted} ${of('r.signed_on, r.effective_on, r.disclosed_on')}`
      : `(SELECT c.*, 1 AS count FROM ${rowsAt({ now: 'counted_procedures', past: 'past_counted' }, position, parameter)} c) r
         JOIN ${publishedThen(`k.position <= ${parameter(String(position))}`, signed, parameter)} p ON p.procedure = r.procedure`;
  const together = 'r.definition_id, r.definition_version, r.kind, r."group", r.stage, p.signed_on, p.effective_on, p.disclosed_on';
  const grouped = (rows: string, conditions: readonly string[]): string =>
    `SELECT ${together}, sum(r.count) AS count FROM ${rows} WHERE ${conditions.join(' AND ')} GROUP BY ${together}`;
  const parts = [grouped(from, [isSigned('p', signed, parameter), ...conditionsOf(kept?.filters ?? filters, parameter)])];
  // Of what was published again, on another day, the publication of then counts: few are, and they are added to what is kept of the latest.
  if (position === undefined && (signedFrom !== undefined || signedTo !== undefined))
    parts.push(
      grouped(`views.publications p JOIN ${counted} ON r.procedure = p.procedure`, [
        ...['p.superseded', isSigned('p', signed, parameter), `NOT (${isSigned('r', signed, parameter)})`],
        `NOT EXISTS (SELECT FROM views.publications l WHERE l.procedure = p.procedure AND l.revision > p.revision AND ${isSigned('l', signed, parameter)})`,
        ...conditionsOf(filters, parameter),
      ]),
    );
  const { rows } = await database.pool.query<PublicationGroup>(
    `SELECT ${alikeColumns}, sum(r.count)::integer AS count FROM (${parts.join(' UNION ALL ')}) r
     ${of('r.signed_on, r.effective_on, r.disclosed_on')}
     GROUP BY ${together} HAVING sum(r.count) > 0 ORDER BY r.kind, r."group", p.signed_on`,
    values,
  );
  return rows;
} // prettier-ignore

/** The condition that the latest publication of a procedure of the register is of one of these groups. */
export function publishedAlike(groups: readonly PublicationGroup[]): ListCondition {
  return (parameter) => {
    const list = (of: (group: PublicationGroup) => string | number | null, type: string): string =>
      `${parameter(groups.map(of))}::${type}[]`;
    const columns = [
      list(({ definition }) => definition.id, 'text'),
      list(({ definition }) => definition.version, 'integer'),
      list((group) => group.class, 'text'),
      list(({ stage }) => stage, 'text'),
      list(({ signedOn }) => signedOn, 'date'),
      list(({ effectiveOn }) => effectiveOn, 'date'),
      list(({ disclosedOn }) => disclosedOn, 'date'),
    ];
    return `EXISTS (SELECT FROM views.publications p
       JOIN unnest(${columns.join(', ')}) AS g (id, version, class, stage, signed_on, effective_on, disclosed_on)
         ON g.id = r.definition_id AND g.version = r.definition_version AND g.class = coalesce(r."group", r.kind) AND g.stage = r.stage
         AND g.signed_on = p.signed_on AND g.effective_on = p.effective_on AND g.disclosed_on IS NOT DISTINCT FROM p.disclosed_on
       WHERE p.procedure = r.id AND NOT p.superseded)`;
  };
}
