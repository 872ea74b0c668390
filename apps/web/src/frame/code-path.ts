import codes from 'pdfmake/js/qrEnc.js';

/** Dots around the code that stay white: readers find it by them (ISO/IEC 18004, 9.1). */
const quietDots = 4;
/** Units of a dot's side, as the encoder draws. */
const unit = 5;

/** A text as a QR code, drawn by the hand that draws those of reports and papers: the outline of its dark dots, a unit each, and how many there are to a side, with the white margin. */
export function codePath(text: string): { readonly path: string; readonly dots: number } {
  const { _canvas: drawn, _width: side } = codes.default.measure({ qr: text, eccLevel: 'M', mode: 'octet', padding: quietDots });
  // The first is the ground.
  const path = drawn.slice(1).map(({ x, y }) => `M${String(x / unit)} ${String(y / unit)}h1v1h-1z`);
  return { path: path.join(''), dots: side / unit };
}
