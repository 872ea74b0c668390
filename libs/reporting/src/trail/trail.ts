import { noPerson } from '#event-store';
import type { RecordedEvent, RefusedCommand } from '#event-store';
import { idsIn } from '#platform';
import { isProcedureStream, procedureIdOf, procedureStream, refusedType, searchWords } from '#procedures';
import { column, groupProjection, table } from '#processors';
import type { RowIn } from '#processors';
import { reviewTaskId } from '#worklist';
import { actionOfType } from './action-of-type.js';

const tables = {
  /** In which procedure's stream a question to units is asked, or about which it is: what units answer does not say. */
  links: table({ name: 'trail_links', key: ['stream'], subject: 'about', columns: { stream: column.text, about: column.text } }),
  events: table({
    name: 'trail',
    key: ['position'],
    subject: 'stream',
    isWrittenOnly: true,
    columns: {
      position: column.bigint,
      stream: column.text,
      revision: column.integer,
      recorded_at: column.instant,
      type: column.text,
      action: column.text,
      /** Whoever acted; of a failed sign-in the account that was tried. */
      actor: column.uuid,
      actor_version: column.integer,
      role: column.text,
      unit: column.nullable(column.uuid),
      on_behalf_of: column.nullable(column.uuid),
      procedure: column.nullable(column.uuid),
      /** What it names besides, each of which hides it from whoever is not cleared. */
      named: column.uuids,
      /** Codes of a refusal. */
      unmet: column.texts,
      /** A few words of what it says. */
      about: column.text,
      search: column.tsvector,
    },
    indexes: [
      '(actor, position)',
      '(procedure, position) WHERE procedure IS NOT NULL',
      '(action, position)',
      '(recorded_at)',
      `(position) WHERE type = '${refusedType}'`,
      'USING gin (search)',
    ],
  }),
};
type Row = RowIn<typeof tables.events>;

const inquiry = 'inquiry-';
/** What only keeps others from doing something twice, and says nothing that another event does not. */
const aside: readonly string[] = ['command-', 'code-'];
/** Streams that are named by a procedure. */
const ofProcedure: readonly string[] = ['procedure-', 'comments-', 'claim-', 'deadline-'];

/** Every event of the log, as auditors look for it: who did what when, about which procedure. */
export const trail = groupProjection({
  name: 'trail',
  codeVersion: '3',
  // Whatever streams there will be.
  prefixes: [''],
  readsMetadata: true,
  tables,
  subject: (event) => {
    const { stream, data } = event;
    if (aside.some((prefix) => stream.startsWith(prefix))) return null;
    const about = streamBehind(event);
    if (!about.startsWith(inquiry)) return stream;
    const procedure = asId((data as Belonging).procedure);
    return procedure === null ? { link: about } : procedureStream(procedure);
  },
  links: { table: 'links', column: 'stream' },
  begins: (event) => !streamBehind(event).startsWith(inquiry),
  remembered: 1_000,
  rowsAfter: (before, event, { subject }) => {
    const asked = questionIn(event);
    const isKnown = asked === null || before.links.some(({ stream }) => stream === asked);
    const links = isKnown ? before.links : [...before.links, { stream: asked, about: subject }];
    return { links, events: [...before.events, rowOf(event, procedureOf(event, subject))] };
  },
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const asId = (text: unknown): string | null => (typeof text === 'string' && uuid.test(text) ? text : null);

/** What it may say of where it belongs. */
interface Belonging {
  readonly procedure?: unknown;
  /** Of an order to a processor. */
  readonly stream?: unknown;
  /** What was read or taken away: a bundle by the id of its procedure. */
  readonly subject?: unknown;
  /** Of an inspection. */
  readonly finding?: { readonly procedures?: readonly string[] };
  /** Whose account was tried. */
  readonly person?: unknown;
}

/** Of an order to a processor the stream whose events it puts right, else the event's own. */
function streamBehind({ stream, data }: Pick<RecordedEvent, 'stream' | 'data'>): string {
  const { stream: ordered } = data as Belonging;
  return stream.startsWith('processor-') && typeof ordered === 'string' ? ordered : stream;
}

/** The stream of the question to units that is asked by the event; null for none. */
function questionIn({ stream, revision, type }: RecordedEvent): string | null {
  if (stream.startsWith(inquiry)) return stream;
  const isReview = type === 'ReviewAssigned' && isProcedureStream(stream);
  return isReview ? inquiry + reviewTaskId(procedureIdOf(stream), revision) : null;
}

/** @param subject The stream of the procedure, for a question */
function procedureOf(event: RecordedEvent, subject: string): string | null {
  const named = [streamBehind(event), subject].find((one) => ofProcedure.some((prefix) => one.startsWith(prefix)));
  return asId(named?.slice(named.indexOf('-') + 1)) ?? asId((event.data as Belonging).procedure);
}

/** Ids among which those of procedures are. */
function namedBesides(data: object): readonly string[] {
  const { subject, finding } = data as Belonging;
  const read = typeof subject === 'string' ? idsIn(subject) : [];
  return [...new Set([...read, ...(finding?.procedures ?? [])])];
}

function rowOf(event: RecordedEvent, procedure: string | null): Row {
  const { position, stream, revision, recordedAt, type, data, metadata } = event;
  const { id, version, role, unit, onBehalfOf } = metadata.actor;
  const refused = type === refusedType ? (data as RefusedCommand) : null;
  const texts = refused ? refused.unmet.map(({ message }) => message) : textsIn(data);
  return {
    ...{ position, stream, revision, type, procedure, role },
    named: namedBesides(data),
    recorded_at: recordedAt,
    action: refused ? refused.action : actionOfType(type),
    actor: (id === noPerson ? asId((data as Belonging).person) : null) ?? id,
    actor_version: version,
    unit: asId(unit),
    on_behalf_of: asId(onBehalfOf),
    unmet: refused ? [...new Set(refused.unmet.map(({ code }) => code))] : [],
    about: (texts[0] ?? '').slice(0, mostShown),
    search: searchWords(texts.join(' ').slice(0, mostSought))
      .slice(0, mostWords)
      .map((word) => `'${word}'`)
      .join(' '),
  };
}

const mostShown = 200;
/** Characters and words by which an event is found; what comes after them in a long text is found where it stands. */
const mostSought = 1_000;
const mostWords = 100;

/** Fields that come first where there are several, for whoever looks at a line alone. */
const telling = [
  'title',
  'name',
  'reason',
  'findings',
  'remarks',
  'text',
  'question',
  'answer',
  'description',
  'office',
  'subject',
  'number',
];
/** What says nothing in words, or so much that it is looked for where it stands; passing over it makes a build half as long. */
const passedOver: ReadonlySet<string> = new Set([
  'parts',
  'definition',
  'policy',
  'calendar',
  'stage',
  'kind',
  'group',
  'by',
  'units',
  'saving',
  'figures',
  'before',
  'after',
  'commitment',
  'hash',
  'occurredOn',
]);
/** What people write is words; ids, hashes, days and codes of one word are not what they look for. */
const isText = (text: string): boolean =>
  text !== '' && !uuid.test(text) && !/^[0-9a-f]{64}$/.test(text) && !/^\d{4}-\d{2}-\d{2}/.test(text);

/** The texts in the data, those that tell most first, as many as are sought. */
function textsIn(data: object): readonly string[] {
  const found: { readonly text: string; readonly place: number }[] = [];
  let characters = 0;
  const collect = (value: unknown, name: string): void => {
    if (characters >= mostSought) return;
    if (typeof value === 'string') {
      if (!isText(value)) return;
      characters += value.length;
      const place = telling.indexOf(name);
      found.push({ text: value, place: place === -1 ? telling.length : place });
    } else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) if (!passedOver.has(key)) collect(item, Array.isArray(value) ? name : key);
  };
  collect(data, '');
  return found.sort((one, other) => one.place - other.place).map(({ text }) => text);
}
