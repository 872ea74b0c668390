import { describe, expect, it } from '@jest/globals';
import { readLifecycle } from '../../lifecycle/lifecycle';
import type { Words } from '../../words/words';
import vi from '../../words/vi.json' with { type: 'json' };
import { placeInWords, valueInWords } from './difference-words';

const words: Words = {
  language: 'vi',
  say: (word, values = {}) => vi[word].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name])),
};
const lifecycle = readLifecycle({ stages: { reviewed: { title: { vi: 'đã rà soát', en: 'reviewed' } } } });
const place = (path: string): string => placeInWords(path.split('.'), lifecycle, words);
const value = (path: string, said: unknown): string => valueInWords(path.split('.'), said, lifecycle, words);

describe('What a version of a lifecycle says otherwise', () => {
  it.each([
    ['initial', 'Giai đoạn đầu tiên sau khi đăng ký'],
    ['title.en', 'Tên › Tiếng Anh'],
    ['stages.reviewed.title.vi', 'Giai đoạn › Đã rà soát › Tên › Tiếng Việt'],
    ['transitions.publish.requires', 'Hành động › Công bố › Điều kiện'],
    ['transitions.return (2).to', 'Hành động › Trả lại (2) › Chuyển đến'],
    ['deadlines.reviewed.days.ministry', 'Thời hạn › Đã rà soát › Số ngày › Cấp bộ'],
    ['deadlines.propose.counting', 'Thời hạn › Đề nghị công bố › Cách tính'],
    ['authority.rules.return:option.role', 'Thẩm quyền › Trả lại (option) › Vai trò'],
    ['authority.classes.A.publisher', 'Cấp có thẩm quyền › Nội bộ nhóm A › Cấp công bố'],
    ['punctuality.signedBeforeEffect.days', 'Đúng hạn công bố › Ký trước ngày có hiệu lực › Số ngày'],
  ])('stands at %s, in words', (path, inWords) => {
    expect(place(path)).toBe(inWords);
  });

  it.each([
    ['transitions.propose.from', ['reviewed', 'unknown'], 'Đã rà soát, unknown'],
    ['transitions.abolish.from', 'open', 'Mọi giai đoạn chưa kết thúc'],
    ['transitions.publish.differentFrom', ['propose'], 'Đề nghị công bố'],
    ['transitions.publish.requires', [], 'không có gì'],
    ['transitions.publish.worklist', true, 'có'],
    ['authority.rules.publish.at', 'publisher', 'Cấp công bố'],
    ['authority.classes.quality.approver', null, 'không có cấp nào'],
    ['deadlines.propose.days', 5, '5'],
  ])('at %s is said in words: %j', (path, said, inWords) => {
    expect(value(path, said)).toBe(inWords);
  });

  it('keeps what there are no words for', () => {
    expect([place('extra.deep'), value('extra.deep', 'x')]).toEqual(['extra › deep', 'x']);
  });
});
