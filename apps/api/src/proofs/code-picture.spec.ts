import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import codes from 'pdfmake/js/qrEnc.js';
import { codePicture } from './code-picture.js';

/** What a PNG in black and white shows: for each pixel of each row whether it is dark. */
function pixelsOf(png: Buffer): readonly (readonly boolean[])[] {
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named));
    parts.set(named.toString('latin1', 0, 4), named.subarray(4));
    at += 12 + length;
  }
  const head = parts.get('IHDR') ?? Buffer.alloc(13);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const rows = inflateSync(parts.get('IDAT') ?? Buffer.alloc(0));
  const stride = 1 + Math.ceil(width / 8);
  expect([[...parts.keys()], [...head.subarray(8)], rows.length]).toEqual([['IHDR', 'IDAT', 'IEND'], [1, 0, 0, 0, 0], stride * height]);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => ((rows[y * stride + 1 + Math.floor(x / 8)] ?? 0) & (0x80 >> (x % 8))) === 0),
  );
}

describe('the picture of a code', () => {
  it.each([1, 90, 320, 700])('has each dot of the code where it belongs, and white around it: %d octets', (length) => {
    const text = 'Ố'.repeat(Math.floor(length / 3)).padEnd(length - 2 * Math.floor(length / 3), 'x');
    const { png, dots } = codePicture(text);
    const { _canvas, _width: side } = codes.default.measure({ qr: text, eccLevel: 'M', mode: 'octet' });
    const drawn = new Set(_canvas.slice(1).map(({ x, y }) => `${String(x / 5 + 4)},${String(y / 5 + 4)}`));
    const pixels = pixelsOf(png);
    expect([pixels.length, dots]).toEqual([side + 40, side / 5 + 8]);
    const wrong = pixels.flatMap((row, y) =>
      row.flatMap((isDark, x) => {
        const isDrawn = drawn.has(`${String(Math.floor(x / 5))},${String(Math.floor(y / 5))}`);
        return isDark === isDrawn ? [] : [[x, y]];
      }),
    );
    expect(wrong).toEqual([]);
    expect(codePicture(text).png).toEqual(png);
  });
});
