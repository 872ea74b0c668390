import { inflateSync } from 'node:zlib';

/** What a PDF that pdfkit wrote shows. */
export interface PdfPage {
  /** In the order of the file, without white space, which a PDF has as distance. */
  readonly text: string;
  /** Points from the left, where its pieces of text begin. */
  readonly begins: readonly number[];
  /** Points. */
  readonly width: number;
  /** Small black squares, as those of a QR code, by their left upper corner. */
  readonly dots: readonly { readonly x: number; readonly y: number; readonly side: number }[];
}

/** Its pages, read back from type and rectangles. */
export function pagesOfPdf(bytes: Buffer): readonly PdfPage[] {
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of bytes.toString('latin1').matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body);
  const object = (id: string | undefined): string => objects.get(id ?? '') ?? '';
  const stream = (id: string | undefined): string => {
    const [, octets = ''] = /stream\n([\s\S]*)\nendstream/.exec(object(id)) ?? [];
    return inflateSync(Buffer.from(octets, 'latin1')).toString('latin1');
  };
  const letters = new Map<string, ReadonlyMap<number, string>>();
  const lettersOf = (font: string): ReadonlyMap<number, string> => {
    const known = letters.get(font) ?? lettersIn(stream(/\/ToUnicode (\d+) 0 R/.exec(object(font))?.[1]));
    letters.set(font, known);
    return known;
  };
  return [...objects.values()]
    .filter((body) => /\/Type \/Page\b/.test(body))
    .map((page) => {
      const resources = object(/\/Resources (\d+) 0 R/.exec(page)?.[1]);
      const fonts = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, id]));
      const width = Number(/\/MediaBox \[0 0 ([\d.]+)/.exec(page)?.[1]);
      return { width, ...shown(stream(/\/Contents (\d+) 0 R/.exec(page)?.[1]), (name) => lettersOf(fonts.get(name) ?? '')) };
    });
}

function lettersIn(map: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
    for (const [at, [, code = '']] of [...list.matchAll(/<([0-9a-f]*)>/gi)].entries())
      found.set(Number.parseInt(from, 16) + at, Buffer.from(code, 'hex').swap16().toString('utf16le'));
  return found;
}

function shown(content: string, lettersOf: (font: string) => ReadonlyMap<number, string>): Omit<PdfPage, 'width'> {
  let text = '';
  let letters: ReadonlyMap<number, string> = new Map();
  const begins: number[] = [];
  const dots: { x: number; y: number; side: number }[] = [];
  for (const line of content.split('\n')) {
    const [, font] = /^\/(F\d+) [\d.]+ Tf$/.exec(line) ?? [];
    if (font !== undefined) letters = lettersOf(font);
    const [, begin] = /^1 0 0 1 (-?[\d.]+) -?[\d.]+ Tm$/.exec(line) ?? [];
    if (begin !== undefined) begins.push(Number(begin));
    if (line.endsWith(' TJ'))
      for (const [, glyphs = ''] of line.matchAll(/<([0-9a-f]+)>/g))
        for (const glyph of glyphs.match(/.{4}/g) ?? []) text += letters.get(Number.parseInt(glyph, 16)) ?? '';
    const [, x, y, width, height] = /^(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re$/.exec(line) ?? [];
    if (width !== undefined && width === height && Number(width) <= 5) dots.push({ x: Number(x), y: Number(y), side: Number(width) });
  }
  return { text: text.replace(/\s/g, ''), begins, dots };
}
