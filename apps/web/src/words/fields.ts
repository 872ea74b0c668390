import type { Word } from './words';

/** Of a cost, whichever it is. */
const costNames: Readonly<Record<string, Word>> = {
  'lines.label': 'cost.label',
  'lines.hours': 'cost.hours',
  'lines.fee': 'cost.fee',
  'lines.service': 'cost.service',
  hourlyWage: 'cost.hourlyWage',
  timesPerYear: 'cost.timesPerYear',
  everyYears: 'cost.everyYears',
  subjectsPerYear: 'cost.subjectsPerYear',
};

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
  comment: 'field.comment',
  revision: 'field.record',
  'parts.name': 'procedure.title',
  'parts.dossier': 'parts.dossier',
  'parts.manners': 'parts.manners',
  'parts.manners.way': 'parts.way',
  'parts.manners.timeLimit': 'parts.timeLimit',
  'parts.manners.timeLimit.amount': 'parts.timeLimit',
  'parts.manners.timeLimit.unit': 'parts.timeUnit',
  'parts.manners.fee': 'parts.fee',
  'parts.manners.note': 'field.note',
  'parts.documents': 'parts.dossier',
  'parts.documents.name': 'parts.documents',
  'parts.documents.form': 'parts.documentForm',
  'parts.documents.originals': 'parts.originals',
  'parts.documents.copies': 'parts.copies',
  'parts.bases': 'parts.legalBasis',
  'parts.bases.number': 'parts.baseNumber',
  'parts.bases.date': 'parts.baseDate',
  'parts.bases.issuer': 'parts.issuer',
  'parts.bases.summary': 'parts.legalBasis',
  'parts.agencies': 'parts.agencies',
  'parts.agencies.role': 'parts.agencyRole',
  'parts.agencies.name': 'parts.agencyName',
  'parts.agencies.address': 'parts.address',
  'parts.level': 'parts.level',
  'parts.keywords': 'parts.keywords',
  decision: 'procedure.decision',
  'decision.scan': 'field.decision.scan',
  document: 'procedure.document',
  review: 'procedure.review',
  offices: 'procedure.offices',
  abolition: 'procedure.abolition',
  options: 'options.title',
  'options.status': 'options.status',
  'options.type': 'options.type',
  'options.content': 'options.content',
  'options.reason': 'options.reason',
  'option.type': 'options.type',
  'option.roadmap': 'field.roadmap',
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
  const name = Object.hasOwn(fields, plain) ? fields[plain] : undefined;
  const said = name === undefined ? costName(plain, say) : say(name);
  if (said === undefined) return path;
  return rows.length === 0 ? said : `${said} ${rows.map((row) => Number(row) + 1).join('.')}`;
}

function costName(path: string, say: (word: Word) => string): string | undefined {
  const [, side, name = ''] = /(before|after|complianceCost)\.(.+)$/.exec(path) ?? [];
  const word = Object.hasOwn(costNames, name) ? costNames[name] : undefined;
  if (word === undefined) return undefined;
  const whose = side === 'before' ? 'options.before' : side === 'after' ? 'options.after' : 'review.complianceCost';
  return `${say(whose)}: ${say(word)}`;
}
