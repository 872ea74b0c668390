import { BrokenArchive } from './archive.js';

/** An element where it begins. */
export interface Tag {
  /** Without its prefix, which a document chooses freely. */
  readonly name: string;
  /** Whether it ends where it begins. */
  readonly isEmpty: boolean;
  /** As it is written. */
  readonly text: string;
}

/** What is told of a part, in its order. */
export interface MarkupReader {
  begins(tag: Tag): void;
  ends?(name: string): void;
  /** Characters between tags, white space left out. */
  says?(): void;
}

/** No tag, comment or instruction of a document comes near. */
const longest = 1024 * 1024;
const mostAttributes = 1_000;
const unreadable = 'a part is written in a way that is not taken';

/**
 * Reads XML (1.0, fifth edition) as it is unpacked, as far as tags go. It refuses what readers may take in different ways: another
 * encoding than UTF-8, entities of the document's own, tags that do not end.
 */
export class Markup {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private rest = '';
  private isAtStart = true;

  constructor(private readonly reader: MarkupReader) {}

  /** @throws BrokenArchive */
  add(bytes: Uint8Array): void {
    this.read(this.decoded(bytes, true));
    if (this.rest.length > longest) throw new BrokenArchive(unreadable);
  }

  /** @throws BrokenArchive */
  end(): void {
    this.read(this.decoded(new Uint8Array(), false));
    if (this.rest !== '') throw new BrokenArchive(unreadable);
  }

  private decoded(bytes: Uint8Array, stream: boolean): string {
    let text: string;
    try {
      text = this.decoder.decode(bytes, { stream });
    } catch (error) {
      throw new BrokenArchive('it is not written in UTF-8', { cause: error });
    }
    // UTF-16 by its look; XML has no such character.
    if (text.includes('\0')) throw new BrokenArchive('it is not written in UTF-8');
    return text;
  }

  private read(more: string): void {
    const text = this.rest + more;
    let at = 0;
    while (at < text.length) {
      const opening = text.indexOf('<', at);
      if (/\S/.test(text.slice(at, opening < 0 ? undefined : opening))) this.reader.says?.();
      if (opening < 0) {
        at = text.length;
        break;
      }
      at = opening;
      const end = this.markupAt(text, at);
      if (end < 0) break;
      at = end;
    }
    this.rest = text.slice(at);
  }

  /** Where the markup that begins there ends; -1 when it has not come whole. */
  private markupAt(text: string, at: number): number {
    const closedBy = (closing: string): number => {
      const end = text.indexOf(closing, at);
      return end < 0 ? -1 : end + closing.length;
    };
    if (text.startsWith('<?', at)) {
      const end = closedBy('?>');
      if (end >= 0 && /^<\?xml\s[^>]*encoding\s*=\s*["'](?!utf-8["'])/i.test(text.slice(at, end)))
        throw new BrokenArchive('it is not written in UTF-8');
      return end;
    }
    if (!text.startsWith('<!', at)) return this.tagAt(text, at);
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      return end < 0 ? -1 : end + 3;
    }
    if (text.startsWith('<![CDATA[', at)) {
      const end = closedBy(']]>');
      if (end > at + 12) this.reader.says?.();
      return end;
    }
    // May become one of these.
    if (text.length < at + 9) return -1;
    const end = closedBy('>');
    // Without declarations of its own nothing is named that could stand for a tag; nobody fetches those of another file.
    if (!text.startsWith('<!DOCTYPE', at) || text.slice(at, end < 0 ? undefined : end).includes('[')) throw new BrokenArchive(unreadable);
    return end;
  }

  private tagAt(text: string, at: number): number {
    let quote = '';
    for (let index = at + 1; index < text.length; index++) {
      const character = text.charAt(index);
      if (character === '<') throw new BrokenArchive(unreadable);
      if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === '"' || character === "'") quote = character;
      else if (character === '>') {
        this.tell(text.slice(at, index + 1));
        return index + 1;
      }
    }
    return -1;
  }

  private tell(text: string): void {
    const name = /^<\/?(?:[^\s<>/:]*:)?([^\s<>/:]+)/.exec(text)?.[1] ?? '';
    if (text.startsWith('</')) this.reader.ends?.(name);
    else this.reader.begins({ name, isEmpty: text.endsWith('/>'), text });
  }
}

/** The attributes by their names without prefix, references resolved. Of two with one name both values stand, one after the other. @throws BrokenArchive */
export function attributesOf({ text }: Tag): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let count = 0;
  for (const [, name = '', one, other] of text.matchAll(/\s(?:[^\s=<>"'/:]*:)?([^\s=<>"'/:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (++count > mostAttributes) throw new BrokenArchive(unreadable);
    const values = found.get(name) ?? [];
    values.push(resolved(one ?? other ?? ''));
    found.set(name, values);
  }
  return found;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const resolved = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (_whole, hexadecimal?: string, decimal?: string, name = '') => {
    if (hexadecimal === undefined && decimal === undefined) return named[String(name)] ?? '';
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
