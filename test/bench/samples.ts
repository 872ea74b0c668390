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
