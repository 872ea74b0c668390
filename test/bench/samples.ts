import { createHash, randomUUID } from 'node:crypto';
import type { EventMetadata, NewEvent } from '#event-store';

const sampleHash = createHash('sha256').update('request').digest('hex');
const unit = '6f0d9c1e-7a52-4a0e-9a4e-1f4b1c2d3e4f';
export const sampleActor = {
  id: '0b8f5a7e-2f57-4a83-8a0a-6a9a1d2c3b4e',
  version: 1,
  commitment: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3a94a8fe5ccb19ba61c4c0873',
  role: 'officer',
  unit,
};
const parts = {
  steps: 'Nộp hồ sơ; thẩm định; trả kết quả',
  manner: 'Trực tiếp hoặc qua bưu chính',
  dossier: { documents: ['Đơn đề nghị', 'Bản sao quyết định'], sets: 1 },
  timeLimitDays: 5,
  subjects: 'Sĩ quan, quân nhân chuyên nghiệp',
  agency: 'Phòng Quân lực',
};

/** Metadata as the product writes it: who, in which role, under which command. */
export function sampleMetadata(commandId: string = randomUUID(), requestHash = sampleHash): EventMetadata {
  return {
    commandId,
    requestHash,
    $correlationId: commandId,
    $causationId: commandId,
    actor: sampleActor,
    definition: { id: 'internal', version: 1 },
  };
}

function event(type: string, data: object): NewEvent {
  return { id: randomUUID(), type, schemaVersion: 1, data, metadata: sampleMetadata() };
}

/** The registration alone: about 600 bytes of data and metadata beside the ids. */
export function registration(index: number): NewEvent {
  return event('ProcedureRegistered', {
    title: `Thủ tục cấp giấy phép số ${String(index)}`,
    kind: 'internal',
    group: 'B',
    field: 'Quân lực',
    owningUnit: unit,
    parts: {},
    definition: { id: 'internal', version: 1 },
    occurredOn: '2025-03-01',
    stage: 'registered',
  });
}

/** The life of one procedure up to its publication, four events as the rules would make them. */
export function life(index: number, owningUnit: string): readonly NewEvent[] {
  const number = String(index);
  return [
    event('ProcedureRegistered', {
      title: `Thủ tục cấp giấy phép số ${number}`,
      kind: 'internal',
      group: 'B',
      field: ['Quân lực', 'Tài chính', 'Hậu cần', 'Kỹ thuật'][index % 4],
      owningUnit,
      parts,
      definition: { id: 'internal', version: 1 },
      occurredOn: '2025-03-01',
      stage: 'registered',
    }),
    event('ProcedureReviewed', {
      necessary: true,
      withinPowers: true,
      reasonable: true,
      lawful: true,
      findings: 'Cần thiết, đúng thẩm quyền.',
      occurredOn: '2025-03-05',
      stage: 'reviewed',
    }),
    event('PublicationProposed', {
      document: { number: `${number}/TTr-QL`, date: '2025-03-10' },
      occurredOn: '2025-03-10',
      stage: 'proposed',
    }),
    event('ProcedurePublished', {
      decision: { number: `${number}/QĐ-BTL`, date: '2025-03-20', effectiveDate: '2025-04-01', signer: 'Tư lệnh' },
      occurredOn: '2025-03-20',
      stage: 'published',
    }),
  ];
}

const cost = (hours: string): object => ({
  hourlyWage: 31_111,
  lines: [{ label: 'Hồ sơ', hours, fee: 20_000, service: 5 }],
  timesPerYear: 1,
  subjectsPerYear: 40,
});

/** The day that lies so many after 1 January 2022, YYYY-MM-DD. */
const day = (after: number): string => new Date(Date.UTC(2022, 0, 1 + after)).toISOString().slice(0, 10);

export const eventsOfWholeLife = 20;

/** The life of one procedure up to its measured saving: twenty events over two years, in four groups and fields, begun on one of a thousand days. */
export function wholeLife(index: number, owningUnit: string): readonly NewEvent[] {
  const begun = (index * 7) % 1_000;
  const [optionId, number] = ['option-1', String(index)];
  const decision = (on: number): object => ({ number: `${number}/QĐ-BTL`, date: day(on), effectiveDate: day(on + 10), signer: 'Tư lệnh' });
  const at = (after: number, stage: string): { readonly occurredOn: string; readonly stage: string } => ({
    occurredOn: day(begun + after),
    stage,
  });
  const amended = (after: number, stage: string): NewEvent =>
    event('PartsAmended', { ...at(after, stage), parts: { timeLimitDays: 5 + (after % 9) } });
  const [first, , , published] = life(index, owningUnit).map(({ data }) => data);
  const acting = (one: NewEvent): NewEvent => ({ ...one, metadata: { ...sampleMetadata(), actor: { ...sampleActor, unit: owningUnit } } });
  const option = {
    type: 'cutDocument',
    ...{ content: 'Bỏ đơn', reason: 'Đã có', documentsToAmend: [{ title: 'Quy chế', number: '1', article: '2', change: 'Bỏ' }] },
    ...{ before: cost('10'), after: cost('6.5'), roadmap: 'Quý I', days: { before: 10, after: 6 }, conditions: { before: 5, after: 3 } },
  };
  const saving = {
    before: { once: 331_115, year: 13_244_600 },
    after: { once: 222_227, year: 8_889_060 },
    saving: 4_355_540,
    cutPercent: '32.89',
  };
  return [
    event('ProcedureRegistered', { ...first, group: 'ABCD'[index % 4], ...at(0, 'registered') }),
    ...[1, 2, 3].map((after) => amended(after, 'registered')),
    event('ProcedureReviewed', {
      necessary: true,
      withinPowers: true,
      reasonable: true,
      lawful: true,
      findings: 'Cần thiết.',
      ...at(20, 'reviewed'),
    }),
    amended(22, 'reviewed'),
    event('PublicationProposed', { document: { number: `${number}/TTr`, date: day(begun + 30) }, ...at(30, 'proposed') }),
    event('ProcedurePublished', { ...published, decision: decision(begun + 45), ...at(45, 'published') }),
    event('ProcedureDisclosed', { date: day(begun + 50), office: 'Bộ phận một cửa', ...at(50, 'disclosed') }),
    ...[60, 90, 120].map((after) => amended(after, 'disclosed')),
    event('OptionProposed', { optionId, option, saving, by: [sampleActor.id], ...at(200, 'optionProposed') }),
    event('OptionQualityChecked', { optionId, passed: true, remarks: 'Đạt', by: [sampleActor.id], ...at(210, 'qualityChecked') }),
    event('OptionApproved', { optionId, decision: decision(begun + 230), by: [sampleActor.id], ...at(230, 'optionApproved') }),
    amended(240, 'optionApproved'),
    event('ProcedureSimplified', {
      ...{ optionId, document: { title: 'Quyết định', number: `${number}/QĐ`, date: day(begun + 400), effectiveDate: day(begun + 410) } },
      ...{ parts: { timeLimitDays: 6 }, ...at(400, 'simplified') },
    }),
    event('CostMeasured', {
      ...{ optionId, cost: cost('5'), figures: { once: 175_560, year: 7_022_400 }, ...at(600, 'simplified') },
      evidence: { title: 'Biên bản khảo sát', number: `${number}/BB`, date: day(begun + 600) },
    }),
    event('RecordCorrected', { revision: 12, changes: { occurredOn: day(begun + 201) }, reason: 'Gõ nhầm', ...at(610, 'simplified') }),
    amended(620, 'simplified'),
  ].map(acting);
}

/** As many events of one that was reviewed and waits to be proposed ever since. */
export function waitingLife(index: number, owningUnit: string): readonly NewEvent[] {
  const begun = wholeLife(index, owningUnit).slice(0, 6);
  const amended = wholeLife(index, owningUnit).filter(({ type }) => type === 'PartsAmended');
  const still = Array.from({ length: eventsOfWholeLife - begun.length }, (_, at) => amended[at % amended.length]).flatMap((one) =>
    one ? [{ ...one, id: randomUUID(), data: { ...one.data, stage: 'reviewed' } }] : [],
  );
  return [...begun, ...still];
}
