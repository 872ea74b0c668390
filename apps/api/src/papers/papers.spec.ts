import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { builtInTemplate, everyPaper, fillTemplate, markOf, noteOf, paperKinds, piecesIn, readTemplateOf } from '#reporting';
import type { LaidPaper, PaperFacts, PaperKind, PaperProcedure } from '#reporting';
import { textsOfZip } from '../../../../test/support/zip-texts.js';
import { layOut } from './layout.js';

const decision = { number: '2147/QĐ-HQ', date: '2023-02-08', effectiveDate: '2023-02-22', signer: 'Trần Văn Mẫu' };
const cost = (hours: string) => ({
  ...{ hourlyWage: 31_111, timesPerYear: 1, subjectsPerYear: 40 },
  lines: [
    { label: 'Chuẩn bị hồ sơ', hours, fee: 20_000, service: 0 },
    { label: 'Nộp hồ sơ', hours: '0.5', fee: 0, service: 15_000 },
  ],
  inputs: [{ input: 'lines.0.hours', source: 'Khảo sát 12 đơn vị', method: 'Phiếu hỏi' }],
});
const option: NonNullable<PaperProcedure['option']> = {
  ...{ id: 'o1', status: 'approved', type: 'cutDocument', origin: 'published', people: {}, decision: { ...decision, number: '88/QĐ-HQ' } },
  ...{
    content: 'Bỏ bản sao quyết định điều động.\nGiữ đơn đề nghị.',
    reason: 'Thông tin đã có trong cơ sở dữ liệu',
    roadmap: 'Quý II năm 2025',
  },
  documentsToAmend: [{ title: 'Quy chế công tác xe', number: '15/QC-HQ', article: 'Điều 7', change: 'Bỏ khoản 2' }],
  ...{ before: cost('10'), after: cost('6') },
  saving: {
    before: { once: 361_666, year: 14_466_640 },
    after: { once: 237_222, year: 9_488_880 },
    saving: 4_977_760,
    cutPercent: '34.41',
  },
};
const procedure = (number: number, more: Partial<PaperProcedure> = {}): PaperProcedure => ({
  ...{ id: String(number), title: `Thủ tục mẫu số ${String(number)}: đề nghị điều động phương tiện giữa các đơn vị`, code: `1.00${String(number)}` },
  ...{ kind: 'internal', group: 'D', field: 'công tác nội bộ', classification: 'none', owningUnit: 'u', unit: 'Lữ đoàn 125', cost: undefined },
  parts: {
    steps: 'Bước 1: nộp hồ sơ.\nBước 2: thẩm tra.\nBước 3: trả kết quả.',
    manners: [
      { way: 'Trực tiếp', timeLimit: { amount: 5, unit: 'workingDays' }, fee: 20_000 },
      { way: 'Qua mạng nội bộ', timeLimit: { amount: 8, unit: 'hours' }, fee: 'Miễn phí', note: 'Ký số' },
    ],
    documents: [
      { name: 'Đơn đề nghị', form: 'Mẫu 01', originals: 1, copies: 0 },
      { name: 'Quyết định điều động', originals: 0, copies: 2 },
    ],
    dossier: { documents: ['Đơn đề nghị'], sets: 1 },
    ...{ subjects: 'Cơ quan, đơn vị', agency: 'Phòng Hậu cần', result: 'Lệnh điều động' },
    bases: [{ number: '15/QC-HQ', summary: 'Quy chế công tác xe', date: '2020-05-04', issuer: 'Bộ Tư lệnh' }],
  },
  review: { necessary: true, withinPowers: true, reasonable: false, lawful: true, findings: 'Hồ sơ thừa một giấy tờ.' },
  ...{ document: { number: '12/TTr-125', date: '2023-01-04' }, decision, options: [option], option },
  ...more,
}); // prettier-ignore
const unit = { name: 'Quân chủng Hải quân', above: 'Bộ Quốc phòng' };
const eleven = Array.from({ length: 11 }, (_, at) => procedure(at + 1));
const factsOf = (procedures: readonly PaperProcedure[]): PaperFacts => ({
  ...{ procedures, publisher: unit, approver: unit, owner: { name: 'Lữ đoàn 125', above: 'Quân chủng Hải quân' } },
  asOf: { position: '1234', at: '2025-11-29T16:05:00.000Z' },
});

function laidOf(kind: PaperKind, procedures: readonly PaperProcedure[]): LaidPaper {
  const read = readTemplateOf(kind, builtInTemplate(kind));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const facts = factsOf(procedures);
  return fillTemplate(read.template, everyPaper[kind].placeholders, { facts, mark: markOf(procedures), note: noteOf(facts.asOf) });
}

/** As long as one may be. */
const code = { text: `tinhgon.example/log\n1234\n${'x'.repeat(670)}\n`, says: 'Mã QR là điểm kiểm tra đã ký.' };

async function written(kind: PaperKind, procedures: readonly PaperProcedure[]): Promise<ReadonlyMap<string, string>> {
  const bytes = await layOut({ paper: laidOf(kind, procedures), code });
  // To be looked at: where a folder is named, the papers are kept there.
  if (process.env['KEEP_PAPERS'] !== undefined) writeFileSync(`${process.env['KEEP_PAPERS']}/${kind}-${String(procedures.length)}.docx`, bytes);
  return textsOfZip(bytes);
} // prettier-ignore

const documentOf = (parts: ReadonlyMap<string, string>): string => parts.get('word/document.xml') ?? '';
/** What is read in it, without marks. */
const readIn = (xml: string): string =>
  xml
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
const millimetres = (twips: string | undefined): number => (Number(twips) * 25.4) / 1_440;

describe('An official paper', () => {
  it.each(paperKinds)('is laid out as Decree 30/2020 says: %s', async (kind) => {
    const parts = await written(kind, eleven);
    const xml = documentOf(parts);
    expect(xml).toContain('w:w="11906" w:h="16838"');
    const margins = [...xml.matchAll(/<w:pgMar w:top="(\d+)" w:right="(\d+)" w:bottom="(\d+)" w:left="(\d+)"/g)];
    expect(margins.length).toBeGreaterThan(0);
    for (const [, top, right, bottom, left] of margins) {
      const within = (twips: string | undefined, least: number, most: number): boolean => millimetres(twips) >= least && millimetres(twips) <= most;
      expect([top, right, bottom, left, within(top, 20, 25) && within(bottom, 20, 25) && within(left, 30, 35) && within(right, 15, 20)]).toEqual([top, right, bottom, left, true]);
    }
    expect(parts.get('word/styles.xml')).toContain('w:ascii="Times New Roman"');
    const text = readIn(xml);
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc');
    expect(text).toBe(text.normalize('NFC'));
    // The first page has a header of its own, without the number.
    expect(xml).toContain('<w:titlePg/>');
    const headers = [...parts].filter(([name]) => name.startsWith('word/header')).map(([, header]) => header.includes('PAGE'));
    expect(new Set(headers)).toEqual(new Set([true, false]));
    const footers = [...parts].filter(([name]) => name.startsWith('word/footer')).map(([, footer]) => readIn(footer).trim());
    expect(new Set(footers)).toEqual(new Set(['Lập từ dữ liệu đến vị trí 1234 của nhật ký, lúc 23:05 ngày 29/11/2025.']));
  }); // prettier-ignore

  it.each(paperKinds)('ends with its code, once, with what it is for beside it and for whoever does not see it: %s', async (kind) => {
    const parts = await written(kind, eleven);
    const xml = documentOf(parts);
    expect([...parts.keys()].filter((name) => name.startsWith('word/media/'))).toEqual(['word/media/image1.png']);
    expect([...xml.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, descr]) => descr)).toEqual([code.says]);
    // Nothing is read after it, not even what is annexed.
    expect(readIn(xml).trimEnd().endsWith(`\n${code.says}`)).toBe(true);
    const plain = await layOut({ paper: laidOf(kind, eleven), code: null });
    expect([...(await textsOfZip(plain)).keys()].filter((name) => name.startsWith('word/media/'))).toEqual([]);
  });

  it('decides on eleven procedures: the articles, the list, and what each consists of', async () => {
    const text = readIn(documentOf(await written('publication-decision', eleven)));
    expect(text).toContain('Số: 2147/QĐ-HQ');
    expect(text).toContain('……, ngày 08 tháng 02 năm 2023');
    expect(text).toContain('Điều 1. Ban hành kèm theo Quyết định này 11 thủ tục hành chính nội bộ');
    expect(text).toContain('hiệu lực thi hành kể từ ngày 22 tháng 02 năm 2023');
    for (const { title } of eleven) expect(text.split(title).length).toBe(3);
    expect(text).toContain('đ) Đối tượng thực hiện: Cơ quan, đơn vị');
    expect(text).toContain('k) Yêu cầu, điều kiện thực hiện: Không có thông tin.');
  });

  it('leaves blank what nobody has said', async () => {
    const bare = { code: undefined, parts: {}, options: [], option: undefined };
    const { review, document, decision: decided, ...others } = procedure(1, bare);
    expect([review, document, decided]).not.toContain(undefined);
    for (const kind of paperKinds) {
      const text = readIn(documentOf(await written(kind, [others])));
      expect([kind, text.includes('……'), text.includes('undefined'), text.includes('null')]).toEqual([kind, true, false, false]);
    }
    expect(readIn(documentOf(await written('publication-decision', [others])))).toContain('Số: ……/QĐ-……');
  });

  it('names its annexes in small letters, counts the pages of each anew, and addresses in upright type that is not bold', async () => {
    const xml = documentOf(await written('publication-decision', eleven));
    expect(readIn(xml)).toContain('Phụ lục I\nDANH MỤC 11 THỦ TỤC HÀNH CHÍNH NỘI BỘ');
    expect(readIn(xml)).toContain('Phụ lục II\nNỘI DUNG CỤ THỂ');
    const sections = [...xml.matchAll(/<w:sectPr\b.*?<\/w:sectPr>/gs)].map(([section]) => section);
    expect(sections.map((section) => [section.includes('w:pgNumType w:start="1"'), section.includes('<w:titlePg/>')])).toEqual([[true, true], [true, true], [true, true]]); // prettier-ignore
    const addressed = laidOf('submission', eleven).body.find(
      (block) => block.kind === 'paragraph' && block.runs[0]?.text.startsWith('Kính gửi'),
    );
    expect(addressed).toMatchObject({ runs: [{ text: 'Kính gửi: ' }, { text: 'Quân chủng Hải quân' }] });
    expect(JSON.stringify(addressed)).not.toContain('bold');
  });

  it('takes whatever was recorded for text', async () => {
    const hostile = `<w:p>&amp; {{signer}} **x** \u0000\u000b\ud800 ${'a'.repeat(10_000)}`;
    const parts = { steps: `${hostile}\n]]>`, manner: 'Tie\u0302\u0301ng Vie\u0323\u0302t' };
    const xml = documentOf(await written('publication-decision', [procedure(1, { title: hostile, parts })]));
    expect(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\ud800/.test(xml)).toBe(false);
    const text = readIn(xml);
    expect(text).toContain(`<w:p>&amp; {{signer}} **x**  ${'a'.repeat(10_000)}`);
    expect(text).toContain(']]>');
    expect(text).toContain('Tiếng Việt');
  });

  it('keeps an amount of millions of millions on one line, and the heads of columns', async () => {
    const most = { once: 0, year: 9_999_999_999_999 };
    const dear = { ...option, saving: { before: most, after: { once: 0, year: 0 }, saving: most.year, cutPercent: '100.00' } };
    for (const [kind, times] of [
      ['review-results', 2],
      ['cost-form', 1],
    ] as const) {
      const xml = documentOf(await written(kind, [procedure(1, { option: dear, options: [dear] })]));
      const widths = xml.split('</w:tc>').filter((cell) => cell.endsWith('>9.999.999.999.999</w:t></w:r></w:p>')).map((cell) => Number(/.*<w:tcW [^>]*w:w="(\d+)"/s.exec(cell)?.[1])); // prettier-ignore
      expect(widths).toHaveLength(times);
      // The narrowest heads, in bold.
      for (const [head, least] of Object.entries({ STT: 556, Nhóm: 714 }))
        for (const cell of xml.split('</w:tc>').filter((one) => one.endsWith(`>${head}</w:t></w:r></w:p>`))) expect(Number(/.*<w:tcW [^>]*w:w="(\d+)"/s.exec(cell)?.[1])).toBeGreaterThanOrEqual(least); // prettier-ignore
      // Half an em for a digit, a quarter for a point, at 11 points; and what stays free on both sides.
      for (const width of widths) expect(width).toBeGreaterThanOrEqual((13 * 5.5 + 4 * 2.75) * 20 + 140);
    }
  });

  it('says which of the options in its table make its totals', async () => {
    const returned: typeof option = { ...option, id: 'o2', status: 'returned' };
    const text = readIn(documentOf(await written('review-results', [procedure(1, { options: [returned, option] })])));
    expect(text).toContain('không kể phương án bị từ chối, bị trả lại hoặc chưa đạt: 1.');
    expect(text).toContain('của các phương án nêu tại mục 1: 14.466.640 đồng/năm; chi phí tiết kiệm: 4.977.760 đồng/năm.');
    expect(text).toContain('Bị trả lại');
  });

  it('counts what it does not name among many by its own word', async () => {
    const many = eleven.map((one, at) => ({ ...one, unit: `Đơn vị ${String(at)}`, field: `lĩnh vực ${String(at)}` }));
    expect(readIn(documentOf(await written('option-decision', many)))).toContain('Đơn vị 4 và 6 cơ quan, đơn vị khác chủ trì');
    const fields = everyPaper['option-decision'].placeholders['fields'];
    expect(fields && 'text' in fields && fields.text(factsOf(many))).toMatch(/lĩnh vực 4 và 6 lĩnh vực khác$/);
  });

  it('bears the mark of the most secret of what it is about', async () => {
    const secret = procedure(2, { classification: 'confidential' });
    expect(readIn(documentOf(await written('submission', [procedure(1), secret])))).toContain('MẬT');
    expect(readIn(documentOf(await written('submission', [procedure(1)])))).not.toContain('MẬT');
  });

  it('is as long as its lines and cells are many, whoever wrote them', () => {
    const of = (...procedures: readonly PaperProcedure[]): number => piecesIn(laidOf('publication-decision', procedures));
    expect(of(...eleven) - of(procedure(1))).toBe(10 * (of(procedure(1), procedure(2)) - of(procedure(1))));
    expect(of(procedure(1, { parts: { steps: 'a\n'.repeat(20_000) } }))).toBeGreaterThan(20_000);
    const [first, ...others] = eleven;
    const cells = (content: string): number =>
      piecesIn(laidOf('review-results', [...others, { ...(first ?? procedure(1)), options: [{ ...option, content }] }]));
    expect(cells('a\nb\nc') - cells('a')).toBe(2);
  });
});
