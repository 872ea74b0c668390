import type { Word } from './words';

/** Fields of commands and events by their paths, without the numbers of rows. */
const fields: Readonly<Record<string, Word>> = {
  title: 'procedure.title',
  code: 'procedure.code',
  kind: 'procedure.kind',
  group: 'procedure.group',
  field: 'procedure.field',
  owningUnit: 'procedure.owningUnit',
  occurredOn: 'field.occurredOn',
  reason: 'field.reason',
  note: 'field.note',
  date: 'field.date',
  office: 'field.office',
  findings: 'field.findings',
  remarks: 'field.remarks',
  passed: 'field.passed',
  necessary: 'review.necessary',
  withinPowers: 'review.withinPowers',
  reasonable: 'review.reasonable',
  lawful: 'review.lawful',
  'review.necessary': 'review.necessary',
  'review.withinPowers': 'review.withinPowers',
  'review.reasonable': 'review.reasonable',
  'review.lawful': 'review.lawful',
  'review.findings': 'field.findings',
  stage: 'procedure.stage',
  suspended: 'procedure.suspended',
  classification: 'procedure.classification',
  'definition.id': 'procedure.definition',
  'definition.version': 'procedure.definitionVersion',
  confirmed: 'field.confirmed',
  'abolition.reason': 'procedure.abolition',
  'offices.office': 'procedure.offices',
  'offices.date': 'field.officeDate',
  dueOn: 'field.dueOn',
  units: 'field.units',
  'decision.number': 'field.decision.number',
  'decision.date': 'field.decision.date',
  'decision.effectiveDate': 'field.decision.effectiveDate',
  'decision.signer': 'field.decision.signer',
  'document.title': 'field.document.title',
  'document.number': 'field.document.number',
  'document.date': 'field.document.date',
  'document.effectiveDate': 'field.document.effectiveDate',
  'parts.steps': 'parts.steps',
  'parts.manner': 'parts.manner',
  'parts.dossier.documents': 'parts.dossier',
  'parts.dossier.sets': 'parts.setsOf',
  'parts.timeLimitDays': 'parts.timeLimitDays',
  'parts.subjects': 'parts.subjects',
  'parts.agency': 'parts.agency',
  'parts.form': 'parts.form',
  'parts.result': 'parts.result',
  'parts.conditions': 'parts.conditions',
  'parts.fees': 'parts.fees',
  'parts.legalBasis': 'parts.legalBasis',
  'option.content': 'options.content',
  'option.reason': 'options.reason',
  'option.documentsToAmend.title': 'field.document.title',
  'option.documentsToAmend.number': 'field.document.number',
  'option.documentsToAmend.article': 'field.article',
  'option.documentsToAmend.change': 'field.change',
};

/** What a field is called, with the number of its row; one that has no name is shown by its path. */
export function fieldName(path: string, say: (word: Word) => string): string {
  const rows = path.match(/\d+/g) ?? [];
  const plain = path.replace(/\.\d+/g, '');
  const word = Object.hasOwn(fields, plain) ? fields[plain] : undefined;
  if (word === undefined) return path;
  return rows.length === 0 ? say(word) : `${say(word)} ${rows.map((row) => Number(row) + 1).join('.')}`;
}
