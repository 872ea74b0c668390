/** A column of a template. */
export interface TitledColumn {
  readonly path: string;
  readonly vi: string;
  readonly en: string;
}

const column = (path: string, vi: string, en: string): TitledColumn => ({ path, vi, en });
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const occurredOn = column('occurredOn', 'Ngày thực hiện', 'Happened on');

export const titlesOfProcedures: readonly TitledColumn[] = [
  column('title', 'Tên thủ tục', 'Title'),
  column('code', 'Mã thủ tục', 'Code'),
  column('kind', 'Loại', 'Kind'),
  column('group', 'Nhóm', 'Group'),
  column('field', 'Lĩnh vực', 'Field'),
  column('owningUnit', 'Đơn vị chủ trì', 'Owning unit'),
  column('classification', 'Độ mật', 'Classification'),
  occurredOn,
  column('parts.steps', 'Trình tự thực hiện', 'Order of steps'),
  column('parts.manner', 'Cách thức thực hiện', 'Manner'),
  ...upTo(3).map((at) => column(`parts.dossier.documents.${String(at)}`, `Giấy tờ thứ ${String(at + 1)}`, `Document ${String(at + 1)}`)),
  column('parts.dossier.sets', 'Số bộ hồ sơ', 'Sets of the dossier'),
  column('parts.timeLimitDays', 'Thời hạn giải quyết (ngày)', 'Time limit (days)'),
  column('parts.subjects', 'Đối tượng thực hiện', 'Subjects'),
  column('parts.agency', 'Cơ quan giải quyết', 'Agency'),
  column('parts.form', 'Mẫu đơn, tờ khai', 'Form'),
  column('parts.result', 'Kết quả', 'Result'),
  column('parts.conditions', 'Yêu cầu, điều kiện', 'Conditions'),
  column('parts.fees', 'Phí, lệ phí', 'Fees'),
  column('parts.legalBasis', 'Căn cứ pháp lý', 'Legal basis'),
  column('parts.level', 'Cấp thực hiện', 'Level'),
  column('parts.keywords', 'Từ khóa', 'Keywords'),
];

const sides = [
  { path: 'before', vi: 'Trước', en: 'Before' },
  { path: 'after', vi: 'Sau', en: 'After' },
] as const;

export const titlesOfOptions: readonly TitledColumn[] = [
  column('procedure', 'Thủ tục (mã hoặc định danh)', 'Procedure (code or id)'),
  column('option.type', 'Loại phương án', 'Type of option'),
  column('option.content', 'Nội dung phương án', 'Content'),
  column('option.reason', 'Lý do', 'Reason'),
  ...upTo(2).flatMap((at) => {
    const [vi, en] = [`Văn bản cần sửa ${String(at + 1)}`, `Document to amend ${String(at + 1)}`];
    const path = `option.documentsToAmend.${String(at)}`;
    return [
      column(`${path}.title`, `${vi}: tên`, `${en}: title`),
      column(`${path}.number`, `${vi}: số, ký hiệu`, `${en}: number`),
      column(`${path}.article`, `${vi}: điều, khoản`, `${en}: article`),
      column(`${path}.change`, `${vi}: nội dung sửa`, `${en}: change`),
    ];
  }),
  ...sides.flatMap(({ path, vi, en }) => [
    column(`option.${path}.hourlyWage`, `${vi}: lương một giờ (đồng)`, `${en}: hourly wage (đồng)`),
    column(`option.${path}.timesPerYear`, `${vi}: số lần mỗi năm`, `${en}: times a year`),
    column(`option.${path}.everyYears`, `${vi}: mấy năm một lần`, `${en}: once in so many years`),
    column(`option.${path}.subjectsPerYear`, `${vi}: số đối tượng mỗi năm`, `${en}: subjects a year`),
    ...upTo(3).flatMap((at) => [
      column(
        `option.${path}.lines.${String(at)}.label`,
        `${vi}, dòng ${String(at + 1)}: công việc`,
        `${en}, line ${String(at + 1)}: label`,
      ),
      column(`option.${path}.lines.${String(at)}.hours`, `${vi}, dòng ${String(at + 1)}: số giờ`, `${en}, line ${String(at + 1)}: hours`),
      column(
        `option.${path}.lines.${String(at)}.fee`,
        `${vi}, dòng ${String(at + 1)}: phí (đồng)`,
        `${en}, line ${String(at + 1)}: fee (đồng)`,
      ),
      column(`option.${path}.lines.${String(at)}.service`, `${vi}, dòng ${String(at + 1)}: dịch vụ (đồng)`, `${en}, line ${String(at + 1)}: service (đồng)`), // prettier-ignore
    ]),
    column(`option.days.${path}`, `${vi}: số ngày giải quyết`, `${en}: days`),
    column(`option.conditions.${path}`, `${vi}: số điều kiện`, `${en}: conditions`),
  ]),
  column('option.roadmap', 'Lộ trình', 'Roadmap'),
  occurredOn,
];

export const titlesOfUnits: readonly TitledColumn[] = [
  column('name', 'Tên đơn vị', 'Name'),
  column('level', 'Cấp', 'Level'),
  column('parent', 'Đơn vị cấp trên', 'Parent'),
];

export const titlesOfPeople: readonly TitledColumn[] = [
  column('name', 'Họ và tên', 'Name'),
  column('username', 'Tên đăng nhập', 'Username'),
  column('clearance', 'Được tiếp cận', 'Clearance'),
  column('unit', 'Đơn vị', 'Unit'),
];

export const titlesOfIndicators: readonly TitledColumn[] = [
  column('indicator', 'Chỉ số (mã hoặc định danh)', 'Indicator (code or id)'),
  column('unit', 'Đơn vị báo cáo', 'Unit'),
  column('period', 'Kỳ báo cáo', 'Period'),
  column('value', 'Số liệu', 'Value'),
  column('evidence', 'Căn cứ', 'Evidence'),
  column('reason', 'Lý do đính chính', 'Reason of the correction'),
];
