import { procedureIdOf } from '#procedures';
import { column, groupProjection, table } from '#processors';
import { placeColumns } from '../place.js';
import { resultsAfter, tells } from './results-after.js';
import type { ReviewOption, ReviewedProcedure } from './results-after.js';

const ofProcedure = {
  ...{ procedure: column.uuid, changed: column.integer, position: column.bigint, registered_position: column.bigint, ...placeColumns },
  ...{ code: column.nullable(column.text), title: column.text, field: column.text },
  ...{ definition_id: column.text, definition_version: column.integer },
  ...{ published: column.nullable(column.integer), publication_number: column.nullable(column.text) },
  ...{ publication_on: column.nullable(column.date), assigned: column.nullable(column.integer), due_on: column.nullable(column.date) },
  ...{ reason: column.nullable(column.text), reasoned: column.nullable(column.integer) },
  happened: column.jsonb<ReviewedProcedure['happened']>(),
};

const ofOption = {
  ...{ procedure: column.uuid, number: column.integer, changed: column.integer, position: column.bigint, option: column.text },
  ...{ revision: column.integer, status: column.text, type: column.text, content: column.text },
  ...{ documents: column.jsonb<ReviewOption['documents']>(), roadmap: column.nullable(column.text) },
  ...{ before: column.bigint, after: column.bigint, saving: column.bigint, cut_percent: column.nullable(column.text) },
  ...{ checked: column.nullable(column.integer), approved: column.nullable(column.integer) },
  ...{ decision_number: column.nullable(column.text), decision_on: column.nullable(column.date) },
  ...{ implemented: column.nullable(column.integer), document_title: column.nullable(column.text) },
  ...{ document_number: column.nullable(column.text), document_on: column.nullable(column.date) },
  ...{ reason: column.nullable(column.text), reasoned: column.nullable(column.integer) },
  happened: column.jsonb<ReviewOption['happened']>(),
};

/** What reviews of procedures led to: procedures and their options as the table of results shows them, now and at any position of the log. */
export const reviewResults = groupProjection({
  name: 'review_results',
  codeVersion: '3',
  prefixes: ['procedure-'],
  readsMetadata: false,
  tables: {
    procedures: table({
      name: 'reviewed_procedures',
      key: ['procedure'],
      columns: ofProcedure,
      risesIn: ['changed'],
      indexes: ['(registered_position)', '(owning_unit, registered_position)', '(field_key, registered_position)'],
    }),
    options: table({ name: 'review_options', key: ['procedure', 'number'], columns: ofOption, risesIn: ['changed'] }),
    formerProcedures: table({
      name: 'former_reviewed_procedures',
      key: ['procedure', 'until_position'],
      isWrittenOnly: true,
      columns: { ...ofProcedure, until_position: column.bigint },
    }),
    formerOptions: table({
      name: 'former_review_options',
      key: ['procedure', 'number', 'until_position'],
      isWrittenOnly: true,
      columns: { ...ofOption, until_position: column.bigint },
    }),
  },
  subject: (event) => (tells(event) ? procedureIdOf(event.stream) : null),
  rowsAfter: (before, event, { subject }) => resultsAfter(before, event, subject),
});
