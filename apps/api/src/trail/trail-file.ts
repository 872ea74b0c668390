import type { ReportColumn, ReportRow } from '#reporting';
import type { ReportTable } from '../reports/report-cells.js';
import type { TrailItemAnswer } from './trail.dto.js';

type Column = Pick<ReportColumn, 'key' | 'type'> & { readonly title: { readonly vi: string; readonly en: string } };

/** Lines that go out at once. */
export const mostLines = 100_000;

/** In their order in a file. */
const columns: readonly Column[] = [
  { key: 'position', type: 'text', title: { vi: 'Vị trí', en: 'Position' } },
  { key: 'recordedAt', type: 'text', title: { vi: 'Ghi lúc', en: 'Recorded at' } },
  { key: 'actor', type: 'text', title: { vi: 'Người thực hiện', en: 'Actor' } },
  { key: 'actorId', type: 'text', title: { vi: 'Mã người thực hiện', en: 'Id of the actor' } },
  { key: 'role', type: 'text', title: { vi: 'Vai trò', en: 'Role' } },
  { key: 'unit', type: 'text', title: { vi: 'Mã đơn vị', en: 'Id of the unit' } },
  { key: 'onBehalfOf', type: 'text', title: { vi: 'Thay cho', en: 'On behalf of' } },
  { key: 'type', type: 'text', title: { vi: 'Loại sự kiện', en: 'Type' } },
  { key: 'action', type: 'text', title: { vi: 'Hành động', en: 'Action' } },
  { key: 'result', type: 'text', title: { vi: 'Kết quả', en: 'Result' } },
  { key: 'unmet', type: 'text', title: { vi: 'Lý do từ chối', en: 'Refused for' } },
  { key: 'procedure', type: 'text', title: { vi: 'Thủ tục', en: 'Procedure' } },
  { key: 'procedureId', type: 'text', title: { vi: 'Mã định danh thủ tục', en: 'Id of the procedure' } },
  { key: 'about', type: 'text', title: { vi: 'Nội dung', en: 'About' } },
  { key: 'stream', type: 'text', title: { vi: 'Luồng', en: 'Stream' } },
  { key: 'revision', type: 'text', title: { vi: 'Phiên bản', en: 'Revision' } },
  { key: 'proof', type: 'text', title: { vi: 'Chứng minh', en: 'Proof' } },
];

export const trailColumns = (language: 'vi' | 'en'): ReportTable['columns'] =>
  columns.map((one) => ({ ...one, title: one.title[language] }));

/** An event as a line of a file. */
export function trailRow({ actor, procedure, unmet, revision, ...item }: TrailItemAnswer): ReportRow {
  const { position, recordedAt, type, action, result, about, stream, proof } = item;
  return {
    ...{ key: position, position, recordedAt, type, action, result, about, stream, proof },
    ...{
      actor: actor.name ?? '',
      actorId: actor.id,
      role: actor.role,
      unit: actor.unit,
      onBehalfOf: actor.onBehalfOfName ?? actor.onBehalfOf ?? '',
    },
    ...{ procedure: procedure?.title ?? '', procedureId: procedure?.id ?? '', unmet: unmet.join('; '), revision: String(revision) },
  };
}

/** The last line of a file that ends before the trail does. */
export const cutRow: ReportRow = { key: 'cut', about: 'Còn nữa: hãy thu hẹp khoảng thời gian. / There is more: narrow the period.' };
