import { describe, expect, it } from '@jest/globals';
import { marked } from './marks';

const shown = (pieces: ReturnType<typeof marked>[number]): string =>
  pieces.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('');

describe('Two texts side by side', () => {
  it.each([
    ['Nộp hồ sơ Thẩm tra Trình ký', 'Nộp hồ sơ Thẩm tra', 'Nộp hồ sơ Thẩm tra [Trình ký]', 'Nộp hồ sơ Thẩm tra'],
    ['10 ngày', '7 ngày', '[10 ]ngày', '[7 ]ngày'],
    ['', 'Không', '', '[Không]'],
    ['như cũ', 'như cũ', 'như cũ', 'như cũ'],
  ])('have the words marked that the other has not: %s, %s', (before, after, one, other) => {
    expect(marked(before, after).map(shown)).toEqual([one, other]);
  });

  it('are marked as a whole where they are long', () => {
    const [before, after] = marked('a '.repeat(1_000), 'b '.repeat(1_000));
    expect([before.length, after.length]).toEqual([1, 1]);
  });

  it('are each whole again without the marks', () => {
    const [before, after] = ['Bước 1: nộp\nBước 2: xét', 'Bước 1: nộp, nhận\nBước 3: trả'];
    expect(marked(before, after).map((pieces) => pieces.map(({ text }) => text).join(''))).toEqual([before, after]);
  });
});
