import { BrokenArchive } from './archive.js';
import { Markup, attributesOf } from './markup.js';
import type { MarkupReader } from './markup.js';
import { HasMacros, RunsFromElsewhere } from './not-taken.js';
import { openDocumentReaders } from './open-document.js';
import { isOwnPlace, leadsElsewhere } from './places.js';

/** Looks at a part while it is unpacked. */
export interface Watch {
  add(bytes: Buffer): void;
  end(): void;
}

const macroParts =
  /(^|\/)(vbaproject|vbadata|vbaprojectsignature)[^/]*$|(^|\/)macrosheets\/|(^|\/)scripts\/[^]|(^|\/)basic\/(?!([^/]+\/)?(script-l[bc]\.xml)?$)/i;
const macroTypes = /macroenabled|vbaproject|vbadata|macrosheet/i;

/**
 * What is looked for in a part of that name; names are taken in either case, as those who open it take them.
 * @param onType Told of each type that the document says its parts have. @throws HasMacros
 */
export function watchesOf(name: string, onType: (type: string) => void): readonly Watch[] {
  if (macroParts.test(name)) throw new HasMacros(name);
  const folded = name.toLowerCase();
  const readers: MarkupReader[] = [];
  if (isTypeList(name)) readers.push(types(onType));
  if (folded.endsWith('.rels')) readers.push(relationships);
  readers.push(...openDocumentReaders(folded));
  return [new Bytes(), ...readers.map((reader) => new Markup(reader))];
}

/** Whether this is where Office Open XML says which types its parts have (ISO/IEC 29500-2, 7.2.3). */
export const isTypeList = (name: string): boolean => name.toLowerCase() === '[content_types].xml';

/** @throws HasMacros when a part is of a type that holds them */
export function mustNameNoMacros(types: readonly string[]): void {
  for (const type of types) if (macroTypes.test(type)) throw new HasMacros(type);
}

const types = (onType: (type: string) => void): MarkupReader => ({
  begins(tag) {
    if (tag.text.includes('&')) throw new BrokenArchive('its types are written in a way that is not taken');
    for (const type of attributesOf(tag).get('ContentType') ?? []) onType(type.trim());
  },
});

/** Relationships by the last word of their type. Links, pictures and other workbooks lead elsewhere too, and nothing of them runs. */
const macroRelationships = /^(vbaproject|wordvbadata|vbaprojectsignature\w*|xl(intl)?macrosheet)$/;
/** A document without them shows the same; what they lead to runs wherever it comes from. */
const runningRelationships = /^(frame|afchunk|control|activexcontrol\w*)$/;
/** What office programs write with the place where its author has it: a template, an object that is a file, a chart's workbook, a part of a long document. */
const linkedRelationships = /^(attachedtemplate|oleobject|package|subdocument)$/;

const relationships: MarkupReader = {
  begins(tag) {
    if (tag.name !== 'Relationship') return;
    const attributes = attributesOf(tag);
    const isExternal = (attributes.get('TargetMode') ?? []).some((mode) => /external/i.test(mode));
    const elsewhere = (attributes.get('Target') ?? []).filter((target) => isExternal || leadsElsewhere(target));
    for (const type of attributes.get('Type') ?? []) {
      const kind = type.trim().replace(/^.*\//s, '').toLowerCase();
      if (macroRelationships.test(kind)) throw new HasMacros(type);
      if (elsewhere.length > 0 && runningRelationships.test(kind)) throw new RunsFromElsewhere(type);
      if (linkedRelationships.test(kind) && !elsewhere.every(isOwnPlace)) throw new RunsFromElsewhere(type);
    }
  },
};

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
