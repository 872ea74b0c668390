/** What rules say in English of a field or a date, and the same in Vietnamese. */
const sentences: readonly (readonly [english: RegExp, vietnamese: string])[] = [
  [/^must not be later than today$/, 'không được sau hôm nay'],
  [/^must not be in the past$/, 'không được trước hôm nay'],
  [/^must not be before the suspension, which was on (\S+)$/, 'không được trước ngày tạm dừng ($1)'],
  [/^must be a date YYYY-MM-DD$/, 'phải là ngày có thật'],
  [/^must be a date YYYY-MM-DD from 1900 to 2200$/, 'phải là ngày có thật, từ năm 1900 đến năm 2200'],
  [/^must not be blank$/, 'không được để trống'],
  [/^must not begin or end with a space$/, 'không được bắt đầu hoặc kết thúc bằng dấu cách'],
  [/^must be text$/, 'phải là chữ'],
  [/^must be of Latin letters, digits and signs that are seen$/, 'chỉ gồm chữ Latinh, chữ số và dấu nhìn thấy được'],
  [/^must have at most (\d+) characters$/, 'quá dài, tối đa $1 ký tự'],
  [/^must be a number of hours such as "0.5", at most 100000$/, 'phải là số giờ, ví dụ 0,5; nhiều nhất 100.000'],
  [
    /^must be a percentage in text above 0 and up to 100, with two decimals at most$/,
    'phải là số phần trăm lớn hơn 0, nhiều nhất 100, tối đa hai chữ số lẻ',
  ],
  [/^must be a number above 0 in text, with two decimals at most$/, 'phải là số lớn hơn 0, tối đa hai chữ số lẻ'],
  [/^stands instead of year: exactly one of both is given$/, 'nêu năm hoặc giá trị, chỉ một trong hai'],
  [/^stands instead of timesPerYear: exactly one of both is given$/, 'nhập số lần mỗi năm hoặc số năm một lần, chỉ một trong hai'],
  [/^comes to more than whole đồng can be counted exactly$/, 'thành số tiền quá lớn, không tính được chính xác'],
  [/^must be left out: of what is secret or above/, 'phải để trống: thủ tục tối mật trở lên chỉ ghi tên và số hiệu'],
  [/^is required to abolish what was published$/, 'bắt buộc khi bãi bỏ thủ tục đã công bố'],
  [/^is required here by the lifecycle$/, 'bắt buộc theo quy trình đang áp dụng'],
  [/^must name at least one part$/, 'phải có ít nhất một bộ phận'],
  [/^must be a year, a quarter or a month: YYYY, YYYY-Qn or YYYY-MM$/, 'phải là năm, quý hoặc tháng: YYYY, YYYY-Qn hoặc YYYY-MM'],
  [/^must have a point before its decimals, not a comma$/, 'dùng dấu chấm trước phần thập phân, không dùng dấu phẩy'],
  [
    /^must be a number from 0 in text, with at most 12 digits, and 4 after a point$/,
    'phải là số từ 0, tối đa 12 chữ số và 4 chữ số sau dấu chấm',
  ],
  [/^is not a unit that exists$/, 'không phải là đơn vị đang có'],
  [/^must be units that exist, each once$/, 'phải là các đơn vị đang có, mỗi đơn vị một lần'],
  [/^has no lifecycle$/, 'chưa có quy trình áp dụng'],
  [/^is not an option of this procedure$/, 'không phải là phương án của thủ tục này'],
  [/^is not the hash of a file that was uploaded to this procedure$/, 'không phải là tệp đã tải lên cho thủ tục này'],
  [/^this procedure has no revision (\d+)$/, 'thủ tục này không có bản $1'],
  [/^is of a kind that this version does not know$/, 'thuộc loại mà phiên bản này chưa biết'],
  [/^is a change of the lifecycle version and cannot be corrected$/, 'là việc chuyển phiên bản quy trình, không đính chính được'],
  [/^is a correction itself; correct the record that it corrected$/, 'là một lần đính chính; hãy đính chính chính bản ghi gốc'],
  [/^is a transfer by a reorganisation and cannot be corrected$/, 'là việc chuyển đơn vị theo sắp xếp tổ chức, không đính chính được'],
  [/^is a measurement: measure it again, and the newest one stands$/, 'là một lần đo; hãy đo lại, kết quả mới nhất được dùng'],
  [/^must name what is corrected$/, 'phải nêu nội dung cần đính chính'],
  [/^lies within another change$/, 'nằm trong một thay đổi khác'],
  [/^cannot be corrected$/, 'không đính chính được'],
  [/^is not in the record$/, 'không có trong bản ghi'],
  [/^is missing$/, 'còn thiếu'],
  [/^is for internal procedures only$/, 'chỉ dành cho thủ tục nội bộ'],
  [/^is required for an internal procedure$/, 'bắt buộc với thủ tục nội bộ'],
  [/^The date (\S+) is before (\S+)\. If .*$/, 'Ngày $1 trước ngày $2.'],
  [/^The date (\S+) is after today, (\S+)\. If .*$/, 'Ngày $1 sau hôm nay, $2.'],
  [/^The date (\S+) is before the paper itself, which is of (\S+)\. If .*$/, 'Ngày $1 trước ngày của chính văn bản, $2.'],
  [
    /^The date (\S+) is more than (\d+) years after the paper itself, which is of (\S+)\. If .*$/,
    'Ngày $1 sau ngày của văn bản ($3) hơn $2 năm.',
  ],
  [/^The date (\S+) is before "[^"]+", which was on (\S+)\. If .*$/, 'Ngày $1 trước bước gần nhất, đã thực hiện ngày $2.'],
  [/^The date (\S+) is before the day of the assignment, (\S+)\. If .*$/, 'Hạn $1 trước ngày giao, $2.'],
  [/^The date (\S+) is before the paper that it follows, which is of (\S+)\. If .*$/, 'Ngày $1 trước văn bản mà nó tiếp theo, ngày $2.'],
];

const isoDate = /(\d{4})-(\d{2})-(\d{2})/g;

/** The sentence in Vietnamese, with dates as people write them; undefined for one that is not among these. @param english What a rule says */
export function faultInVietnamese(english: string): string | undefined {
  const found = sentences.find(([pattern]) => pattern.test(english));
  return found && english.replace(...found).replace(isoDate, '$3/$2/$1');
}
