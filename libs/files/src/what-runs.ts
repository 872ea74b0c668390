import { BrokenArchive } from './archive.js';
import { Markup } from './markup.js';
import { HasMacros } from './not-taken.js';
import { OfficePart, listReaders } from './office-open-xml.js';
import { openDocumentReaders } from './open-document.js';

/** Looks at a part while it is unpacked. */
export interface Watch {
  add(bytes: Buffer): void;
  end(): void;
}

const macroParts =
  /(^|\/)(vbaproject|vbadata|vbaprojectsignature)[^/]*$|(^|\/)macrosheets\/|(^|\/)scripts\/[^]|(^|\/)basic\/(?!([^/]+\/)?(script-l[bc]\.xml)?$)/i;

/**
 * What is looked for in a part of that name; names are taken in either case, as those who open it take them.
 * @param onType Told of each type that the document says its parts have. @throws HasMacros
 */
export function watchesOf(name: string, onType: (type: string) => void): readonly Watch[] {
  if (macroParts.test(name)) throw new HasMacros(name);
  const readers = [...listReaders(name, onType), ...openDocumentReaders(name.toLowerCase())];
  return [new Bytes(), new AnyMarkup(), ...readers.map((reader) => new Markup(reader))];
}

/** The stream that every project of macros has, whatever its file is called, as it stands in the directory of a compound file: UTF-16. */
const projects = /_\0v\0b\0a\0_\0p\0r\0o\0j\0e\0c\0t\0/i;
/** A file with macros packed within a compound file: the names of its parts are not. */
const packedProjects = /vbaproject\.bin|xl\/macrosheets\//i;
/** An entry of an archive's list (APPNOTE.TXT 6.3, 4.3.12), with versions and a way of packing that are in use. */
const archived = /PK\x01\x02[^][\x00-\x13][\x0a-\x3f]\0[^]{2}[\x00\x08\x09\x0c\x0e]\0/;
const compoundBeginning = Buffer.from('d0cf11e0a1b11ae1', 'hex').toString('latin1');
/** Before Office Open XML, Word packed projects so. */
const kindOf = (beginning: string): 'compound' | 'archive' | 'projects' | 'other' =>
  beginning.startsWith(compoundBeginning)
    ? 'compound'
    : beginning.startsWith('PK\x03\x04')
      ? 'archive'
      : beginning.startsWith('ActiveMime')
        ? 'projects'
        : 'other';
/** Of what was looked at, so that nothing hides where two pieces meet. */
const overlap = 32;

/** Looks wherever it may stand: a beginning that is moved by a byte still opens in one program or another. */
class Bytes implements Watch {
  private before = '';
  private kind: ReturnType<typeof kindOf> | null = null;

  add(bytes: Buffer): void {
    const text = this.before + bytes.toString('latin1');
    this.kind ??= kindOf(text);
    if (this.kind === 'projects' || projects.test(text)) throw new HasMacros('a project');
    if (this.kind === 'compound' && packedProjects.test(text)) throw new HasMacros('a project in a packed file');
    // One that begins as it should is unpacked itself.
    if (this.kind === 'other' && archived.test(text)) throw new BrokenArchive('a part hides an archive');
    this.before = text.slice(-overlap);
  }

  end(): void {
    // All was looked at as it came.
  }
}

/** Encodings that some readers of XML know by its first bytes (XML 1.0, F.1), and nobody writes. */
const unwritten = /^(0000feff|fffe0000|0000003c|3c000000|4c6fa794)/;
/** Enough to tell XML, which has no control characters, from a font or a picture that happens to begin like it. */
const beginningBytes = 256;

/** The encoding of what is XML by its beginning; null when no reader takes it for XML. @throws BrokenArchive */
function encodingOf(beginning: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const first = beginning.toString('hex', 0, 4);
  if (unwritten.test(first)) throw new BrokenArchive('it is not written in UTF-8');
  const encoding = /^(feff|003c)/.test(first) ? 'utf-16be' : /^(fffe|3c00)/.test(first) ? 'utf-16le' : 'utf-8';
  const whole = beginning.subarray(0, beginning.length & ~1);
  const text = new TextDecoder(encoding).decode(encoding === 'utf-8' ? beginning : whole);
  return /^\s*</.test(text) && !/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(text) ? encoding : null;
}

/** Reads a part as XML where it is, whatever its name: which part is the text or a sheet, names do not say. */
class AnyMarkup implements Watch {
  private beginning = Buffer.alloc(0);
  private markup: Markup | null | undefined;

  add(bytes: Buffer): void {
    if (this.markup !== undefined) {
      this.markup?.add(bytes);
      return;
    }
    this.beginning = Buffer.concat([this.beginning, bytes]);
    // White space may stand before everything.
    const blank = this.beginning.findIndex((byte) => ![0x20, 0x09, 0x0a, 0x0d].includes(byte));
    this.beginning = blank < 0 ? Buffer.alloc(0) : this.beginning.subarray(blank);
    if (this.beginning.length >= beginningBytes) this.begin();
  }

  end(): void {
    if (this.markup === undefined) this.begin();
    this.markup?.end();
  }

  private begin(): void {
    const encoding = encodingOf(this.beginning.subarray(0, beginningBytes));
    this.markup = encoding === null ? null : new Markup(new OfficePart(), encoding);
    this.markup?.add(this.beginning);
  }
}
