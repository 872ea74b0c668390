import { describe, expect, it } from '@jest/globals';
import { docx, docxType, pdf, zip } from '../../../test/support/sample-files.js';
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

  it('is not taken where it would fill the memory of whoever opens it', async () => {
    expect(await codeOf(docx('x', 300 * 1024 * 1024), docxType)).toBe('file-type-not-allowed');
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`word/${String(index)}`, '']));
    const types = { '[Content_Types].xml': `<Override ContentType="${docxType}.main+xml"/>` };
    expect(await codeOf(zip({ ...types, ...many }), docxType)).toBe('file-type-not-allowed');
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
