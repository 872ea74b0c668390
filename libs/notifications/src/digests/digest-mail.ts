import { uuidv5 } from '#event-store';
import type { NotificationType } from '../inbox/notified.js';
import type { Mail } from './mailer.js';

/** Something that is new for somebody. */
export interface DigestItem {
  readonly type: NotificationType;
  /** Procedure id; null where it is about something else, which `data` names. */
  readonly procedure: string | null;
  readonly title: string;
  readonly classified: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

const mostShown = 50;

const words: Readonly<Record<NotificationType, string>> = {
  ReviewAssigned: 'Được giao rà soát',
  ConsultationOpened: 'Được lấy ý kiến',
  ObstacleRaised: 'Có vướng mắc cần trả lời',
  InquiryReminded: 'Nhắc trả lời',
  InquiryAnswered: 'Đã có trả lời',
  InquiryClosed: 'Đã kết thúc lấy ý kiến',
  PublicationReturned: 'Đề nghị công bố bị trả lại',
  ProcedurePublished: 'Đã công bố',
  OptionQualityChecked: 'Đã kiểm soát chất lượng phương án',
  OptionReturned: 'Phương án bị trả lại',
  OptionRejected: 'Phương án bị từ chối',
  OptionApproved: 'Phương án được phê duyệt',
  DeadlineWarned: 'Sắp đến hạn',
  DeadlineMissed: 'Quá hạn',
  DeadlineEscalated: 'Quá hạn lâu',
  WorkAssigned: 'Được giao việc',
  IndicatorReminded: 'Nhắc báo cáo chỉ số',
  InspectionAnnounced: 'Thông báo kiểm tra',
  RecommendationMade: 'Được yêu cầu thực hiện',
  RemedyReported: 'Đã báo cáo thực hiện yêu cầu',
  RemedyAccepted: 'Kết quả thực hiện được chấp nhận',
  RemedyReturned: 'Kết quả thực hiện bị trả lại',
  RemedyReminded: 'Nhắc thực hiện yêu cầu',
};

/** The mail that tells what is new; of what is classified it tells how many there are and nothing else. */
export function digestMail(
  items: readonly DigestItem[],
  { person, period, to, publicUrl }: { readonly person: string; readonly period: string; readonly to: string; readonly publicUrl: string },
): Mail {
  const open = items.filter(({ classified }) => !classified);
  const kept = items.length - open.length;
  const shown = open.slice(0, mostShown).map(({ type, procedure, title, data }) => ({
    text: `${words[type]}${dueIn(data)}: ${onOneLine(title)}`,
    link: `${publicUrl}/${procedure === null ? pageOf(data) : `procedures/${procedure}`}`,
  }));
  const counts = [
    ...(open.length > shown.length ? [`Và ${String(open.length - shown.length)} việc khác.`] : []),
    ...(kept > 0 ? [`${String(kept)} việc mật: đăng nhập để xem.`] : []),
  ];
  const english = `In English: ${String(items.length)} new${kept > 0 ? `, ${String(kept)} of them classified` : ''}. Sign in to see them:`;
  const text = [...shown.map((one) => `- ${one.text}\n  ${one.link}`), ...counts, '', english, publicUrl, ''].join('\n');
  const list = shown.map((one) => `<li>${escaped(one.text)} <a href="${escaped(one.link)}">Xem</a></li>`).join('');
  const html = [
    ...(shown.length > 0 ? [`<ul>${list}</ul>`] : []),
    ...counts.map((one) => `<p>${escaped(one)}</p>`),
    `<p lang="en">${escaped(english)} <a href="${escaped(publicUrl)}">${escaped(publicUrl)}</a></p>`,
  ].join('\n');
  return { to, subject: `Tinh Gọn: ${String(items.length)} việc mới`, text, html, id: uuidv5(person, `digest:${period}`) };
}

/** The mail with the code that confirms an address. */
export function codeMail(code: string, { to, id }: { readonly to: string; readonly id: string }): Mail {
  const text = `Mã xác nhận địa chỉ này cho Tinh Gọn: ${code}\nNếu bạn không yêu cầu, hãy bỏ qua thư này.\n
In English: ${code} confirms this address for Tinh Gọn. If you did not ask for it, ignore this mail.\n`;
  return { to, subject: 'Tinh Gọn: mã xác nhận', text, html: `<p>${escaped(text).replaceAll('\n', '<br>')}</p>`, id };
}

function pageOf({ indicator, inspection, board }: DigestItem['data']): string {
  if (typeof inspection === 'string') return `inspections/${inspection}`;
  return typeof board === 'string' ? `steering-boards/${board}` : `indicators/${String(indicator)}`;
}

function dueIn({ dueOn, dueAt }: DigestItem['data']): string {
  // A deadline ends at 24:00 in Vietnam, which is 17:00 UTC of the same date.
  const due = typeof dueOn === 'string' ? dueOn : typeof dueAt === 'string' ? dueAt.slice(0, 10) : null;
  return due === null ? '' : ` (hạn ${due})`;
}

/** A title must not look like lines of ours. */
const onOneLine = (title: string): string => title.replace(/[\s\p{C}]+/gu, ' ').trim();

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${String(character.codePointAt(0))};`);
