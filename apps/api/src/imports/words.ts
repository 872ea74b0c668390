import { tidyLine } from '#platform';

/** What a value that is one of several is called in sheets, by its code, besides the code itself. */
const words: Readonly<Record<string, readonly string[]>> = {
  internal: ['TTHC nội bộ', 'Nội bộ', 'Internal'],
  public: ['TTHC giải quyết cho tổ chức, cá nhân', 'TTHC công', 'Public'],
  quality: ['Quy trình ISO', 'ISO', 'Quality process'],
  ...Object.fromEntries(['A', 'B', 'C', 'D'].map((group) => [group, [`Nhóm ${group}`, `Group ${group}`]])),
  none: ['Không mật', 'Không', 'Not classified'],
  confidential: ['Mật', 'Confidential'],
  secret: ['Tối mật', 'Secret'],
  topSecret: ['Tuyệt mật', 'Top secret'],
  ministry: ['Bộ', 'Cấp bộ', 'Ministry'],
  service: ['Quân chủng', 'Cấp quân chủng', 'Service'],
  unit: ['Đơn vị', 'Cấp đơn vị', 'Unit'],
  workingDays: ['Ngày làm việc', 'Working days'],
  days: ['Ngày', 'Days'],
  hours: ['Giờ', 'Hours'],
  decides: ['Quyết định', 'Decides'],
  authorised: ['Được ủy quyền', 'Authorised'],
  carriesOut: ['Trực tiếp thực hiện', 'Thực hiện', 'Carries out'],
  coordinates: ['Phối hợp', 'Coordinates'],
  receives: ['Tiếp nhận', 'Receives'],
  abolish: ['Bãi bỏ', 'Abolish'],
  merge: ['Ghép thủ tục', 'Merge'],
  cutStep: ['Bớt bước', 'Cut a step'],
  cutDocument: ['Bớt giấy tờ', 'Cut a document'],
  cutCondition: ['Bớt điều kiện', 'Cut a condition'],
  cutFee: ['Giảm phí', 'Cut a fee'],
  cutTime: ['Giảm thời gian', 'Cut time'],
  cutFrequency: ['Giảm tần suất', 'Cut frequency'],
  useData: ['Dùng dữ liệu có sẵn', 'Use data'],
  delegate: ['Phân cấp', 'Delegate'],
  digitise: ['Số hóa', 'Số hoá', 'Digitise'],
  postCheck: ['Chuyển sang hậu kiểm', 'Check afterwards'],
  standardForm: ['Chuẩn hóa mẫu', 'Chuẩn hoá mẫu', 'Standard form'],
  extendValidity: ['Kéo dài hiệu lực', 'Extend validity'],
};

/** As texts of a sheet are compared that stand for something else: whatever their case and spaces. */
export const folded = (text: string): string => tidyLine(text.replace(/\s+/gu, ' ')).toLowerCase();

/** The code among the choices that a text stands for: the code itself, or what it is called; undefined where it is none. */
export function choiceOf(text: string, choices: readonly string[]): string | undefined {
  const sought = folded(text);
  return choices.find((code) => folded(code) === sought || words[code]?.some((word) => folded(word) === sought));
}

/** How the choices can be written, for people. */
export const wordOf = (code: string, language: 'vi' | 'en'): string => (language === 'vi' ? words[code]?.[0] : words[code]?.at(-1)) ?? code;
