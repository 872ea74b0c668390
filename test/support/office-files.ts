import { archive, docxType } from './sample-files.js';
import type { SamplePart } from './sample-files.js';

// Documents in the shape in which office programs write them, by the letter of what they write where the door looks.

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.from('0000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082', 'hex'),
]);
const jpeg = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(4_000, 0x5a),
  Buffer.from('ffd9', 'hex'),
]);

/** A relationship: the last word of its type, or the whole type; where it leads; whether that is elsewhere. */
export type Relationship = readonly [type: string, target: string, isElsewhere?: boolean];

/** The list of a part's relationships. */
export function relationshipsOf(...all: readonly Relationship[]): string {
  const items = all.map(
    ([type, target, isElsewhere = false], index) =>
      `<Relationship Id="rId${String(index + 1)}" Type="${type.includes('/') ? type : `${relationships}/${type}`}" Target="${target}"${isElsewhere ? ' TargetMode="External"' : ''}/>`,
  );
  return `${declaration}<Relationships xmlns="${packaged}/relationships">${items.join('')}</Relationships>`;
}

function contentTypes(defaults: Readonly<Record<string, string>>, overrides: Readonly<Record<string, string>>): string {
  const given = Object.entries(defaults).map(([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`);
  const named = Object.entries(overrides).map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`);
  return `${declaration}<Types xmlns="${packaged}/content-types">${[...given, ...named].join('')}</Types>`;
}

const relsType = 'application/vnd.openxmlformats-package.relationships+xml';
const wordType = (name: string): string => `application/vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml`;
/** Word leaves room to grow behind the names of its first parts (ISO/IEC 29500-2, C.3: growth hint). */
const growthHint = (bytes: number): Buffer => {
  const field = Buffer.alloc(bytes);
  field.writeUInt16LE(0xa220, 0);
  field.writeUInt16LE(bytes - 4, 2);
  field.writeUInt16LE(0xa028, 4);
  return field;
};
const deflated = (name: string, content: string | Buffer, more: Partial<SamplePart> = {}): SamplePart => ({
  name,
  content,
  deflated: true,
  ...more,
});

const paragraphs = Array.from({ length: 400 }, (_, index) => `<w:p w14:paraId="00${String(index + 1000)}"><w:r><w:t xml:space="preserve">Điều ${String(index)}: thành phần hồ sơ &amp; thời hạn &lt;5 ngày </w:t></w:r></w:p>`).join(''); // prettier-ignore

/** As Word of Microsoft 365 saves a report with a picture, a chart's table, a link, and the template of its author. */
export function wordDocument(...more: readonly SamplePart[]): Buffer {
  const embedded = spreadsheet();
  return archive([
    deflated(
      '[Content_Types].xml',
      contentTypes(
        { png: 'image/png', jpeg: 'image/jpeg', rels: relsType, xml: 'application/xml', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
        {
          '/word/document.xml': `${docxType}.main+xml`,
          '/customXml/itemProps1.xml': 'application/vnd.openxmlformats-officedocument.customXmlProperties+xml',
          '/word/styles.xml': wordType('styles'),
          '/word/settings.xml': wordType('settings'),
          '/word/fontTable.xml': wordType('fontTable'),
          '/docProps/core.xml': 'application/vnd.openxmlformats-package.core-properties+xml',
        },
      ),
      { padding: growthHint(520) },
    ),
    deflated('_rels/.rels', relationshipsOf(['officeDocument', 'word/document.xml'], [`${packaged}/relationships/metadata/thumbnail`, 'docProps/thumbnail.jpeg']), { padding: growthHint(520) }),
    deflated('word/document.xml', `${declaration}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs}<w:sectPr/></w:body></w:document>`),
    deflated(
      'word/_rels/document.xml.rels',
      relationshipsOf(
        ['styles', 'styles.xml'],
        ['hyperlink', 'https://dichvucong.gov.vn/p/home/dvc-tthc.html?ma=1.012753&amp;x=a%20b', true],
        ['hyperlink', 'mailto:vanthu@example.vn', true],
        ['hyperlink', 'file:///\\\\maychu\\chung\\Quy%20trình.docx', true],
        ['image', 'file:///C:\\Users\\soan\\Pictures\\logo.png', true],
        ['image', 'media/image1.png'],
        ['package', 'embeddings/Microsoft_Excel_Worksheet.xlsx'],
        ['customXml', '../customXml/item1.xml'],
      ),
      { padding: growthHint(264) },
    ),
    deflated('word/media/image1.png', png, { deflated: false }),
    deflated('word/embeddings/Microsoft_Excel_Worksheet.xlsx', embedded),
    deflated('word/embeddings/oleObject1.bin', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1_528), Buffer.from('Root Entry\u0001CompObj\u0001Ole10NativeEquation Native', 'utf16le')])),
    deflated('word/settings.xml', `${declaration}<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:attachedTemplate r:id="rId1"/><w:zoom w:percent="100"/></w:settings>`),
    deflated('word/_rels/settings.xml.rels', relationshipsOf(['attachedTemplate', 'file:///C:\\Users\\soan\\AppData\\Roaming\\Microsoft\\Templates\\Tờ%20trình.dotx', true])),
    deflated('word/styles.xml', `${declaration}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"/></w:styles>`),
    deflated('customXml/item1.xml', '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" SelectedStyle="\\APASixthEditionOfficeOnline.xsl"/>'),
    deflated('customXml/itemProps1.xml', `${declaration}<ds:datastoreItem ds:itemID="{7A1F}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>`),
    deflated('customXml/_rels/item1.xml.rels', relationshipsOf(['customXmlProps', 'itemProps1.xml'])),
    deflated('docProps/thumbnail.jpeg', jpeg),
    deflated('docProps/core.xml', `${declaration}<cp:coreProperties xmlns:cp="${packaged}/metadata/core-properties"><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Tờ trình</dc:title></cp:coreProperties>`),
    ...more,
  ]); // prettier-ignore
}

/** As programs on servers write a table: sizes behind each part, another workbook that it counts on, a query, a link. */
export function spreadsheet(...more: readonly SamplePart[]): Buffer {
  const sheetType = (name: string): string => `application/vnd.openxmlformats-officedocument.spreadsheetml.${name}+xml`;
  const rows = Array.from({ length: 2_000 }, (_, row) => `<row r="${String(row + 1)}"><c r="A${String(row + 1)}" t="inlineStr"><is><t>Dòng ${String(row)}</t></is></c></row>`).join(''); // prettier-ignore
  const described = { described: true };
  return archive([
    deflated('[Content_Types].xml', contentTypes({ rels: relsType, xml: 'application/xml' }, { '/xl/workbook.xml': sheetType('sheet.main'), '/xl/worksheets/sheet1.xml': sheetType('worksheet'), '/xl/externalLinks/externalLink1.xml': sheetType('externalLink') }), described),
    deflated('_rels/.rels', relationshipsOf(['officeDocument', 'xl/workbook.xml']), described),
    deflated('xl/workbook.xml', `${declaration}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>`, described),
    deflated('xl/_rels/workbook.xml.rels', relationshipsOf(['worksheet', 'worksheets/sheet1.xml'], ['externalLink', 'externalLinks/externalLink1.xml']), described),
    deflated('xl/worksheets/sheet1.xml', `${declaration}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`, described),
    deflated('xl/worksheets/_rels/sheet1.xml.rels', relationshipsOf(['hyperlink', 'https://example.vn/?a=1&amp;b=2', true]), described),
    deflated('xl/externalLinks/_rels/externalLink1.xml.rels', relationshipsOf(['externalLinkPath', 'file:///D:\\So%20lieu\\2022.xlsx', true]), described),
    ...more,
  ]); // prettier-ignore
}

const openDocument = 'urn:oasis:names:tc:opendocument:xmlns';
export const odtType = 'application/vnd.oasis.opendocument.text';
export const odsType = 'application/vnd.oasis.opendocument.spreadsheet';

/** The content of an open document, with what stands between its beginning and its body, and in the body. */
export function openDocumentContent(scripts = '<office:scripts/>', body = ''): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content xmlns:office="${openDocument}:office:1.0" xmlns:text="${openDocument}:text:1.0" ` +
    `xmlns:draw="${openDocument}:drawing:1.0" xmlns:script="${openDocument}:script:1.0" xmlns:presentation="${openDocument}:presentation:1.0" ` +
    `xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3">${scripts}` +
    `<office:font-face-decls/><office:automatic-styles/><office:body><office:text>${body}</office:text></office:body></office:document-content>`
  );
}

/** As LibreOffice 7 saves a text or a table: its type first and as it is, empty folders of settings, sizes behind each part. */
export function libreOfficeDocument(
  type = odtType,
  content = openDocumentContent(undefined, libreOfficeBody),
  ...more: readonly SamplePart[]
): Buffer {
  const packed = (name: string, text: string | Buffer): SamplePart => deflated(name, text, { described: true });
  const settings = (names: readonly string[]): readonly SamplePart[] =>
    names.map((name) => ({ name: `Configurations2/${name}/`, content: '' }));
  return archive([
    { name: 'mimetype', content: type },
    { name: 'Thumbnails/thumbnail.png', content: png },
    ...settings(['statusbar', 'toolpanel', 'progressbar', 'images/Bitmaps', 'floater', 'menubar', 'toolbar', 'popupmenu']),
    packed('Configurations2/accelerator/current.xml', '<accel:acceleratorlist xmlns:accel="http://openoffice.org/2001/accel"><accel:item accel:code="KEY_F5" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href=".uno:Navigator"/></accel:acceleratorlist>'),
    packed('styles.xml', '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles office:version="1.3"><office:styles/></office:document-styles>'),
    packed('manifest.rdf', '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'),
    packed('content.xml', content),
    packed('Object 1/content.xml', openDocumentContent('')),
    packed('ObjectReplacements/Object 1', png),
    packed('settings.xml', '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-settings><config:config-item config:name="LinkUpdateMode" config:type="short">1</config:config-item></office:document-settings>'),
    packed('meta.xml', '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta><meta:generator>LibreOffice/7.4.7.2$Linux_X86_64</meta:generator><meta:template xlink:type="simple" xlink:title="Tờ trình" xlink:href="file:///home/soan/to-trinh.ott"/></office:document-meta>'),
    packed('META-INF/manifest.xml', `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">\n<manifest:manifest><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/></manifest:manifest>`),
    ...more,
  ]); // prettier-ignore
}

/** As LibreOffice lists the libraries of Basic in a document that had its window of macros opened: none with a module in it, unless `modules` are given. */
export function basicLibraries(modules = ''): readonly SamplePart[] {
  const head = (what: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE library:${what} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "${what}.dtd">\n<library:${what} xmlns:library="http://openoffice.org/2000/library"`; // prettier-ignore
  return [
    deflated('Basic/Standard/script-lb.xml', `${head('library')} library:name="Standard" library:readonly="false" library:passwordprotected="false">${modules}</library:library>`, { described: true }),
    deflated('Basic/script-lc.xml', `${head('libraries')} xmlns:xlink="http://www.w3.org/1999/xlink">\n <library:library library:name="Standard" library:link="false"/>\n</library:libraries>`, { described: true }),
  ]; // prettier-ignore
}

const libreOfficeBody =
  '<!-- ghi chú: <office:script>không chạy</office:script> -->' +
  '<text:p>Script và macro: xem <text:a xlink:type="simple" xlink:href="https://example.vn/macro:?a=1&amp;b=2" text:style-name="Internet_20_link">macro: một liên kết</text:a></text:p>' +
  '<text:a xlink:type="simple" xlink:href="../Phụ lục.odt"><office:event-listeners/></text:a>' +
  '<draw:frame><draw:object xlink:href="./Object 1" xlink:type="simple" xlink:show="embed"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>' +
  '<draw:custom-shape><office:event-listeners><presentation:event-listener script:event-name="dom:click" presentation:action="next-page"/></office:event-listeners></draw:custom-shape>' +
  '<text:p>Vì &lt;script&gt; là chữ.</text:p>'.repeat(500);

/** As a program prints a report: a table of places, packed streams, a link; told apart by its first bytes alone. */
export function printedPdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (vi-VN) >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.32 841.92] /Contents 4 0 R /Annots [5 0 R] >>',
    '<< /Length 44 >>\nstream\nBT /F1 12 Tf 72 720 Td (Quyet dinh) Tj ET     \nendstream',
    '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.vn) >> >>',
  ];
  let text = '%PDF-1.7\n%\xb5\xb5\xb5\xb5\n';
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const at = text.length;
  text += `xref\n0 6\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${text}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${String(at)}\n%%EOF\n`, 'latin1');
}
