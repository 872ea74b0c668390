import { BrokenArchive } from './archive.js';
import { asksElsewhere, longestFormula } from './formulas.js';
import { attributesOf, resolved, unreadable } from './markup.js';
import type { MarkupReader, Tag } from './markup.js';
import { HasMacros, RunsFromElsewhere } from './not-taken.js';
import { isOwnPlace, leadsElsewhere } from './places.js';
import { Fields } from './word-fields.js';

/** Whether this is where Office Open XML says which types its parts have (ISO/IEC 29500-2, 7.2.3). */
export const isTypeList = (name: string): boolean => name.toLowerCase() === '[content_types].xml';

const macroTypes = /macroenabled|vbaproject|vbadata|macrosheet/i;
/** Programs that the document brings, and what is merged into it when it is opened and not looked into here. */
const runningTypes = /webextension|^(text|application)\/(html|rtf|xhtml\+xml)|^message\/|^multipart\/|mimearchive/i;

/** @throws HasMacros, RunsFromElsewhere when a part is of a type that holds what runs */
export function mustNotBeOfTypes(types: readonly string[]): void {
  for (const type of types) {
    if (macroTypes.test(type)) throw new HasMacros(type);
    if (runningTypes.test(type)) throw new RunsFromElsewhere(type);
  }
}

const types = (onType: (type: string) => void): MarkupReader => ({
  begins(tag) {
    if (tag.text.includes('&')) throw new BrokenArchive('its types are written in a way that is not taken');
    for (const type of attributesOf(tag).get('ContentType') ?? []) onType(type.trim());
  },
});

/** Relationships by the last word of their type. Links, pictures and other workbooks lead elsewhere too, and nothing of them runs. */
const macroRelationships = /^(vbaproject|wordvbadata|vbaprojectsignature\w*|xl(intl)?macrosheet)$/;
/** Programs for the margin of a document, wherever they are. */
const programRelationships = /^webextension/;
/** A document without them shows the same; what they lead to runs wherever it comes from. */
const runningRelationships = /^(frame|afchunk|control|activexcontrol\w*)$/;
/** What office programs write with the place where its author has it: a template, an object that is a file, a chart's workbook, a part of a long document, the addresses of a letter. */
const linkedRelationships = /^(attachedtemplate|oleobject|package|subdocument|mailmerge\w*|transform)$/;

const relationships: MarkupReader = {
  begins(tag) {
    if (tag.name !== 'Relationship') return;
    const attributes = attributesOf(tag);
    const isExternal = (attributes.get('TargetMode') ?? []).some((mode) => /external/i.test(mode));
    const elsewhere = (attributes.get('Target') ?? []).filter((target) => isExternal || leadsElsewhere(target));
    for (const type of attributes.get('Type') ?? []) {
      const kind = type.trim().replace(/^.*\//s, '').toLowerCase();
      if (macroRelationships.test(kind)) throw new HasMacros(type);
      if (programRelationships.test(kind)) throw new RunsFromElsewhere(type);
      if (elsewhere.length > 0 && runningRelationships.test(kind)) throw new RunsFromElsewhere(type);
      if (linkedRelationships.test(kind) && !elsewhere.every(isOwnPlace)) throw new RunsFromElsewhere(type);
    }
  },
};

/** How Office Open XML's lists of that name are read. @param onType Told of each type that the document says its parts have. */
export function listReaders(name: string, onType: (type: string) => void): readonly MarkupReader[] {
  if (isTypeList(name)) return [types(onType)];
  return name.toLowerCase().endsWith('.rels') ? [relationships] : [];
}

/** The controls of Microsoft Forms 2.0, which are what they look like: a button, a field, a picture. Any other class is a program. */
const forms = new Set([
  'd7053240-ce69-11cd-a777-00dd01143c57',
  '978c9e23-d4b0-11ce-bf2d-00aa003f40d0',
  '8bd21d10-ec42-11ce-9e0d-00aa006002f3',
  '8bd21d20-ec42-11ce-9e0d-00aa006002f3',
  '8bd21d30-ec42-11ce-9e0d-00aa006002f3',
  '8bd21d40-ec42-11ce-9e0d-00aa006002f3',
  '8bd21d50-ec42-11ce-9e0d-00aa006002f3',
  '8bd21d60-ec42-11ce-9e0d-00aa006002f3',
  'dfd181e0-5e2f-11ce-a449-00aa004a803d',
  '79176fb0-b7f2-11ce-97ef-00aa006d2776',
  '4c599241-6926-101b-9992-00000b65c6f9',
  '6e182020-f460-11ce-9bcd-00aa00608e01',
  'eae50eb0-4a62-11ce-bed6-00aa00c80a1b',
  '46e31370-3f7a-11ce-bed6-00aa00611080',
]);

const isSet = (value: string): boolean => !/^(0|false|)$/i.test(value.trim());
const isAway = (address: string): boolean => !isOwnPlace(address);
/** Whether a connection in words, which no program writes longer, names a place that may be anybody's. */
const namesAway = (connection: string): boolean =>
  connection.length > 64 * 1024 || connection.split(/[;"'=,\s]/).some((word) => /\/\/|\\\\/.test(word) && isAway(word));

type Rule = readonly [attribute: string, isRefused: (value: string) => boolean, refusal?: typeof HasMacros];
const always: Rule = ['', () => true];
/** What acts when a document is opened or is touched, by the element and by the attribute that says so. */
const rules: ReadonlyMap<string, readonly Rule[]> = new Map<string, readonly Rule[]>([
  // Excel: channels to programs, names that start by themselves, data that are fetched without being asked for.
  ['ddeLink', [always]],
  ['definedName', [['name', (name) => /^_xlnm\.auto_/i.test(name), HasMacros]]],
  ['connection', [['refreshOnLoad', isSet], ['interval', isSet], ['odcFile', isAway], ['sourceFile', isAway]]],
  ['queryTable', [['refreshOnLoad', isSet]]],
  ['dbPr', [['connection', namesAway]]],
  ['webPr', [['url', isAway]]],
  // Word: the addresses of a letter, packs of programs for a schema, films that are pages.
  ['connectString', [['val', namesAway]]],
  ['udl', [['val', namesAway]]],
  ['schema', [['manifestLocation', isAway]]],
  ['webVideoPr', [always]],
  // Any: programs by the name of their file, controls, programs for the margin, a click that starts a program.
  ['property', [['name', (name) => /^_Assembly(Name|Location)/i.test(name), HasMacros]]],
  ['ocx', [['classid', (id) => !forms.has(id.replace(/[{}\s]/g, '').toLowerCase())]]],
  ['webextension', [always]],
  ['taskpane', [always]],
  ['hlinkClick', [['action', (action) => /^ppaction:\/\/(program|macro)/i.test(action.trim())]]],
  ['hlinkHover', [['action', (action) => /^ppaction:\/\/(program|macro)/i.test(action.trim())]]],
  ['hlinkMouseOver', [['action', (action) => /^ppaction:\/\/(program|macro)/i.test(action.trim())]]],
]); // prettier-ignore

const formulas = new Set([
  'f',
  'definedName',
  'formula',
  'formula1',
  'formula2',
  'calculatedColumnFormula',
  'totalsRowFormula',
  'oldFormula',
]);

const spreadsheets =
  /^http:\/\/(schemas\.openxmlformats\.org\/spreadsheetml|purl\.oclc\.org\/ooxml\/spreadsheetml|schemas\.microsoft\.com\/office\/(excel|spreadsheetml))\//;
const mathematics = /^http:\/\/(schemas\.openxmlformats\.org\/officeDocument\/2006|purl\.oclc\.org\/ooxml\/officeDocument)\/math$/;
const wordprocessing = /^http:\/\/(schemas\.openxmlformats\.org\/wordprocessingml\/2006|purl\.oclc\.org\/ooxml\/wordprocessingml)\/main$/;
const office = /^(http:\/\/schemas\.(openxmlformats\.org|microsoft\.com)\/|http:\/\/purl\.oclc\.org\/ooxml\/|urn:schemas-microsoft-com:)/;
/** Parts that are taken for what they look like where nothing says of which vocabulary they are. */
const roots = new Set(['document', 'hdr', 'ftr', 'footnotes', 'endnotes', 'comments', 'glossaryDocument', 'settings', 'workbook', 'worksheet', 'externalLink', 'connections', 'Properties', 'svg']); // prettier-ignore

interface Vocabulary {
  /** Of texts: other elements may be dropped by one reader and taken by another. */
  readonly isWords: boolean;
  readonly isOffice: boolean;
  readonly isSheets: boolean;
}
/** No program writes more into a part. */
const mostVocabularies = 10_000;

/** A part in XML, whatever it is called: only its relationships say which one it is. */
export class OfficePart implements MarkupReader {
  private readonly fields = new Fields();
  private root: Tag | null = null;
  private readonly vocabularies = new Map<string, Vocabulary>();
  private bare: Vocabulary = { isWords: false, isOffice: false, isSheets: false };
  private depth = 0;
  private formula: { readonly depth: number; text: string } | null = null;
  private isRefreshed = false;

  begins(tag: Tag): void {
    if (!tag.isEmpty) this.depth++;
    if (!this.root) {
      this.root = tag;
      const isKnown = roots.has(tag.name);
      this.bare = { isWords: isKnown, isOffice: isKnown, isSheets: /^work(book|sheet)$/.test(tag.name) };
    }
    const { name, namespace } = tag;
    this.mustNotDraw(tag);
    const { isWords, isOffice, isSheets } = this.vocabularyOf(namespace);
    this.fields.begins(tag, isWords);
    if (!isOffice) return;
    mustKeep(tag, rules.get(name));
    if (isSheets) {
      if (this.formula) throw new BrokenArchive(unreadable);
      if (formulas.has(name) && !tag.isEmpty) this.formula = { depth: this.depth, text: '' };
    }
    if (name === 'pivotCacheDefinition') this.isRefreshed = (attributesOf(tag).get('refreshOnLoad') ?? []).some(isSet);
    if (name === 'cacheSource' && this.isRefreshed) mustKeep(tag, [['type', (type) => type.trim() !== 'worksheet']]);
  }

  says(text: string): void {
    this.fields.says(text);
    if (this.formula?.depth === this.depth && this.formula.text.length <= longestFormula) this.formula.text += text;
  }

  ends(): void {
    this.fields.ends();
    if (this.formula?.depth === this.depth) {
      const { text } = this.formula;
      this.formula = null;
      if (asksElsewhere(resolved(text), 'excel')) throw new RunsFromElsewhere('a formula');
    }
    this.depth--;
  }

  finishes(): void {
    this.fields.finishes();
  }

  /** Looked up, since every element asks. */
  private vocabularyOf(namespace: string | undefined): Vocabulary {
    if (namespace === undefined) return this.bare;
    let known = this.vocabularies.get(namespace);
    if (!known) {
      if (this.vocabularies.size >= mostVocabularies) throw new BrokenArchive(unreadable);
      known = {
        isWords: wordprocessing.test(namespace) || mathematics.test(namespace),
        isOffice: office.test(namespace),
        isSheets: spreadsheets.test(namespace),
      };
      this.vocabularies.set(namespace, known);
    }
    return known;
  }

  /** A drawing may be opened by what runs scripts in it. */
  private mustNotDraw(tag: Tag): void {
    if (this.root?.name !== 'svg') return;
    if (tag.name === 'script' || /\son[a-z]{1,40}\s*=/i.test(tag.text)) throw new HasMacros(tag.name);
    if (!tag.text.includes('href')) return;
    const hrefs = attributesOf(tag).get('href') ?? [];
    if (hrefs.some((href) => /^(javascript|vbscript):/i.test(href.replace(/[\s\p{Cc}]/gu, '')))) throw new HasMacros(tag.name);
  }
}

function mustKeep(tag: Tag, all: readonly Rule[] | undefined): void {
  if (!all) return;
  const attributes = attributesOf(tag);
  for (const [attribute, isRefused, Refusal = RunsFromElsewhere] of all) {
    const values = attribute === '' ? [''] : (attributes.get(attribute) ?? []);
    if (values.some(isRefused)) throw new Refusal(tag.name);
  }
}
