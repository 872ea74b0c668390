import type { RecordedEvent } from '#event-store';
import { foldLine } from '#platform';
import { factOf, procedureIdOf, readCorrection } from '#procedures';
import { column, projection, table } from '#processors';
import type { RowIn } from '#processors';
import { rankOf } from '#workflow';

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

const countTable = table({
  name: 'counts',
  key: ['kind', 'group', 'stage', 'owning_unit', 'field_key', 'classification'],
  columns: { ...place, count: column.integer },
  fillFactor: 50,
});

const countedTable = table({ name: 'counted_procedures', key: ['id'], columns: { id: column.uuid, revision: column.integer, ...place } });
type Row = RowIn<typeof countedTable>;

/** How many procedures stand where. It remembers each one's place, to know from where it moved. */
export const counts = projection({
  name: 'counts',
  codeVersion: '3',
  prefixes: ['procedure-'],
  readsMetadata: false,
  remembered: 20_000,
  table: countedTable,
  subject: ({ stream }) => procedureIdOf(stream),
  rowAfter,
  tally: {
    table: countTable,
    number: 'count',
    of: ({ kind, group, stage, owning_unit, field_key, classification }, count) => {
      return { kind, group, stage, owning_unit, field_key, classification, count };
    },
  },
});

function rowAfter(before: Row | null, event: RecordedEvent, id: string): Row {
  const { revision } = event;
  if (before && revision <= before.revision) return before;
  const fact = factOf(event);
  const { stage } = fact.data;
  if (fact.type === 'ProcedureRegistered') {
    const { kind, group = '', owningUnit, field, classification = 'none' } = fact.data;
    return {
      id,
      revision,
      kind,
      group,
      stage,
      owning_unit: owningUnit,
      field_key: foldLine(field),
      classification: rankOf(classification),
    };
  }
  if (!before) throw new Error(`Procedure ${id} is not registered.`);
  const { kind, group, owningUnit, field } = (fact.type === 'RecordCorrected' ? readCorrection(fact.data).registration : null) ?? {};
  return {
    ...before,
    revision,
    stage,
    kind: kind ?? before.kind,
    group: group === null ? '' : (group ?? before.group),
    owning_unit: owningUnit ?? before.owning_unit,
    field_key: field === undefined ? before.field_key : foldLine(field),
  };
}
