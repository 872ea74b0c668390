import type { SealedLog } from '#audit';
import { printedMoment } from './printed-moment.js';

/** What a printed page says of the log that it was made of, so that whoever holds the page can hold it against the log. */
export interface Imprint {
  /** One line, in the language of the page. */
  readonly line: string;
  /** Whether that checkpoint holds the position. */
  readonly isSealed: boolean;
  /** What a QR code says beside it; null where nothing is sealed yet. */
  readonly code: PrintedCode | null;
}

export interface PrintedCode {
  /** The checkpoint that is named in the line, as it was signed, with as many of its witnesses as a telephone can still read off paper. */
  readonly text: string;
  /** What it is for, in the language of the page. */
  readonly says: string;
}

const words = {
  vi: {
    none: 'Nhật ký chưa được niêm phong.',
    tree: 'Nhật ký đã niêm phong',
    ...{ size: 'sự kiện', root: 'gốc', signed: 'ký lúc', later: 'vị trí này được niêm phong sau đó' },
    scan: 'Mã QR là điểm kiểm tra đã ký. Ghi nội dung mã vào một tệp rồi chạy: npx tinhgon verify TỆP --key KHÓA',
  },
  en: {
    none: 'The log is not sealed yet.',
    tree: 'Log sealed',
    ...{ size: 'events', root: 'root', signed: 'signed at', later: 'this position is sealed later' },
    scan: 'The QR code is the signed checkpoint. Keep its text as a file and run: npx tinhgon verify FILE --key KEY',
  },
} as const;

/** Digits of the root that are printed: enough to tell trees apart at a glance; all of it is in the checkpoint. */
const rootDigits = 16;

/** Says of a position of the log by which checkpoint it can be verified. */
export class Imprints {
  constructor(private readonly log: SealedLog) {}

  /** By the first checkpoint that holds everything up to the position, or else, and then the line says so, the newest. @param position decimal; null for the newest, whatever it holds */
  async of(position: string | null, language: 'vi' | 'en'): Promise<Imprint> {
    const said = words[language];
    const holding = position === null ? null : await this.log.holding(BigInt(position));
    const tree = holding ?? (await this.log.newest());
    if (!tree) return { line: said.none, isSealed: false, code: null };
    const isSealed = holding !== null || position === null;
    const number = tree.size.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
    const at = printedMoment(tree.signedAt, language);
    const root = tree.root.toString('hex').slice(0, rootDigits);
    const line = `${said.tree}: ${number} ${said.size}, ${said.root} ${root}…, ${said.signed} ${at}${isSealed ? '' : `; ${said.later}`}.`;
    return { line, isSealed, code: { text: shortened(tree.note), says: said.scan } };
  }
}

/** More octets make a code that no telephone reads off paper. */
const longestCode = 700;

/** The checkpoint with its witnesses, or, where these are many, with the log's own signatures, which stand first. */
function shortened(checkpoint: string): string {
  const lines = checkpoint.split(/(?<=\n)/);
  while (Buffer.byteLength(lines.join('')) > longestCode && lines.length > 5) lines.pop();
  return lines.join('');
}
