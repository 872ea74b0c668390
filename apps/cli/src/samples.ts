import type { Kind } from '#workflow';
import type { PlayedAction, ScenarioRow } from './scenario.js';

/** Reports give figures, not titles: these are samples, and every title says so. */
const topics: Readonly<Record<Kind, readonly string[]>> = {
  public: [
    'Cấp giấy phép ra vào khu vực công trình quốc phòng',
    'Thỏa thuận xây dựng công trình gần khu quân sự',
    'Cho phép khảo sát, đo đạc trong vành đai an toàn kho đạn',
    'Cho phép quay phim, chụp ảnh tại khu quân sự',
    'Giải quyết kiến nghị về ranh giới khu quân sự',
    'Chuyển mục đích sử dụng công trình quốc phòng',
  ],
  internal: [
    'Đề nghị điều động phương tiện giữa các đơn vị',
    'Xét duyệt kế hoạch đào tạo, bồi dưỡng cán bộ',
    'Thanh toán công tác phí',
    'Cấp phát vật tư, trang bị văn phòng',
    'Đăng ký lịch sử dụng phòng họp trực tuyến',
    'Giải quyết nghỉ phép của quân nhân chuyên nghiệp',
    'Xét khen thưởng thường xuyên',
    'Điều chỉnh dự toán ngân sách của đơn vị',
    'Đề nghị sửa chữa nhà làm việc',
    'Cấp tài khoản và chứng thư số cho cán bộ',
    'Thẩm định dự thảo văn bản nội bộ',
  ],
  quality: [
    'Tiếp nhận và xử lý văn bản đến',
    'Soạn thảo và phát hành văn bản đi',
    'Lập và nộp lưu hồ sơ',
    'Kiểm soát tài liệu của hệ thống chất lượng',
    'Đánh giá nội bộ',
    'Xử lý sự không phù hợp',
    'Quản lý trang thiết bị',
    'Tuyển dụng và đào tạo',
    'Tổ chức hội nghị',
    'Báo cáo định kỳ',
    'Tiếp công dân',
    'Quản lý công nghệ thông tin',
  ],
};

const fields: Readonly<Record<Kind, string>> = { public: 'dân sự', internal: 'công tác nội bộ', quality: 'hệ thống quản lý chất lượng' };

const kindNames: Readonly<Record<Kind, string>> = { public: 'TTHC', internal: 'TTHC nội bộ', quality: 'quy trình ISO' };

/** One procedure of a row; `number` counts from 1 through the scenario, `index` from 0 through the row. */
export interface Sample {
  readonly row: ScenarioRow;
  readonly number: number;
  readonly index: number;
  readonly owner: { readonly id: string; readonly name: string };
}

/** The body of one action on a sample. The same sample and action always give the same body, so that a repeated import repeats it. */
export function sampleBody(sample: Sample, action: PlayedAction): object {
  const dated = action === 'publish' ? lastOfDecision(sample) : sample;
  const occurredOn = dateOf(dated, action);
  const { row, number } = dated;
  const paperOf = (signing: keyof typeof papers): object => ({
    number: `${String(number).padStart(3, '0')}/${papers[signing]}`,
    date: occurredOn,
  });
  switch (action) {
    case 'register':
      return { ...registration(sample), occurredOn };
    case 'review':
      return {
        necessary: true,
        withinPowers: true,
        reasonable: true,
        lawful: true,
        findings: 'Dữ liệu mẫu: cần thiết, hợp lý, hợp pháp.',
        occurredOn,
      };
    case 'build':
      return { document: { title: `Bản mô tả quy trình mẫu số ${number}`, ...paperOf(action) }, occurredOn };
    case 'propose':
      return { document: paperOf(action), occurredOn };
    case 'publish':
    case 'approve-option':
      // Twenty working days lie between a ministry's decision and its effect, five at a service.
      return {
        decision: { ...paperOf(action), effectiveDate: plusDays(occurredOn, isMinistry(row) ? 35 : 14), signer: 'Người ký mẫu' },
        occurredOn,
      };
    case 'disclose':
      return { date: occurredOn, office: 'Bộ phận tiếp nhận và trả kết quả (mẫu)', occurredOn };
    case 'apply':
      return { date: occurredOn, occurredOn };
    case 'propose-option':
      return { option: sampleOption(), occurredOn };
    case 'check-quality':
      return { passed: true, remarks: 'Dữ liệu mẫu: đạt yêu cầu.', occurredOn };
    case 'implement-option':
      return {
        document: { title: `Văn bản sửa đổi mẫu số ${number}`, ...paperOf(action), effectiveDate: plusDays(occurredOn, 30) },
        occurredOn,
      };
  }
}

/** A service promulgates what it decides for itself by one decision, at most so many at once. */
const mostInDecision = 40;

/** Whose number and date the decision has that publishes it. */
function lastOfDecision(sample: Sample): Sample {
  const { row, index, number } = sample;
  if (row.kind !== 'internal' || isMinistry(row)) return sample;
  const last = Math.min(row.count, index - (index % mostInDecision) + mostInDecision) - 1;
  return { ...sample, index: last, number: number - index + last };
}

export function sampleTitle({ row, number, index }: Sample): string {
  const known = topics[row.kind];
  const kind = row.group === null ? kindNames[row.kind] : `${kindNames[row.kind]} nhóm ${row.group}`;
  return `Mẫu số ${String(number).padStart(2, '0')} (${kind}): ${known[index % known.length] ?? ''} – dữ liệu mẫu`;
}

/** The level whose authority publishes: the ministry for public procedures and groups A and B, else the service. */
export function isMinistry(row: ScenarioRow): boolean {
  if (row.authority !== null) return row.authority === 'ministry';
  return row.kind === 'public' || row.group === 'A' || row.group === 'B';
}

function registration(sample: Sample): object {
  const { row, owner, number } = sample;
  return {
    title: sampleTitle(sample),
    kind: row.kind,
    ...(row.group === null ? {} : { group: row.group }),
    field: row.field ?? fields[row.kind],
    owningUnit: owner.id,
    parts: {
      steps: 'Bước 1: nộp hồ sơ. Bước 2: thẩm tra. Bước 3: trả kết quả. (Dữ liệu mẫu)',
      manner: 'Trực tiếp, qua bưu chính hoặc qua mạng nội bộ',
      dossier: { documents: ['Đơn đề nghị (mẫu)', 'Tài liệu kèm theo (mẫu)'], sets: 1 },
      timeLimitDays: 3 + (number % 13),
      subjects: row.kind === 'public' ? 'Tổ chức, cá nhân' : 'Cơ quan, đơn vị',
      // Not what the unit is called, which may change: the same body is sent again.
      agency: 'Cơ quan, đơn vị chủ trì (mẫu)',
      result: 'Văn bản trả lời',
      legalBasis: ['Văn bản căn cứ (dữ liệu mẫu)'],
    },
  };
}

function sampleOption(): object {
  const year = { hourlyWage: 31111, timesPerYear: 1, subjectsPerYear: 40 };
  return {
    type: 'cutDocument',
    content: 'Bỏ một thành phần hồ sơ (dữ liệu mẫu)',
    reason: 'Thông tin đã có trong cơ sở dữ liệu (dữ liệu mẫu)',
    documentsToAmend: [{ title: 'Văn bản căn cứ (dữ liệu mẫu)', change: 'Bỏ thành phần hồ sơ thứ hai' }],
    before: { ...year, lines: [{ label: 'Chuẩn bị hồ sơ', hours: '10', fee: 20000, service: 0 }] },
    after: { ...year, lines: [{ label: 'Chuẩn bị hồ sơ', hours: '6', fee: 20000, service: 0 }] },
  };
}

const papers = {
  build: 'QT',
  propose: 'TTr',
  publish: 'QĐ',
  'approve-option': 'QĐ-PA',
  'implement-option': 'TT',
} as const satisfies Partial<Record<PlayedAction, string>>;

/** Days after registration at which each step is dated: the ladder of 2022–2025 wants everything announced before 1 April 2023. */
const daysAfter: Readonly<Record<PlayedAction, number>> = {
  register: 0, review: 14, build: 21, propose: 35, publish: 63, disclose: 70, apply: 77,
  'propose-option': 300, 'check-quality': 307, 'approve-option': 335, 'implement-option': 400,
}; // prettier-ignore

function dateOf({ index }: Sample, action: PlayedAction): string {
  return workday(plusDays('2022-10-03', (index % 40) + daysAfter[action]));
}

function plusDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The day itself, or the Monday after it. */
function workday(date: string): string {
  const day = new Date(date).getUTCDay();
  return plusDays(date, day === 6 ? 2 : day === 0 ? 1 : 0);
}

/** What an inspection asks for, where only the number of it is known. */
export const requestTexts = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `Kiến nghị ${index + 1} (mẫu)`);
