import { BrokenArchive } from './archive.js';
import { attributesOf, resolved, unreadable } from './markup.js';
import type { Tag } from './markup.js';
import { RunsFromElsewhere } from './not-taken.js';
import { isOwnPlace } from './places.js';

/** Fields that start a program or ask one, wherever it is (ECMA-376, part 1, 17.16.5; DDE from its first edition). */
const askingFields: readonly string[] = ['dde', 'ddeauto', 'database'];
/** Fields that take a file in. `INCLUDEPICTURE` is not among them: pictures may be anywhere. */
const fetchingFields: readonly string[] = ['includetext', 'include', 'link', 'rd', 'data'];
const watchedFields = [...askingFields, ...fetchingFields];

/** Stands in a code for what another field says. */
const computed = '\ufffc';
/** Of what is kept of a code; only those of programs that write their data into fields are longer. */
const longestCode = 8_192;
/** Of the white space before a name, and of any name. */
const longestName = 200;
/** Word takes twenty. */
const mostFields = 1_000;

/** What stands before the name of a field, and the name. @throws BrokenArchive when it begins nowhere */
function nameOf(code: string): string {
  const [, before = '', name = ''] = /^([\s"“”\p{Cc}\p{Cf}]*)([a-z]*)/iu.exec(code) ?? [];
  if (before.length > longestName) throw new BrokenArchive(unreadable);
  return name.toLowerCase();
}
/** Of cells, which looks like an address. */
const range = /^(\$?[a-z]{1,3}\$?\d*|r\d*c\d*):(\$?[a-z]{1,3}\$?\d*|r\d*c\d*)$/i;

/** @throws RunsFromElsewhere when a field of that code asks a program, or takes in what may be anybody's */
function mustNotAsk(code: string): void {
  const name = nameOf(code);
  if (askingFields.includes(name)) throw new RunsFromElsewhere(name);
  // Where another field says which this is, nobody knows; a field alone within another is a slip of the hand.
  if (name === '' && code.includes(computed) && /^[\s"“”\p{Cc}\p{Cf}]*\ufffc/u.test(code) && /[^\s\ufffc]/.test(code))
    throw new RunsFromElsewhere('a field that is computed');
  if (!fetchingFields.includes(name)) return;
  const said = code.replace(/[“”]/g, '"').matchAll(/"((?:[^"\\]|\\[^])*)"|(\S+)/g);
  const words = [...said].map(([, quoted, bare = '']) => quoted ?? bare).filter((word) => !range.test(word));
  // A stroke in a code is written twice, and taken by some where it stands once.
  const isOwn = words.every((word) => isOwnPlace(word) && isOwnPlace(word.replaceAll('\\\\', '\\')));
  if (!isOwn || code.includes(computed) || code.length >= longestCode) throw new RunsFromElsewhere(name);
}

interface Field {
  /** As it stands, with what was deleted while changes were tracked. */
  code: string;
  /** Without that. */
  kept: string;
  /** Its result follows. */
  isOver: boolean;
  /** How many elements that are not Word's it began in. */
  readonly within: number;
}

type Said = 'code' | 'text';
const sayings: ReadonlyMap<string, { readonly what: Said; readonly isDeleted: boolean }> = new Map([
  ['instrText', { what: 'code', isDeleted: false }],
  ['delInstrText', { what: 'code', isDeleted: true }],
  ['t', { what: 'text', isDeleted: false }],
  ['delText', { what: 'text', isDeleted: true }],
]);

/**
 * The fields of a text, put together from the runs over which their codes are spread. What is not Word's own may be dropped by those
 * who do not know it, with all within, so a field that is begun on one side and goes on on the other is not taken.
 */
export class Fields {
  private readonly open: Field[] = [];
  private readonly foreign: number[] = [];
  private depth = 0;
  private saying: { readonly what: Said; readonly isDeleted: boolean; readonly depth: number; text: string } | null = null;

  /** @throws RunsFromElsewhere, BrokenArchive */
  begins(tag: Tag, isWords: boolean): void {
    if (this.saying?.what === 'code') throw new BrokenArchive(unreadable);
    if (!tag.isEmpty) this.depth++;
    if (!isWords) {
      if (!tag.isEmpty) this.foreign.push(this.depth);
      return;
    }
    if (tag.name === 'fldSimple') for (const code of attributesOf(tag).get('instr') ?? []) mustNotAsk(code);
    if (tag.name === 'fldChar') this.turns(tag);
    const saying = sayings.get(tag.name);
    if (saying && !tag.isEmpty) this.saying = { ...saying, depth: this.depth, text: '' };
  }

  says(text: string): void {
    const { saying } = this;
    if (saying?.depth === this.depth && saying.text.length < longestCode) saying.text += text.slice(0, longestCode);
  }

  /** @throws RunsFromElsewhere, BrokenArchive */
  ends(): void {
    if (this.saying?.depth === this.depth) {
      const { what, isDeleted, text } = this.saying;
      this.saying = null;
      this.said(resolved(text), what, isDeleted);
    }
    if (this.foreign.at(-1) === this.depth) {
      this.foreign.pop();
      if ((this.open.at(-1)?.within ?? 0) > this.foreign.length) throw new BrokenArchive(unreadable);
    }
    this.depth--;
  }

  /** @throws RunsFromElsewhere */
  finishes(): void {
    for (const field of this.open) mustNotAskOf(field);
  }

  private turns(tag: Tag): void {
    const [turn = '', ...others] = attributesOf(tag).get('fldCharType') ?? [];
    if (others.length > 0) throw new BrokenArchive(unreadable);
    const within = this.foreign.length;
    const last = this.open.at(-1);
    if (turn === 'begin') {
      if (last && !last.isOver && last.within === within) isInterrupted(last);
      if (this.open.push({ code: '', kept: '', isOver: false, within }) > mostFields) throw new BrokenArchive(unreadable);
      return;
    }
    if (!last) return;
    if (last.within !== within) throw new BrokenArchive(unreadable);
    if (!last.isOver) mustNotAskOf(last);
    last.isOver = true;
    if (turn === 'end') this.open.pop();
  }

  private said(text: string, what: Said, isDeleted: boolean): void {
    const last = this.open.at(-1);
    if (last && !last.isOver && last.within === this.foreign.length) {
      if (last.code.length < longestCode) last.code += text;
      if (!isDeleted && last.kept.length < longestCode) last.kept += text;
      return;
    }
    if (what === 'text') return;
    if (last && !last.isOver) throw new BrokenArchive(unreadable);
    // A code of no field, or in a result.
    mustNotAsk(text);
  }
}

function mustNotAskOf({ code, kept }: Field): void {
  mustNotAsk(code);
  if (kept !== code) mustNotAsk(kept);
}

/** Another field begins in a code, perhaps in the middle of its name. */
function isInterrupted(field: Field): void {
  for (const code of [field.code, field.kept]) {
    const beginning = code.slice(0, longestName);
    const name = nameOf(beginning);
    const isNameOpen = /^[\s"“”\p{Cc}\p{Cf}]*[a-z]+$/iu.test(beginning);
    if (isNameOpen && watchedFields.some((watched) => watched.startsWith(name))) throw new RunsFromElsewhere('a field that is computed');
  }
  if (field.code.length < longestCode) field.code += computed;
  if (field.kept.length < longestCode) field.kept += computed;
}
