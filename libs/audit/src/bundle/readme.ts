import type { SignedTree } from '../tree.js';
import type { Sheet } from './bundles.js';
import type { BundleRequest } from './requests.js';

/** What a bundle is and how to verify it, for whoever opens it without us, in both languages. */
export function readmeOf({ id, scope, procedures, askedAt }: BundleRequest, { size }: SignedTree, sheets: readonly Sheet[]): string {
  const parts = Object.entries(scope).map(([what, which]) => (which === true ? what : `${what} ${String(which)}`));
  // The one that it is named after goes first, however they are kept.
  const about =
    parts.toSorted((one, other) => Number(isDay(one)) - Number(isDay(other)) || one.localeCompare(other)).join(', ') +
    (procedures ? ` (${String(procedures.length)})` : '');
  const listed = (language: 'vi' | 'en'): string =>
    sheets.map(({ name, title }) => `  - \`sheets/${name}.csv\`: ${title[language]}\n`).join('');
  return `# Gói kiểm chứng ${id}

Gói này chứa các sự kiện của nhật ký kèm bằng chứng rằng chúng nằm trong cây gồm ${String(size)} lá đã được ký. Phạm vi: ${about}; yêu cầu lúc ${askedAt.toISOString()}.

- \`verify.html\`: mở bằng trình duyệt, không cần mạng, rồi chọn chính tệp zip này.
- Hoặc: \`npx tinhgon verify <tệp zip> --key <khóa>\`. Hãy dùng khóa và điểm kiểm tra mà bạn tự giữ từ trước; \`key.txt\` trong gói chỉ là lời của người gửi.
- \`events.jsonl\`: mỗi dòng một lá, gồm lá, đường băm lên gốc, sự kiện và muối của các phần được cam kết.
- \`state.json\` (của một thủ tục hoặc kế hoạch): trạng thái mà hệ thống khẳng định; \`npx tinhgon verify\` dựng lại từ các sự kiện và so sánh.
- Lá không kèm sự kiện là phần người yêu cầu không được xem. Sự kiện không kèm muối là phần đã bị xóa theo quy định: sự kiện \`PersonErased\` trong gói nêu căn cứ; bằng chứng vẫn giữ nguyên.
${sheets.length === 0 ? '' : `- Các bảng kèm theo, dạng CSV. Khác với các sự kiện, chúng không được cây chứng minh: đó là điều hệ thống nói tại vị trí của gói; hãy đối chiếu với các sự kiện.\n${listed('vi')}`}
# Bundle ${id}

This holds events of the log with proofs that they stand in the signed tree of ${String(size)} leaves. Scope: ${about}; asked for at ${askedAt.toISOString()}.

- \`verify.html\`: open it in a browser, which needs no network, and choose this very zip.
- Or \`npx tinhgon verify <zip> --key <key>\`. Use the key and the checkpoint that you have kept yourself: \`key.txt\` in here is what the sender says.
- \`events.jsonl\`: a line for each leaf, with the leaf, the hashes up to the root, the event, and the salts of what the leaf commits to.
- \`state.json\` (of a procedure or programme): the state that the installation claims; \`npx tinhgon verify\` rebuilds it from the events and compares.
- A leaf without an event is of what whoever asked may not see. An event without salts is of somebody who was erased by law, and \`PersonErased\` in here says by which; the proofs hold all the same.
${sheets.length === 0 ? '' : `- Sheets as CSV. Unlike the events they are not proven by the tree: they are what the installation said as of the bundle; hold them against the events.\n${listed('en')}`}`;
}

const isDay = (part: string): boolean => /^(?:from|to) /.test(part);
