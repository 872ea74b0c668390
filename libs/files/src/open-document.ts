import { BrokenArchive } from './archive.js';
import { asksElsewhere } from './formulas.js';
import { attributesOf } from './markup.js';
import type { MarkupReader, Tag } from './markup.js';
import { HasMacros, RunsFromElsewhere } from './not-taken.js';
import { isOwnPlace, leadsElsewhere } from './places.js';

const manifest: MarkupReader = {
  begins({ name }) {
    if (name === 'encryption-data') throw new BrokenArchive('it is encrypted');
  },
};

/** Addresses by which an office program runs what stands in it, in a document or on the disk. */
const runs = /^(macro|vnd\.sun\.star\.(script|expand)):/;
const commands = /^(\.uno|slot|service):/;
const addressed = (tag: Tag): readonly string[] =>
  tag.text.includes('href') ? (attributesOf(tag).get('href') ?? []).map((href) => href.replace(/[\s\p{Cc}]/gu, '').toLowerCase()) : [];

/** Tool bars name commands of the program. */
const configuration: MarkupReader = {
  begins(tag) {
    if (addressed(tag).some((href) => runs.test(href))) throw new HasMacros(tag.name);
  },
};

/** LibreOffice lists its libraries of Basic in documents that have none: `Standard`, empty. What is in one, or leads to one, is a macro. */
const libraryList: MarkupReader = {
  begins(tag) {
    const isLinked = (attributesOf(tag).get('link') ?? []).some((link) => link !== 'false');
    if (!/^librar(ies|y)$/.test(tag.name) || isLinked || addressed(tag).length > 0) throw new HasMacros(tag.name);
  },
  says(text) {
    if (/\S/.test(text)) throw new HasMacros('a library');
  },
};

/** Which part is read how. */
const readersByName: readonly (readonly [name: RegExp, reader: () => MarkupReader])[] = [
  [/^meta-inf\/manifest\.xml$/, () => manifest],
  [/(^|\/)(content|styles|settings|meta)\.xml$/, () => new OpenDocument()],
  [/(^|\/)configurations2\/([^/]+\/)?[^/]*\.xml$/, () => configuration],
  [/(^|\/)basic\/([^/]+\/)?script-l[bc]\.xml$/, () => libraryList],
];

/** How OpenDocument's parts of that name, in lower case, are read. */
export const openDocumentReaders = (name: string): readonly MarkupReader[] =>
  readersByName.filter(([names]) => names.test(name)).map(([, reader]) => reader());

/** What a click in a presentation may do; the others start a program or an object. */
const harmlessActions = /^(none|previous-page|next-page|first-page|last-page|last-visited-page|hide|show|stop|fade-out|sound)$/;
const libraries = new Set(['libraries', 'library-embedded']);
/** Programs within the document, and channels to programs beside it (OpenDocument 1.3, part 3, 10.4.7, 14.6, 19.27). */
const askingElements = new Set(['applet', 'dde-source', 'dde-connection-decl']);

const leadsOut = (address: string): boolean => leadsElsewhere(address) || /^(\.\.)?[\\/]/.test(address);
const leadsAway = (address: string): boolean => !isOwnPlace(address);
/** What is opened or fetched with the document, by the attribute that says whence, and which places are refused. */
const fetched: ReadonlyMap<string, readonly [attribute: string, isRefused: (address: string) => boolean]> = new Map([
  ['floating-frame', ['href', leadsOut]],
  ['object', ['href', leadsAway]],
  ['object-ole', ['href', leadsAway]],
  ['plugin', ['href', leadsAway]],
  ['section-source', ['href', leadsAway]],
  ['template', ['href', leadsAway]],
  ['auto-reload', ['href', leadsAway]],
  ['connection-resource', ['href', leadsAway]],
  ['form', ['datasource', leadsAway]],
  ['instance', ['src', leadsAway]],
]);

/** Scripts and what starts them (OpenDocument 1.3, part 3, 3.13, 4.7, 7.7.9, 10.4, 14.4). An empty list of scripts stands in every document. */
class OpenDocument implements MarkupReader {
  private isInScript = false;

  begins(tag: Tag): void {
    const { name, isEmpty } = tag;
    const hrefs = addressed(tag);
    if (this.isInScript && !libraries.has(name)) throw new HasMacros(name);
    if (name === 'execute-macro' || hrefs.some((href) => runs.test(href) || commands.test(href))) throw new HasMacros(name);
    if (name === 'event-listener' && !isHarmless(tag)) throw new HasMacros(name);
    if (name === 'script') {
      if (hrefs.length > 0) throw new HasMacros(name);
      this.isInScript = !isEmpty;
    }
    mustNotFetch(tag);
    if (/formula|expression|condition/.test(tag.text)) mustNotAsk(tag);
  }

  ends(name: string): void {
    if (name === 'script') this.isInScript = false;
  }

  says(text: string): void {
    if (this.isInScript && /\S/.test(text)) throw new HasMacros('script');
  }
}

function isHarmless(tag: Tag): boolean {
  const attributes = attributesOf(tag);
  const actions = attributes.get('action') ?? [];
  return (
    actions.length > 0 &&
    actions.every((action) => harmlessActions.test(action)) &&
    !attributes.has('macro-name') &&
    !attributes.has('language')
  );
}

function mustNotFetch(tag: Tag): void {
  if (askingElements.has(tag.name)) throw new RunsFromElsewhere(tag.name);
  const [attribute, isRefused] = fetched.get(tag.name) ?? [];
  if (attribute === undefined || isRefused === undefined) return;
  if ((attributesOf(tag).get(attribute) ?? []).some(isRefused)) throw new RunsFromElsewhere(tag.name);
}

/** Formulas stand in cells, named expressions, conditions and fields. Those under `msoxl:` are Excel's. */
function mustNotAsk(tag: Tag): void {
  const attributes = attributesOf(tag);
  for (const name of ['formula', 'expression', 'condition'])
    for (const formula of attributes.get(name) ?? [])
      if (asksElsewhere(formula, /^\s*msoxl:/i.test(formula) ? 'excel' : 'open-document')) throw new RunsFromElsewhere(tag.name);
}
