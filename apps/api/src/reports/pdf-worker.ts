import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import type { Content, Definition } from 'pdfmake';
import { longestWord, tablesOf } from './pdf-tables.js';
import type { Paper } from './report-pdf.js';

const fonts = createRequire(import.meta.url);
const face = (weight: string, name: string): string =>
  fonts.resolve(`@expo-google-fonts/be-vietnam-pro/${weight}/BeVietnamPro_${weight}${name}.ttf`);
const known = [face('400Regular', ''), face('600SemiBold', '')];

/** Points of a side: a whole number of them to each dot. */
const mostOfCode = 160;
const longer = new RegExp(`\\S{${String(longestWord + 1)}}`);

function laidOut({ title, at, lines, columns, rows, none, foot, code, page }: Paper): Definition {
  const cell = (text: string, at: number, bold = false): Content => ({
    text,
    bold,
    wordBreak: longer.test(text) ? 'break-all' : 'normal',
    alignment: columns[at]?.isFigure === true ? 'right' : 'left',
  });
  const { pageOrientation, tables } = tablesOf({ columns, rows });
  const tableOf = ({ places, widths }: (typeof tables)[number], index: number): Content => ({
    table: {
      headerRows: 1,
      widths,
      body: [
        places.map((at) => cell(columns[at]?.title ?? '', at, true)),
        ...rows.map((row) => places.map((at) => cell(row[at] ?? '', at))),
      ],
    },
    layout: 'lightHorizontalLines',
    ...(index > 0 && { pageBreak: 'before' }),
  });
  return {
    pageSize: 'A4',
    pageOrientation,
    pageMargins: [40, 40, 40, 50],
    defaultStyle: { font: 'BeVietnamPro', fontSize: 9 },
    // The same answer is the same file, whenever it is laid out.
    info: { title, creationDate: new Date(at) },
    content: [
      { text: title, fontSize: 15, bold: true, margin: [0, 0, 0, 4] },
      ...lines.map((text): Content => ({ text, color: '#555555', margin: [0, 0, 0, 2] })),
      { text: ' ' },
      ...(rows.length === 0 ? [{ text: none }] : tables.map(tableOf)),
      ...(code ? [sealOf(code)] : []),
    ],
    footer: (current: number, of: number) => [
      { text: `${page} ${String(current)}/${String(of)}`, alignment: 'center', margin: [0, 10, 0, 2] },
      { text: foot, alignment: 'center', fontSize: 7, color: '#555555', margin: [40, 0, 40, 0] },
    ],
  };
}

/** A code with the margin that readers need, and what it is for below it, together on one page. */
const sealOf = ({ text, says }: NonNullable<Paper['code']>): Content => ({
  unbreakable: true,
  stack: [
    { qr: text, eccLevel: 'M', mode: 'octet', fit: mostOfCode, margin: [12, 20, 0, 12] },
    { text: says, fontSize: 7, color: '#555555' },
  ],
});

pdfmake.setFonts({ BeVietnamPro: { normal: known[0] ?? '', bold: known[1] ?? '' } });
// What is printed names no files and no addresses, and gets none.
pdfmake.setLocalAccessPolicy((path) => known.includes(path));
pdfmake.setUrlAccessPolicy(() => false);
parentPort?.postMessage(new Uint8Array(await pdfmake.createPdf(laidOut(workerData as Paper)).getBuffer()));
