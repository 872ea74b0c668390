import type { RecordedEvent } from '#event-store';
import { foldLine } from '#platform';
import { factOf, procedureIdOf, readAnew } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import { rankOf } from '#workflow';
import { disclosuresColumn, publicationAfter } from './publications.js';

const place = {
  kind: column.text,
  /** Empty for kinds without groups. */
  group: column.text,
  stage: column.text,
  owning_unit: column.uuid,
  /** As fields are compared. */
  field_key: column.text,
  /** Its rank, 0 for none. */
  classification: column.smallint,
};

/** What it is judged by, besides its place. */
const rules = { definition_id: column.text, definition_version: column.integer };

const countTable = table({
  name: 'counts',
  key: ['kind', 'group', 'stage', 'owning_unit', 'field_key', 'classification'],
  columns: { ...place, count: column.integer },
  fillFactor: 50,
});

const countedTable = table({
  name: 'counted_procedures',
  key: ['id'],
  columns: {
    ...{ id: column.uuid, revision: column.integer, ...place, ...rules },
    /** The latest publication, as it reads after corrections; null where there is none. */
    ...{ published_revision: column.nullable(column.integer), signed_on: column.nullable(column.date) },
    ...{ effective_on: column.nullable(column.date), disclosed_on: column.nullable(column.date) },
    disclosures: column.nullable(disclosuresColumn),
  },
  indexes: ['(owning_unit)'],
});
type Row = RowIn<typeof countedTable>;

/** How many latest publications are judged alike, for whoever asks about the whole register. */
const publicationCountTable = table({
  name: 'publication_counts',
  key: ['kind', 'group', 'stage', 'classification', 'definition_id', 'definition_version', 'signed_on', 'effective_on', 'disclosed_on'],
  columns: {
    ...{ kind: column.text, group: column.text, stage: column.text, classification: column.smallint, ...rules },
    ...{ signed_on: column.date, effective_on: column.date },
    /** Empty where it was not. */
    disclosed_on: column.text,
    count: column.integer,
  },
  fillFactor: 50,
});

/** Where each stood after each event that moved it: what was counted at a position is found again. */
const pastTable = table({
  name: 'past_counted',
  key: ['procedure', 'revision'],
  isWrittenOnly: true,
  columns: {
    ...{ procedure: column.uuid, revision: column.integer, position: column.bigint, recorded_at: column.instant, type: column.text },
    ...place,
    ...rules,
  },
  indexes: ['(position)', '(recorded_at, position)'],
});

/** How many procedures stand where, and how publications stand. It remembers each one's place, to know from where it moved. */
export const counts = groupProjection({
  name: 'counts',
  codeVersion: '7',
  prefixes: ['procedure-'],
  readsMetadata: false,
  remembered: 20_000,
  tables: { counted: countedTable, past: pastTable },
  subject: ({ stream }) => procedureIdOf(stream),
  rowsAfter: (before, event, { subject: procedure }) => {
    const [row = null] = before.counted;
    const after = rowAfter(row, event, procedure);
    if (after === row) return before;
    const { position, recordedAt, type } = event;
    const stood = { procedure, revision: after.revision, position, recorded_at: recordedAt, type, ...placeOf(after), ...rulesOf(after) };
    return { counted: [after], past: row && isSamePlace(row, after) ? before.past : [...before.past, stood] };
  },
  tallies: [
    { of: 'counted', as: { table: countTable, sums: ['count'], of: (row: Row) => ({ ...placeOf(row), count: 1 }) } },
    {
      of: 'counted',
      as: {
        table: publicationCountTable,
        sums: ['count'],
        of: ({ kind, group, stage, classification, definition_id, definition_version, signed_on, effective_on, disclosed_on }: Row) =>
          signed_on === null || effective_on === null
            ? null
            : {
                ...{ kind, group, stage, classification, definition_id, definition_version, signed_on, effective_on },
                ...{ disclosed_on: disclosed_on ?? '', count: 1 },
              },
      },
    },
  ],
});

type Place = { readonly [Name in keyof typeof place]: Row[Name] };
const stoodBy = Object.keys({ ...place, ...rules }) as readonly (keyof Place | keyof typeof rules)[];

const placeOf = ({ kind, group, stage, owning_unit, field_key, classification }: Row): Place => {
  return { kind, group, stage, owning_unit, field_key, classification };
};

const rulesOf = ({ definition_id, definition_version }: Row): Pick<Row, keyof typeof rules> => ({ definition_id, definition_version });

const isSamePlace = (one: Row, other: Row): boolean => stoodBy.every((name) => one[name] === other[name]);

function rowAfter(before: Row | null, event: RecordedEvent, id: string): Row {
  const { revision } = event;
  if (before && revision <= before.revision) return before;
  const fact = factOf(event);
  const { stage } = fact.data;
  if (fact.type === 'ProcedureRegistered') {
    const { kind, group = '', owningUnit, field, classification = 'none', definition } = fact.data;
    return {
      id,
      revision,
      kind,
      group,
      stage,
      owning_unit: owningUnit,
      field_key: foldLine(field),
      classification: rankOf(classification),
      ...{ definition_id: definition.id, definition_version: definition.version },
      ...unpublished,
    };
  }
  if (!before) throw new Error(`Procedure ${id} is not registered.`);
  const correction = readAnew(fact)?.registration;
  const { kind, group, owningUnit, field, definition = fact.type === 'ProcedureMigrated' ? fact.data.to : undefined } = correction ?? {};
  return {
    ...before,
    revision,
    stage,
    kind: kind ?? before.kind,
    group: group === null ? '' : (group ?? before.group),
    owning_unit: owningUnit ?? before.owning_unit,
    field_key: field === undefined ? before.field_key : foldLine(field),
    ...(definition && { definition_id: definition.id, definition_version: definition.version }),
    ...publishedAfter(before, event, id),
  };
}

const unpublished = { published_revision: null, signed_on: null, effective_on: null, disclosed_on: null, disclosures: null };
type Published = Pick<Row, keyof typeof unpublished>;

function publishedAfter({ published_revision, signed_on, effective_on, ...rest }: Row, event: RecordedEvent, procedure: string): Published {
  const { disclosed_on, disclosures } = rest;
  const before =
    published_revision === null || signed_on === null || effective_on === null
      ? null
      : { procedure, revision: published_revision, signed_on, effective_on, disclosed_on, disclosures: disclosures ?? [] };
  const after = publicationAfter(before, procedure, event);
  if (!after) return unpublished;
  return {
    ...{ published_revision: after.revision, signed_on: after.signed_on, effective_on: after.effective_on },
    ...{ disclosed_on: after.disclosed_on, disclosures: after.disclosures },
  };
}
