import { crc32, deflateSync } from 'node:zlib';
import codes from 'pdfmake/js/qrEnc.js';

/** A QR code as a picture, with its white margin. */
export interface CodePicture {
  /** In black and white. */
  readonly png: Buffer;
  /** Of a side, with the margin: what is printed is as wide as that needs. */
  readonly dots: number;
}

/** Of a side: programs that smooth what they enlarge leave its edges sharp. */
const dotPixels = 5;
/** Dots around the code that stay white: readers find it by them (ISO/IEC 18004, 9.1). */
const quietDots = 4;

/** A text as a QR code, by the hand that draws those of reports in PDF. The same text makes the same octets. */
export function codePicture(text: string): CodePicture {
  const { _canvas: drawn, _width: side } = codes.default.measure({ qr: text, eccLevel: 'M', mode: 'octet', padding: quietDots });
  const [, ...dots] = drawn; // the first is the ground
  // A row begins with how it is filtered, which is not at all; a bit that is set is white.
  const stride = 1 + Math.ceil(side / 8);
  const rows = Buffer.alloc(stride * side, 0xff);
  for (let y = 0; y < side; y++) rows[y * stride] = 0;
  for (const dot of dots)
    for (let y = dot.y; y < dot.y + dot.h; y++)
      for (let x = dot.x; x < dot.x + dot.w; x++) {
        const at = y * stride + 1 + (x >> 3);
        rows[at] = (rows[at] ?? 0) & ~(0x80 >> (x & 7));
      }
  const head = Buffer.from([...octets(side), ...octets(side), 1, 0, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const png = Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { png, dots: side / dotPixels };
}

/** A part of a PNG: length, name, content, checksum. */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  return Buffer.concat([octets(content.length), named, octets(crc32(named))]);
}

function octets(value: number): Buffer {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value);
  return four;
}
