import { BrokenArchive } from './archive.js';

/** An element where it begins. */
export interface Tag {
  /** Without its prefix, which a document chooses freely. */
  readonly name: string;
  /** Whether it ends where it begins. */
  readonly isEmpty: boolean;
  /** As it is written. */
  readonly text: string;
  /** What its prefix stands for; undefined when nothing says so. */
  readonly namespace: string | undefined;
}

/** What is told of a part, in its order. */
export interface MarkupReader {
  begins(tag: Tag): void;
  ends?(name: string): void;
  /** Characters between tags, in as many pieces as they come, with references as they are written: see `resolved`. */
  says?(text: string): void;
  /** All of it came. */
  finishes?(): void;
}

/** No tag, comment or instruction of a document comes near, even where a program keeps a drawing in an attribute. */
const longest = 4 * 1024 * 1024;
/** Of a tag whose attributes are looked at. */
const longestRead = 1024 * 1024;
const mostAttributes = 1_000;
/** Of elements within each other that declare prefixes. */
const mostScopes = 1_000;
/** Of elements within each other; programs take a few hundred. */
const deepest = 10_000;
/** Says so of a part that readers may take in different ways. */
export const unreadable = 'a part is written in a way that is not taken';

/**
 * Reads XML (1.0, fifth edition) as it is unpacked, as far as tags go. It refuses what readers may take in different ways: another
 * encoding than it was told, entities of the document's own, tags that do not end.
 */
export class Markup {
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private readonly namespaces = new Namespaces();
  private rest = '';
  /** Characters of the rest among which its end was looked for. */
  private looked = 0;
  private quote = '';

  /** @param encoding (Default: UTF-8, and nothing that says otherwise) */
  constructor(
    private readonly reader: MarkupReader,
    private readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' = 'utf-8',
  ) {
    this.decoder = new TextDecoder(encoding, { fatal: true });
  }

  /** @throws BrokenArchive */
  add(bytes: Uint8Array): void {
    this.read(this.decoded(bytes, true));
    if (this.rest.length > longest) throw new BrokenArchive(unreadable);
  }

  /** @throws BrokenArchive */
  end(): void {
    this.read(this.decoded(new Uint8Array(), false));
    if (this.rest !== '') throw new BrokenArchive(unreadable);
    this.reader.finishes?.();
  }

  private decoded(bytes: Uint8Array, stream: boolean): string {
    let text: string;
    try {
      text = this.decoder.decode(bytes, { stream });
    } catch (error) {
      throw new BrokenArchive('it is not written in UTF-8', { cause: error });
    }
    // Another encoding by its look; XML has no such character.
    if (text.includes('\0')) throw new BrokenArchive('it is not written in UTF-8');
    return text;
  }

  private read(more: string): void {
    const text = this.rest + more;
    let at = 0;
    while (at < text.length) {
      const opening = text.indexOf('<', at);
      if (opening !== at) this.reader.says?.(text.slice(at, opening < 0 ? undefined : opening));
      if (opening < 0) {
        at = text.length;
        break;
      }
      at = opening;
      const end = this.markupAt(text, at);
      if (end < 0) {
        this.looked = text.length - at;
        break;
      }
      this.looked = 0;
      at = end;
    }
    this.rest = text.slice(at);
  }

  /** Where the markup that begins there ends; -1 when it has not come whole. */
  private markupAt(text: string, at: number): number {
    const closedBy = (closing: string, opening = 2): number => {
      // Nothing is looked at twice, however long it takes to come.
      const end = text.indexOf(closing, at + Math.max(opening, this.looked - closing.length));
      return end < 0 ? -1 : end + closing.length;
    };
    if (text.startsWith('<?', at)) {
      const end = closedBy('?>');
      if (end >= 0 && this.encoding === 'utf-8' && /^<\?xml\s[^>]*encoding\s*=\s*["'](?!utf-8["'])/i.test(text.slice(at, end)))
        throw new BrokenArchive('it is not written in UTF-8');
      return end;
    }
    if (!text.startsWith('<!', at)) return this.tagAt(text, at);
    if (text.startsWith('<!--', at)) return closedBy('-->', 4);
    if (text.startsWith('<![CDATA[', at)) {
      const end = closedBy(']]>', 9);
      if (end > at + 12)
        this.reader.says?.(
          text
            .slice(at + 9, end - 3)
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;'),
        );
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
    if (this.looked === 0) {
      this.quote = '';
      // Most tags have come whole, and few have a sign in a value that ends a tag.
      const end = text.indexOf('>', at) + 1;
      const tag = text.slice(at, end);
      if (end > 0 && plainTag.test(tag)) {
        this.tell(tag);
        return end;
      }
    }
    for (let index = at + Math.max(1, this.looked); index < text.length; index++) {
      const character = text.charAt(index);
      if (character === '<') throw new BrokenArchive(unreadable);
      if (this.quote !== '') this.quote = character === this.quote ? '' : this.quote;
      else if (character === '"' || character === "'") this.quote = character;
      else if (character === '>') {
        this.tell(text.slice(at, index + 1));
        return index + 1;
      }
    }
    return -1;
  }

  private tell(text: string): void {
    const [, prefix = '', name = ''] = /^<\/?(?:([^\s<>/:]*):)?([^\s<>/:]+)/.exec(text) ?? [];
    if (text.startsWith('</')) {
      this.reader.ends?.(name);
      this.namespaces.leave();
      return;
    }
    const isEmpty = text.endsWith('/>');
    this.namespaces.enter(text);
    this.reader.begins({ name, isEmpty, text, namespace: this.namespaces.of(prefix) });
    if (isEmpty) this.namespaces.leave();
  }
}

const plainTag = /^<[^<>"']*(?:"[^"<]*"[^<>"']*)*>$/;

/** What prefixes stand for (Namespaces in XML 1.0, 6.1), where one is. */
class Namespaces {
  private readonly bound = new Map<string, string[]>();
  private readonly scopes: { readonly depth: number; readonly prefixes: readonly string[] }[] = [];
  private depth = 0;

  of(prefix: string): string | undefined {
    return this.bound.get(prefix)?.at(-1);
  }

  /** @throws BrokenArchive */
  enter(text: string): void {
    if (++this.depth > deepest) throw new BrokenArchive(unreadable);
    if (!text.includes('xmlns')) return;
    const prefixes: string[] = [];
    for (const { prefix, name, value } of eachAttribute(text)) {
      if (prefix !== 'xmlns' && !(prefix === '' && name === 'xmlns')) continue;
      const declared = prefix === '' ? '' : name;
      const all = this.bound.get(declared);
      if (all) all.push(value);
      else this.bound.set(declared, [value]);
      prefixes.push(declared);
    }
    if (prefixes.length > 0 && this.scopes.push({ depth: this.depth, prefixes }) > mostScopes) throw new BrokenArchive(unreadable);
  }

  leave(): void {
    if (this.scopes.at(-1)?.depth === this.depth) for (const prefix of this.scopes.pop()?.prefixes ?? []) this.bound.get(prefix)?.pop();
    this.depth--;
  }
}

interface Attribute {
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
}

/** @throws BrokenArchive */
function* eachAttribute(text: string): Generator<Attribute, void, undefined> {
  if (text.length > longestRead) throw new BrokenArchive(unreadable);
  let count = 0;
  for (const [, prefix = '', name = '', one, other] of text.matchAll(
    /\s(?:([^\s=<>"'/:]*):)?([^\s=<>"'/:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    if (++count > mostAttributes) throw new BrokenArchive(unreadable);
    yield { prefix, name, value: resolved(one ?? other ?? '') };
  }
}

/** The attributes by their names without prefix, references resolved. Of two with one name both values stand, one after the other. @throws BrokenArchive */
export function attributesOf({ text }: Tag): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, value } of eachAttribute(text)) {
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its references to characters (XML 1.0, 4.1). */
export const resolved = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (_whole, hexadecimal?: string, decimal?: string, name = '') => {
    if (hexadecimal === undefined && decimal === undefined) return named[String(name)] ?? '';
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
