import type { Unmet } from '#event-store';
import type { ConditionCode } from '#procedures';
import type { CalendarDoubt, LifecycleDoubt } from '#workflow';
import { faultInVietnamese } from './faults-in-vietnamese.js';

type Language = 'vi' | 'en';
interface Entry {
  readonly status: number;
  readonly vi: string;
  readonly en: string;
}

/** Every way in which the API says no: literal code, status, and what it means in both languages. */
export const problems = {
  'invalid-body': { status: 400, vi: 'Nội dung yêu cầu không hợp lệ.', en: 'The request is not well formed.' },
  'invalid-query': { status: 400, vi: 'Tham số truy vấn không hợp lệ.', en: 'A query parameter is not well formed.' },
  'not-signed-in': { status: 401, vi: 'Chưa đăng nhập hoặc phiên đăng nhập không còn hiệu lực.', en: 'Sign in first: there is no valid token.' },
  'not-authorised': { status: 403, vi: 'Vai trò của bạn không cho phép thực hiện việc này.', en: 'Your roles do not let you do this.' },
  'out-of-scope': { status: 403, vi: 'Khóa này không bao gồm việc đó.', en: 'The key does not cover this.' },
  'cross-site': { status: 403, vi: 'Yêu cầu đến từ một trang khác.', en: 'The request comes from a page of another site.' },
  'unknown-person': { status: 403, vi: 'Bạn chưa có tài khoản hoặc vai trò ở đây.', en: 'You are not known here.' },
  'wrong-password': { status: 403, vi: 'Mật khẩu hiện tại không đúng.', en: 'The present password is wrong.' },
  'wrong-code': { status: 403, vi: 'Mã xác nhận không đúng hoặc đã hết hạn.', en: 'The code is wrong, or is good no more.' },
  'not-found': { status: 404, vi: 'Không tìm thấy.', en: 'There is no such thing here.' },
  'method-not-allowed': { status: 405, vi: 'Phương thức không được hỗ trợ ở đây.', en: 'This method is not open here.' },
  'key-reused': { status: 409, vi: 'Idempotency-Key đã dùng cho một yêu cầu khác.', en: 'The Idempotency-Key was used for another request.' },
  'code-taken': { status: 409, vi: 'Mã thủ tục đã được dùng cho thủ tục khác.', en: 'Another procedure has this official code.' },
  'wrong-stage': { status: 409, vi: 'Giai đoạn hiện tại không cho phép thực hiện việc này.', en: 'The action is not open at this stage.' },
  'not-necessary': { status: 409, vi: 'Kết quả rà soát: không cần thiết hoặc vượt thẩm quyền; chỉ có thể bãi bỏ hoặc rút.', en: 'The latest review found it not necessary or beyond powers.' },
  'same-person': { status: 409, vi: 'Việc này phải do người khác thực hiện.', en: 'This is for somebody else than who did the other part of it.' },
  'parts-missing': { status: 409, vi: 'Thiếu bộ phận bắt buộc của thủ tục.', en: 'A required part is not filled.' },
  'wage-mismatch': { status: 409, vi: 'Chi phí trước và sau phải dùng cùng mức lương giờ.', en: 'The costs before and after must use the same hourly wage.' },
  'return-first': { status: 409, vi: 'Phương án đã được kiểm soát hoặc phê duyệt: hãy trả lại trước khi đính chính.', en: 'The option was checked or approved: have it returned before it is corrected.' },
  'implausible-date': { status: 409, vi: 'Ngày tháng không hợp lý; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'The date is not plausible; if it is right all the same, send it again with a confirmation.' },
  'unit-closed': { status: 409, vi: 'Đơn vị đã giải thể.', en: 'The unit is closed.' },
  'procedure-full': { status: 409, vi: 'Thủ tục đã lưu quá nhiều nội dung nên không nhận thêm.', en: 'So much is stored of the procedure that no more is taken.' },
  'record-full': { status: 409, vi: 'Đã lưu quá nhiều thay đổi nên không nhận thêm.', en: 'So many changes of this are stored that no more are taken.' },
  'already-disclosed': { status: 409, vi: 'Đã công khai tại nơi này.', en: 'It was disclosed at this office already.' },
  'unit-misplaced': { status: 409, vi: 'Đơn vị không thể đặt ở vị trí đó trong cây tổ chức.', en: 'The unit cannot stand there.' },
  'unit-in-use': { status: 409, vi: 'Đơn vị còn đơn vị trực thuộc.', en: 'There are open units below it.' },
  'username-taken': { status: 409, vi: 'Tên đăng nhập đã được dùng.', en: 'The username is taken.' },
  'last-administrator': { status: 409, vi: 'Phải còn ít nhất một người quản trị.', en: 'Somebody must remain who administers.' },
  'person-erased': { status: 409, vi: 'Người này đã bị xóa dữ liệu.', en: 'The person was erased.' },
  'roles-held': { status: 409, vi: 'Người này còn giữ vai trò: hãy thu hồi trước.', en: 'The person holds roles: take them back first.' },
  'keys-held': { status: 409, vi: 'Khóa do người này tạo còn hiệu lực: hãy đổi hoặc thu hồi trước.', en: 'Keys that the person made are good: have them rotated or revoked first.' },
  'delegation-overlap': { status: 409, vi: 'Việc ủy quyền trùng thời gian và hành động với một ủy quyền khác.', en: 'It overlaps with another delegation.' },
  'delegation-chain': { status: 409, vi: 'Người được ủy quyền không được ủy quyền lại.', en: 'Whoever acts for somebody delegates nothing on.' },
  'inquiry-closed': { status: 409, vi: 'Việc lấy ý kiến đã kết thúc.', en: 'It is closed.' },
  'already-answered': { status: 409, vi: 'Đơn vị đã trả lời.', en: 'The unit has answered already.' },
  'programme-closed': { status: 409, vi: 'Kế hoạch đã đóng.', en: 'The programme is closed.' },
  'target-withdrawn': { status: 409, vi: 'Chỉ tiêu đã được rút.', en: 'The target was withdrawn.' },
  'outside-programme': { status: 409, vi: 'Ngày nằm ngoài thời gian của kế hoạch.', en: 'The day lies outside the programme.' },
  'period-closed': { status: 409, vi: 'Kỳ báo cáo đã chốt.', en: 'The period was closed already.' },
  'period-runs': { status: 409, vi: 'Kỳ báo cáo chưa kết thúc.', en: 'The period is not over.' },
  'recommendations-open': { status: 409, vi: 'Còn yêu cầu chưa được chấp nhận kết quả khắc phục.', en: 'Not every remedy was accepted.' },
  'already-member': { status: 409, vi: 'Người này đã là thành viên trong thời gian đó.', en: 'They are a member on some of these days already.' },
  'head-taken': { status: 409, vi: 'Ban chỉ đạo đã có trưởng ban trong thời gian đó.', en: 'The board has another head on some of these days.' },
  'reason-required': { status: 409, vi: 'Kỳ này đã báo cáo: muốn đính chính phải nêu lý do.', en: 'It was reported already: a correction needs a reason.' },
  'report-returned': { status: 409, vi: 'Báo cáo đã bị trả lại, đơn vị phải báo cáo lại.', en: 'The report was returned; the unit has to report again first.' },
  'report-verified': { status: 409, vi: 'Báo cáo đã được xác nhận.', en: 'The report is verified already.' },
  'nobody-missing': { status: 409, vi: 'Mọi đơn vị đã báo cáo.', en: 'Every unit has reported.' },
  'count-changed': { status: 409, vi: 'Số thủ tục được chọn không còn như đã xem trước.', en: 'The selection holds another number of procedures than the one that was named.' },
  'bulk-state': { status: 409, vi: 'Trạng thái của lượt xử lý hàng loạt không cho phép việc này.', en: 'The state of the bulk run does not allow this.' },
  'reorganisation-state': { status: 409, vi: 'Trạng thái của việc sắp xếp tổ chức không cho phép việc này.', en: 'The state of the reorganisation does not allow this.' },
  'not-kept-there': { status: 409, vi: 'Đơn vị đó không giữ các thủ tục này.', en: 'The unit does not keep these procedures.' },
  claimed: { status: 409, vi: 'Người khác đã nhận việc này.', en: 'Somebody else has claimed it.' },
  'not-claimed': { status: 409, vi: 'Chưa có ai nhận việc này.', en: 'Nobody has claimed it.' },
  'not-open-to-them': { status: 409, vi: 'Người đó không thể thực hiện bước tiếp theo.', en: 'Nothing that moves it on is open to that person.' },
  'reason-missing': { status: 409, vi: 'Cần nêu lý do.', en: 'A reason is needed.' },
  'already-reminded': { status: 409, vi: 'Hôm nay đã nhắc các đơn vị.', en: 'The units were reminded today already.' },
  'no-mail': { status: 409, vi: 'Hệ thống này không gửi thư điện tử.', en: 'This installation sends no mail.' },
  'year-without-holidays': { status: 409, vi: 'Có năm không có ngày nghỉ lễ nào; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A year has no holiday; if it is right all the same, send it again with a confirmation.' },
  'holidays-dropped': { status: 409, vi: 'Quá nửa số ngày nghỉ của một năm không còn; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'More than half of the holidays of a year are left out; if it is right all the same, send it again with a confirmation.' },
  'holiday-of-another-year': { status: 409, vi: 'Tên ngày nghỉ nêu một năm khác; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'The name of a holiday is of another year; if it is right all the same, send it again with a confirmation.' },
  'weekend-unusual': { status: 409, vi: 'Ngày nghỉ cuối tuần khác thường; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'The weekend is unusual; if it is right all the same, send it again with a confirmation.' },
  'holiday-on-weekend': { status: 409, vi: 'Ngày nghỉ rơi vào ngày nghỉ cuối tuần mà không được nghỉ bù; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A holiday is on a day that is free anyway, with no day off for it; if it is right all the same, send it again with a confirmation.' },
  'swap-without-counterpart': { status: 409, vi: 'Ngày hoán đổi thiếu ngày nghỉ hoặc ngày làm bù tương ứng; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A swapped day lacks the day that it was swapped for; if it is right all the same, send it again with a confirmation.' },
  'month-without-work': { status: 409, vi: 'Có tháng không có ngày làm việc; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A month has no working day; if it is right all the same, send it again with a confirmation.' },
  'deadline-of-no-days': { status: 409, vi: 'Có thời hạn 0 ngày; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A deadline has no days; if it is right all the same, send it again with a confirmation.' },
  'deadline-of-years': { status: 409, vi: 'Có thời hạn dài hơn hai năm; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A deadline is longer than two years; if it is right all the same, send it again with a confirmation.' },
  'deadline-twice': { status: 409, vi: 'Có thời hạn nêu hai lần; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A deadline stands there twice; if it is right all the same, send it again with a confirmation.' },
  'deadline-never-runs': { status: 409, vi: 'Có thời hạn không bao giờ chạy; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A deadline never runs; if it is right all the same, send it again with a confirmation.' },
  'useless-warning': { status: 409, vi: 'Có cảnh báo đến ngay khi thời hạn bắt đầu hoặc chỉ khi đã quá hạn; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A deadline is warned of as soon as it begins, or only when it is missed; if it is right all the same, send it again with a confirmation.' },
  'punctuality-of-no-days': { status: 409, vi: 'Chuẩn đúng hạn là 0 ngày; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A measure of punctuality has no days; if it is right all the same, send it again with a confirmation.' },
  'punctuality-of-years': { status: 409, vi: 'Chuẩn đúng hạn dài hơn hai năm; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'A measure of punctuality is longer than two years; if it is right all the same, send it again with a confirmation.' },
  'publish-without-parts': { status: 409, vi: 'Có thể công bố khi thiếu bộ phận bắt buộc; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'It can be published while required parts are missing; if it is right all the same, send it again with a confirmation.' },
  'publish-without-review': { status: 409, vi: 'Có thể công bố thủ tục chưa qua rà soát; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'It can be published without a review; if it is right all the same, send it again with a confirmation.' },
  'publish-despite-review': { status: 409, vi: 'Có thể công bố dù kết quả rà soát là không cần thiết hoặc vượt thẩm quyền; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'It can be published although the review found it not necessary or beyond powers; if it is right all the same, send it again with a confirmation.' },
  'nothing-published': { status: 409, vi: 'Không thủ tục nào được công bố; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'No procedure is ever published; if it is right all the same, send it again with a confirmation.' },
  'withdraw-published': { status: 409, vi: 'Có thể rút thủ tục đã công bố; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'What was published can be withdrawn; if it is right all the same, send it again with a confirmation.' },
  'abolish-without-decision': { status: 409, vi: 'Có thể bãi bỏ thủ tục đã công bố mà không có quyết định; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'What was published can be abolished without a decision; if it is right all the same, send it again with a confirmation.' },
  'empty-worklist': { status: 409, vi: 'Không việc nào hiện trong danh sách việc; nếu đúng là như vậy, hãy gửi lại kèm xác nhận.', en: 'No work ever stands in a worklist; if it is right all the same, send it again with a confirmation.' },
  'definition-invalid': { status: 409, vi: 'Định nghĩa quy trình còn lỗi nên chưa thể công bố.', en: 'Errors were found in the definition, so it cannot be published.' },
  'definition-state': { status: 409, vi: 'Trạng thái của phiên bản định nghĩa không cho phép việc này.', en: 'The state of the version does not allow this.' },
  'last-definition': { status: 409, vi: 'Đây là phiên bản duy nhất đang được dùng cho thủ tục mới.', en: 'New procedures have no other version than this one.' },
  'already-migrated': { status: 409, vi: 'Thủ tục đã theo phiên bản này.', en: 'The procedure keeps this version already.' },
  'other-version': { status: 409, vi: 'Thủ tục đang theo phiên bản khác.', en: 'The procedure keeps another version.' },
  'procedure-ended': { status: 409, vi: 'Thủ tục đã kết thúc.', en: 'The procedure has ended.' },
  'stage-not-mapped': { status: 409, vi: 'Kế hoạch không nêu giai đoạn mới phù hợp cho giai đoạn hiện tại.', en: 'The plan names no stage of the new version in which it could stand.' },
  'webhooks-off': { status: 409, vi: 'Webhook chưa được bật: người vận hành chưa nêu máy chủ nào trong WEBHOOK_HOSTS.', en: 'Webhooks are off: the operator has named no host in WEBHOOK_HOSTS.' },
  'webhook-disabled': { status: 409, vi: 'Webhook đang tắt: hãy bật lại trước khi gửi lại.', en: 'The webhook is disabled: enable it before anything is sent again.' },
  'set-too-often': { status: 409, vi: 'Hôm nay đã đặt quá nhiều lần; hãy thử lại vào ngày mai.', en: 'It was set so often today that no more is taken; try again tomorrow.' },
  'too-many-saved-views': { status: 409, vi: 'Đã lưu đủ số chế độ xem cho phép.', en: 'There are as many saved views as there may be.' },
  'too-many-webhooks': { status: 409, vi: 'Đã có đủ số webhook cho phép.', en: 'There are as many webhooks as there may be.' },
  'file-quota-exceeded': { status: 409, vi: 'Dung lượng tệp cho phép của bạn hoặc của đơn vị đã hết.', en: 'There is no room for more files of this person or this unit.' },
  'revision-conflict': { status: 412, vi: 'Dữ liệu đã thay đổi kể từ khi bạn đọc.', en: 'It is at another revision than the one you saw.' },
  'body-too-slow': { status: 408, vi: 'Nội dung yêu cầu không đến đủ kịp thời.', en: 'The body did not come whole in time.' },
  'file-too-slow': { status: 408, vi: 'Tệp không đến đủ trong 30 giây.', en: 'The file did not come whole within 30 seconds.' },
  'body-too-large': { status: 413, vi: 'Nội dung yêu cầu quá lớn.', en: 'The body is larger than what is taken.' },
  'file-too-large': { status: 413, vi: 'Tệp lớn hơn 20 MB.', en: 'The file is larger than 20 MB.' },
  'sheet-too-large': { status: 413, vi: 'Tệp lớn hơn 100 MB.', en: 'The file is larger than 100 MB.' },
  'headers-too-large': { status: 431, vi: 'Phần đầu của yêu cầu quá lớn.', en: 'The headers are larger than the 16 KB that are taken.' },
  'unsupported-media-type': { status: 415, vi: 'Nội dung yêu cầu phải là application/json.', en: 'The body must be application/json.' },
  'body-encoded': { status: 415, vi: 'Nội dung yêu cầu phải được gửi không qua mã hóa nội dung (Content-Encoding).', en: 'The body must come as it is, without Content-Encoding.' },
  'file-type-mismatch': { status: 400, vi: 'Nội dung, tên và loại tệp khai báo không khớp nhau.', en: 'Content, name and declared type of the file do not agree.' },
  'file-type-not-allowed': { status: 415, vi: 'Loại tệp này không được nhận.', en: 'Files of this type are not taken.' },
  'file-encoded': { status: 415, vi: 'Tệp phải được gửi không qua mã hóa nội dung (Content-Encoding).', en: 'A file must come as it is, without Content-Encoding.' },
  'too-many-requests': { status: 429, vi: 'Quá nhiều yêu cầu; hãy thử lại sau.', en: 'Too many requests; try again later.' },
  'internal-error': { status: 500, vi: 'Lỗi của máy chủ.', en: 'Something went wrong on the server.' },
  'file-damaged': { status: 500, vi: 'Tệp đã lưu bị hỏng.', en: 'The stored file is damaged.' },
  'not-built': { status: 501, vi: 'Chức năng này chưa có.', en: 'This is not built yet.' },
  unavailable: { status: 503, vi: 'Hệ thống tạm thời không phục vụ được; hãy thử lại sau.', en: 'The service cannot answer just now; try again.' },
  'view-behind': { status: 503, vi: 'Dữ liệu đọc chưa cập nhật tới vị trí yêu cầu; hãy thử lại.', en: 'The view has not reached that position yet; try again.' },
} as const satisfies Readonly<Record<string, Entry>> & Readonly<Record<ConditionCode | CalendarDoubt | LifecycleDoubt, Entry>>; // prettier-ignore
export type ProblemCode = keyof typeof problems;

/** A field that is wrong. The Vietnamese text is a general one where the English says more. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
  readonly vi?: string;
}

/** Most faults that are told one by one; of the others there is their number. */
export const mostErrors = 20;

interface Details {
  /** English; where it is left out, the general sentence of the code stands. */
  readonly detail?: string;
  /** The first 20 are told. */
  readonly errors?: readonly FieldProblem[];
  /** How many there are besides these. (Default: 0) */
  readonly moreErrors?: number;
  readonly unmet?: readonly (Unmet & { readonly vi?: string })[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal that becomes a problem document (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  constructor(
    readonly code: ProblemCode,
    readonly details: Details = {},
    status?: number,
  ) {
    super(details.detail ?? problems[code].en);
    this.status = status ?? problems[code].status;
  }
}

/** The document that is sent, in the language of the reader. */
export function toDocument(problem: Problem, acceptLanguage: string | undefined): object {
  const { code, status, details } = problem;
  const { detail, unmet } = details;
  const errors = details.errors && oncePerPath(details.errors);
  const moreErrors = (details.moreErrors ?? 0) + Math.max(0, (errors?.length ?? 0) - mostErrors);
  const language = languageOf(acceptLanguage);
  const title = problems[code][language];
  const said = language === 'en' ? shortened(detail ?? title, 5_000) : title;
  return {
    type: `urn:tinhgon:problem:${code}`,
    title,
    status,
    code,
    detail: `${moreErrors > 0 ? said.replace(/[^.!?]$/, '$&.') : said}${moreErrors > 0 ? more(moreErrors)[language] : ''}`,
    ...(moreErrors > 0 && { moreErrors }),
    ...(errors && {
      errors: errors.slice(0, mostErrors).map(({ path, message, vi }) => ({
        path: shortened(path),
        message: language === 'en' ? message : (vi ?? faultInVietnamese(message) ?? message),
      })),
    }),
    ...(unmet && {
      unmet: unmet.map(({ vi, ...one }) => ({ ...one, message: language === 'vi' && vi !== undefined ? vi : toldIn(language, one) })),
    }),
  };
}

/** The first fault of each field; with it mended, another may be told. */
function oncePerPath(errors: readonly FieldProblem[]): readonly FieldProblem[] {
  return [...new Map([...errors].reverse().map((error) => [error.path, error])).values()].reverse();
}

/** Paths may be made of what was sent. */
export const shortened = (text: string, most = 200): string => (text.length > most ? `${text.slice(0, most)}…` : text);

const more = (count: number): Readonly<Record<Language, string>> => ({
  en: ` There ${count === 1 ? 'is' : 'are'} ${String(count)} more ${count === 1 ? 'fault' : 'faults'} that ${count === 1 ? 'is' : 'are'} not listed.`,
  vi: ` Còn ${String(count)} lỗi khác không liệt kê.`,
});

/** `vi` when the reader likes it better than English, else `en`. */
export function languageOf(acceptLanguage = ''): Language {
  const weightOf = (language: Language): number =>
    Math.max(
      0,
      ...acceptLanguage.split(',').map((range) => {
        const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
        if (tag !== language && !tag.startsWith(`${language}-`)) return 0;
        const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
        return quality === undefined ? 1 : Number(quality) || 0;
      }),
    );
  return weightOf('vi') > weightOf('en') ? 'vi' : 'en';
}

/** What is unmet, as the reader is told. */
export function toldIn(language: Language, { code, message, path }: Unmet): string {
  if (language === 'en') return message;
  const own = faultInVietnamese(message);
  if (own !== undefined) return own;
  const entry = Object.hasOwn(problems, code) ? problems[code as ProblemCode] : undefined;
  return entry ? `${entry.vi}${path === undefined ? '' : ` (${path})`}` : message;
}
