import type { Finding } from '#audit/verifier';
import type { Language } from '../words/words';

type Check = Finding['check'];

/** They stand here and not with those of the pages, because the page that is in each bundle has to bring them along. */
const vi = {
  title: 'Kiểm chứng gói bằng chứng',
  intro: 'Mọi việc diễn ra trong trình duyệt này: không có gì được gửi đi, và không cần mạng.',
  file: 'Gói bằng chứng (.zip) hoặc bằng chứng (.tlog-proof)',
  drop: 'Chọn tệp, hoặc thả tệp vào đây.',
  key: 'Khóa kiểm chứng hoặc chính sách (tlog-policy)',
  keyHelp: 'Dùng khóa mà bạn đã tự giữ từ trước, hoặc nhận từ nơi bạn tin. Kết quả đáng tin bằng chính khóa này.',
  keyFile: 'Lấy khóa từ tệp',
  ownKey: 'Dùng khóa có trong gói',
  ownKeyWarns: 'Khóa này do người gửi gói viết vào: tự nó không chứng minh điều gì, chỉ cho thấy gói khớp với chính nó.',
  verify: 'Kiểm chứng',
  cancel: 'Dừng',
  running: 'Đang kiểm chứng',
  noFile: 'Hãy chọn một tệp.',
  noKey: 'Hãy dán khóa kiểm chứng.',
  badKey: 'Đây không phải khóa hay chính sách: {{what}}',
  neither: 'Tệp này không phải gói bằng chứng, cũng không phải bằng chứng.',
  notWhole: 'Tệp zip này không nguyên vẹn: không thể đọc đến hết.',
  changed: 'Tệp đã được lưu lại, chuyển đi hoặc xóa từ khi được chọn. Hãy chọn lại tệp.',
  history: 'Lịch sử nhất quán',
  historyNot: 'Lịch sử KHÔNG nhất quán',
  data: 'Dữ liệu khớp với các lá',
  dataNot: 'Dữ liệu KHÔNG khớp với các lá',
  historyWhat: 'Các lá đúng là những lá đã ký và nằm trong cùng một cây.',
  dataWhat: 'Các sự kiện được trình bày đúng là những sự kiện đã niêm phong.',
  bundle: 'Gói bằng chứng ({{scope}}): {{lines}} lá, trong cây gồm {{size}} lá.',
  proof: 'Bằng chứng của lá {{index}} trong cây gồm {{size}} lá. {{event}}',
  stateNotReplayed:
    'Trạng thái mà gói khẳng định (state.json) chưa được dựng lại ở đây, nên hai đèn không nói gì về nó; lệnh tinhgon verify dựng lại trạng thái từ các sự kiện.',
  unproven: '{{count}} phần không kiểm được, vì không được trình bày hoặc đã bị xóa theo quy định.',
  erased: 'Muối của {{leaves}} sự kiện thuộc {{stream}} đã bị xóa; lá {{permittedBy}} cho phép việc này. {{legalBasis}}',
  findings: 'Những điều không đúng',
  leaf: 'Lá',
  wrong: 'Điều không đúng',
  detail: 'Chi tiết',
  more: 'Còn {{count}} điều khác, ở các lá sau.',
} as const;

type VerifierWord = keyof typeof vi;

const en: Readonly<Record<VerifierWord, string>> = {
  title: 'Verify a bundle',
  intro: 'All of it happens in this browser: nothing is sent anywhere, and no network is needed.',
  file: 'Bundle (.zip) or proof (.tlog-proof)',
  drop: 'Choose a file, or drop one here.',
  key: 'Verifier key or policy (tlog-policy)',
  keyHelp: 'Use a key that you have kept yourself, or have from somebody you trust. The answer is worth what this key is worth.',
  keyFile: 'Take the key from a file',
  ownKey: 'Use the key in the bundle',
  ownKeyWarns: 'Whoever sent the bundle wrote this key: by itself it proves nothing but that the bundle agrees with itself.',
  verify: 'Verify',
  cancel: 'Stop',
  running: 'Verifying',
  noFile: 'Choose a file.',
  noKey: 'Paste a verifier key.',
  badKey: 'This is neither a key nor a policy: {{what}}',
  neither: 'This file is neither a bundle nor a proof.',
  notWhole: 'This zip is not whole: it cannot be read to its end.',
  changed: 'The file was saved again, moved or deleted since it was chosen. Choose it again.',
  history: 'History is consistent',
  historyNot: 'History is NOT consistent',
  data: 'Data matches its leaves',
  dataNot: 'Data does NOT match its leaves',
  historyWhat: 'The leaves are the ones that were signed, and stand in one tree.',
  dataWhat: 'The events that are shown are the ones that were sealed.',
  bundle: 'Bundle ({{scope}}): {{lines}} leaves, of a tree of {{size}}.',
  proof: 'Proof of leaf {{index}} of a tree of {{size}}. {{event}}',
  stateNotReplayed:
    'The claimed state (state.json) was not replayed here, and the lights say nothing of it; tinhgon verify replays it from the events.',
  unproven: '{{count}} parts could not be checked, because they are withheld or were erased by law.',
  erased: 'The salts of {{leaves}} events of {{stream}} were erased, as leaf {{permittedBy}} permits. {{legalBasis}}',
  findings: 'What does not hold',
  leaf: 'Leaf',
  wrong: 'What is wrong',
  detail: 'Detail',
  more: 'And {{count}} more, of later leaves.',
};

const checks: Readonly<Record<Language, Readonly<Record<Check, string>>>> = {
  vi: {
    form: 'Sai dạng thức',
    signature: 'Không có chữ ký đúng của khóa đã cho',
    inclusion: 'Không được chứng minh là nằm trong cây',
    consistency: 'Hai điểm kiểm tra không thuộc cùng một lịch sử',
    entry: 'Lá không phải lá trong cây',
    order: 'Sai thứ tự',
    size: 'Số lá không đúng',
    root: 'Các lá không tạo thành cây đã ký',
    event: 'Thông tin về sự kiện không phải bản đã niêm phong',
    data: 'Nội dung sự kiện không phải bản đã niêm phong',
    metadata: 'Người, lúc hoặc căn cứ không phải bản đã niêm phong',
    head: 'Phần đầu của sự kiện mật không phải bản đã niêm phong',
    salt: 'Muối không còn mà không có sự kiện nào cho phép',
    missing: 'Thiếu sự kiện',
    foreign: 'Có sự kiện không thuộc gói này',
    state: 'Trạng thái được khẳng định không phải kết quả của các sự kiện',
  },
  en: {
    form: 'Malformed',
    signature: 'Not signed by the key that was given',
    inclusion: 'Not proven to be in the tree',
    consistency: 'The checkpoints are not of one history',
    entry: 'Not the leaf that the tree has there',
    order: 'Out of order',
    size: 'The number of leaves is wrong',
    root: 'The leaves do not make the tree that was signed',
    event: 'What is said of the event is not what was sealed',
    data: 'The data of the event is not what was sealed',
    metadata: 'Who, when or why is not what was sealed',
    head: 'The head of the classified event is not what was sealed',
    salt: 'Its salt is gone, and no event permits that',
    missing: 'Events are missing',
    foreign: 'There are events that do not belong to this bundle',
    state: 'The claimed state is not what the events come to',
  },
};

/** What a bundle can be of, as its manifest names it. */
const scopes: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  vi: {
    ...{ all: 'tất cả', period: 'kỳ', unit: 'đơn vị', from: 'từ ngày', to: 'đến ngày' },
    ...{ programme: 'kế hoạch', procedure: 'thủ tục' },
  },
  en: { all: 'all', period: 'period', unit: 'unit', from: 'from', to: 'to', programme: 'programme', procedure: 'procedure' },
};

/** Of what a bundle is, in words. @param scope Of its manifest, whoever wrote that */
export function scopeText(scope: Readonly<Record<string, unknown>>, language: Language): string {
  const named = scopes[language];
  return Object.entries(scope)
    .map(([what, which]) => {
      const name = Object.hasOwn(named, what) ? named[what] : what;
      return which === true ? name : `${name ?? what} ${String(which).replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1')}`;
    })
    .join(', ');
}

export type SayOfVerifier = (word: VerifierWord, values?: Readonly<Record<string, string | number>>) => string;

export const sayIn =
  (language: Language): SayOfVerifier =>
  (word, values = {}) =>
    (language === 'vi' ? vi : en)[word].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));

export const checkName = (check: Check, language: Language): string => checks[language][check];
