import { isDatabaseOutage, messageOf } from '#platform';
import type { Database, Transaction } from '#platform';
import { DuplicateEventId, StreamNotFound, TooLarge, Unavailable, WrongExpectedRevision } from '../errors.js';
import { ANY, EventStore, NO_STREAM, STREAM_EXISTS, noMetadata } from '../event-store.js';
import type {
  Appended,
  EventMetadata,
  ExpectedRevision,
  NewEvent,
  ReadOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from '../event-store.js';
import { GroupCommit } from './group-commit.js';
import type { Entry } from './group-commit.js';
import { Wakeup, follow } from './follow.js';
import { migrateLog } from './migrate-log.js';

const maxEventBytes = 1024 * 1024;
const maxAppendBytes = 32 * 1024 * 1024;
const channel = 'event_log';
/** How the SQL functions say that there must be no stream. */
const noStream = -1;

interface Append extends Entry {
  readonly expected: number;
  readonly types: readonly string[];
  readonly schemaVersions: readonly number[];
  readonly data: readonly string[];
  readonly metadata: readonly string[];
}

interface Verdict {
  readonly verdict: 'ok' | 'repeated' | 'wrong-revision' | 'duplicate-id';
  readonly revision: number;
  readonly position: string | null;
  readonly at: string;
  readonly id: string | null;
  readonly stream: string | null;
}

type EventRow = [
  position: string,
  stream: string,
  revision: number,
  id: string,
  type: string,
  schemaVersion: number,
  at: string,
  data: object,
  metadata?: EventMetadata,
];

const iso = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const columnsWithoutMetadata = `e.position, e.stream, e.revision, e.id, e.type, e.schema_version, ${iso('e.recorded_at')}, e.data`;
const columns = `${columnsWithoutMetadata}, e.metadata`;

/** The log in PostgreSQL, on a server or embedded. Positions are dense; concurrent appends share a flush. */
export class PostgresEventStore extends EventStore {
  override readonly densePositions = true;
  override readonly uniqueEventIds = true;
  private readonly wakeup = new Wakeup();
  private readonly commits: GroupCommit<Append, Verdict>;
  private stopListening: (() => Promise<void>) | undefined;
  private closed = false;

  private constructor(
    private readonly database: Database,
    private readonly pollMs: number,
    patienceMs: number,
    writers: number,
  ) {
    super();
    this.commits = new GroupCommit({
      write: (appends, deadline) => this.write(appends, deadline),
      isOutage: isDatabaseOutage,
      onGiveUp: (cause) => unavailable(cause),
      patienceMs,
      writers,
    });
  }

  /** Brings the schema up to date and opens the log. The database stays the caller's to close. */
  static async open(
    database: Database,
    options: {
      /** How often a subscription looks without being notified. (Default: 500) */
      readonly pollMs?: number;
      /** How long an append waits for an unreachable database. (Default: 10,000) */
      readonly patienceMs?: number;
      /** Appending connections. (Default: 1) */
      readonly writers?: number;
      /** Whether the schema is taken as it is. (Default: false) */
      readonly isPrepared?: boolean;
    } = {},
  ): Promise<PostgresEventStore> {
    if (options.isPrepared !== true) await migrateLog(database);
    const store = new PostgresEventStore(database, options.pollMs ?? 500, options.patienceMs ?? 10_000, options.writers ?? 1);
    store.stopListening = await database.listen(channel, () => store.wakeup.wake());
    return store;
  }

  override async append(
    stream: string,
    events: readonly NewEvent[],
    { expected }: { readonly expected: ExpectedRevision },
  ): Promise<Appended> {
    if (this.closed) throw new Unavailable('The event store is closed.');
    const { verdict, revision, position, at, id, stream: found } = await this.commits.submit(serialise(stream, events, expected));
    switch (verdict) {
      case 'ok':
      case 'repeated':
        return { revision, position: BigInt(position ?? 0), recordedAt: at, repeated: verdict === 'repeated' };
      case 'wrong-revision':
        throw new WrongExpectedRevision(stream, expected, revision === -1 ? null : revision);
      case 'duplicate-id':
        throw new DuplicateEventId(id ?? '', found ?? stream, revision);
    }
  }

  override async adopt(events: readonly RecordedEvent[]): Promise<void> {
    if (this.closed) throw new Unavailable('The event store is closed.');
    if (events.length === 0) return;
    try {
      await this.database.transaction((transaction) => adoptAll(transaction, events));
    } catch (error) {
      if (isDatabaseOutage(error)) throw unavailable(error);
      throw (await this.duplicateAmong(events, error)) ?? error;
    }
  }

  override async read(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    const { from, to, direction = 'forwards', limit } = options;
    const [start, end] = direction === 'forwards' ? [from, to] : [to, from];
    const rows = await this.rows(
      `read-${direction}`,
      `SELECT ${columns} FROM event_log.events e WHERE e.stream = $1 AND e.revision BETWEEN $2 AND $3
       ORDER BY e.revision ${direction === 'forwards' ? 'ASC' : 'DESC'} LIMIT $4`,
      [stream, start ?? 0, end ?? 2_147_483_647, limit ?? null],
    );
    const isWhole = (start ?? 0) === 0 && end === undefined && limit !== 0;
    if (rows.length === 0 && (isWhole || !(await this.exists(stream)))) throw new StreamNotFound(stream);
    return rows.map(toEvent);
  }

  override async readAll({ from, limit, prefixes, metadata = true }: Parameters<EventStore['readAll']>[0]): Promise<SubscriptionBatch> {
    // Streams that the filter leaves out are passed in windows, so that a rare prefix never makes one long scan.
    const windowSize = BigInt(Math.max(limit * 10, 10_000));
    const patterns = prefixes?.map((prefix) => `${prefix.replace(/[\\%_]/g, '\\$&')}%`) ?? null;
    for (let after = from ?? 0n; ;) {
      const end = after + (patterns ? windowSize : BigInt(limit));
      // One statement, one snapshot: the head belongs to the rows.
      const rows = await this.rows<[head: string, ...event: EventRow] | [head: string, position: null]>(
        `all${patterns ? '-of-prefixes' : ''}${metadata ? '' : '-without-metadata'}`,
        `SELECT h.position, x.* FROM event_log.head h LEFT JOIN LATERAL (
           SELECT ${metadata ? columns : columnsWithoutMetadata} FROM event_log.events e WHERE e.position > $1 AND e.position <= $2 ${patterns ? 'AND e.stream LIKE ANY ($4)' : ''}
           ORDER BY e.position LIMIT $3) x ON true ORDER BY x.position`,
        [String(after), String(end), limit, ...(patterns ? [patterns] : [])],
      );
      const head = BigInt(rows[0]?.[0] ?? 0);
      const events: RecordedEvent[] = [];
      for (const [, ...event] of rows) if (event[0] !== null) events.push(toEvent(event));
      const last = events.at(-1);
      const looked = last && events.length === limit ? last.position : end < head ? end : head;
      const position = looked > after ? looked : after;
      const caughtUp = position >= head;
      if (events.length > 0 || caughtUp) return { events, position: position === 0n ? null : position, caughtUp };
      after = position;
    }
  }

  override async head(): Promise<bigint | null> {
    const [row] = await this.rows<[string]>('head', 'SELECT position FROM event_log.head', []);
    return row === undefined || row[0] === '0' ? null : BigInt(row[0]);
  }

  override subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    return follow((range) => this.readAll(range), this.wakeup, this.pollMs, options);
  }

  override cutStreams(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  override async close(): Promise<void> {
    this.closed = true;
    await this.commits.drain();
    await this.stopListening?.();
    this.wakeup.wake();
  }

  private async duplicateAmong(events: readonly RecordedEvent[], error: unknown): Promise<DuplicateEventId | undefined> {
    if (!messageOf(error).includes('events_id_key')) return undefined;
    const [row] = await this.rows<[id: string, stream: string, revision: number]>(
      'with-ids',
      'SELECT id, stream, revision FROM event_log.events WHERE id = ANY ($1) LIMIT 1',
      [events.map(({ id }) => id)],
    );
    if (row) return new DuplicateEventId(...row);
    // Nothing of it was stored, so the id stands twice in what was handed over.
    const first = events.find((event, index) => events.findIndex(({ id }) => id === event.id) < index);
    return first && new DuplicateEventId(first.id, first.stream, first.revision);
  }

  private async exists(stream: string): Promise<boolean> {
    return (await this.rows('exists', 'SELECT 1 FROM event_log.events WHERE stream = $1 LIMIT 1', [stream])).length > 0;
  }

  private async rows<Row extends unknown[] = EventRow>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    try {
      const { rows } = await this.database.pool.query<Row>({ name: `event-log-${name}`, text, values, rowMode: 'array' });
      return rows;
    } catch (error) {
      throw isDatabaseOutage(error) ? unavailable(error) : error;
    }
  }

  private async write(appends: readonly Append[], deadline: number): Promise<readonly Verdict[]> {
    const client = await this.database.connect();
    let timer: NodeJS.Timeout | undefined;
    let failed = true;
    try {
      const asking = appendAsExpected(client, appends).then((stored) => stored ?? appendEach(client, appends));
      // A server that hangs keeps the connection open and never answers.
      const hung = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('Connection error: no answer to an append.')), Math.max(deadline - Date.now(), 100));
      });
      const verdicts = await Promise.race([asking, hung]);
      failed = false;
      return verdicts;
    } finally {
      clearTimeout(timer);
      client.release(failed && !this.database.embedded);
    }
  }
}

/** Stores the whole batch when nothing stands against any of it; null when something does, and then nothing is stored. */
async function appendAsExpected(client: Transaction, appends: readonly Append[]): Promise<readonly Verdict[] | null> {
  if (appends.some(({ expected }) => expected < noStream)) return null;
  const { rows } = await client.query<{ before: string | null; at: string }>({
    name: 'event-log-append-as-expected',
    text: `SELECT before, ${iso('at')} AS at FROM event_log.append_as_expected($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      appends.map(({ stream }) => stream),
      appends.map(({ expected }) => expected),
      appends.flatMap(({ stream, ids }) => ids.map(() => stream)),
      appends.flatMap(({ expected, ids }) => ids.map((_, index) => expected + 1 + index)),
      ...columnsOf(appends),
    ],
  });
  const [row] = rows;
  if (row === undefined || row.before === null) return null;
  let position = BigInt(row.before);
  return appends.map(({ expected, ids }) => {
    position += BigInt(ids.length);
    return { verdict: 'ok', revision: expected + ids.length, position: String(position), at: row.at, id: null, stream: null };
  });
}

/** Gives each append of the batch its own verdict. */
async function appendEach(client: Transaction, appends: readonly Append[]): Promise<readonly Verdict[]> {
  const { rows } = await client.query<Verdict>({
    name: 'event-log-append',
    text: `SELECT append, verdict, revision, at_position AS position, ${iso('at')} AS at, found_id AS id, found_stream AS stream
           FROM event_log.append($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY append`,
    values: [
      appends.map(({ stream }) => stream),
      appends.map(({ expected }) => expected),
      appends.flatMap(({ ids }, index) => ids.map(() => index + 1)),
      ...columnsOf(appends),
    ],
  });
  return rows;
}

/** Stores all of another log's events, or throws. */
async function adoptAll(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
  const { rows } = await transaction.query<{ position: string }>('SELECT position FROM event_log.head FOR UPDATE');
  const next = new Map<string, number>();
  const { rows: ends } = await transaction.query<{ stream: string; revision: number }>(
    `SELECT s.stream, e.revision FROM unnest($1::text[]) AS s (stream)
     CROSS JOIN LATERAL (SELECT l.revision FROM event_log.events l WHERE l.stream = s.stream ORDER BY l.revision DESC LIMIT 1) e`,
    [[...new Set(events.map(({ stream }) => stream))]],
  );
  for (const { stream, revision } of ends) next.set(stream, revision + 1);
  for (const { stream, revision } of events) {
    const free = next.get(stream) ?? 0;
    if (revision !== free) throw new WrongExpectedRevision(stream, revision === 0 ? NO_STREAM : revision - 1, free === 0 ? null : free - 1);
    next.set(stream, free + 1);
  }
  await transaction.query({
    name: 'event-log-adopt',
    text: `INSERT INTO event_log.events (position, stream, revision, id, type, schema_version, recorded_at, data, metadata)
           SELECT $1::bigint + i.place, i.stream, i.revision, i.id, i.type, i.schema_version, i.recorded_at, i.data::json, i.metadata::json
           FROM unnest($2::text[], $3::integer[], $4::uuid[], $5::text[], $6::integer[], $7::timestamptz[],
             string_to_array($8, E'\\n'), string_to_array($9, E'\\n'))
             WITH ORDINALITY AS i (stream, revision, id, type, schema_version, recorded_at, data, metadata, place)`,
    values: [
      rows[0]?.position ?? '0',
      events.map(({ stream }) => stream),
      events.map(({ revision }) => revision),
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ schemaVersion }) => schemaVersion),
      events.map(({ recordedAt }) => recordedAt),
      events.map(({ data }) => JSON.stringify(data)).join('\n'),
      events.map(({ metadata }) => JSON.stringify(metadata)).join('\n'),
    ],
  });
  // The log's clock never goes back behind what it holds.
  await transaction.query(
    `WITH moved AS (
       UPDATE event_log.head SET position = position + $1, recorded_at = greatest(recorded_at, $2::timestamptz) RETURNING position
     ) SELECT pg_notify('${channel}', position::text) FROM moved`,
    [events.length, events.reduce((latest, { recordedAt }) => (recordedAt > latest ? recordedAt : latest), '')],
  );
}

function columnsOf(appends: readonly Append[]): unknown[] {
  return [
    appends.flatMap(({ ids }) => ids),
    appends.flatMap(({ types }) => types),
    appends.flatMap(({ schemaVersions }) => schemaVersions),
    // Line feeds cannot stand raw in JSON text, and one long text is far cheaper to send than an array of escaped ones.
    appends.flatMap(({ data }) => data).join('\n'),
    appends.flatMap(({ metadata }) => metadata).join('\n'),
  ];
}

function serialise(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Append {
  if (events.length === 0) throw new RangeError('An append needs at least one event.');
  const data = events.map((event) => JSON.stringify(event.data));
  const metadata = events.map((event) => JSON.stringify(event.metadata));
  let bytes = 0;
  events.forEach(({ type }, index) => {
    const size = Buffer.byteLength(data[index] ?? '') + Buffer.byteLength(metadata[index] ?? '');
    if (size > maxEventBytes) throw new TooLarge(`Event ${type} has ${size} bytes; the log takes ${maxEventBytes}.`);
    bytes += size;
  });
  if (bytes > maxAppendBytes) throw new TooLarge(`An append of ${bytes} bytes is too large; the log takes ${maxAppendBytes}.`);
  const ids = events.map(({ id }) => id.toLowerCase());
  if (new Set(ids).size < ids.length) throw new RangeError('An append names an event id twice.');
  return {
    stream,
    ids,
    bytes,
    free: expected === ANY,
    expected: typeof expected === 'number' ? expected : { [NO_STREAM]: noStream, [STREAM_EXISTS]: -2, [ANY]: -3 }[expected],
    types: events.map(({ type }) => type),
    schemaVersions: events.map(({ schemaVersion }) => schemaVersion),
    data,
    metadata,
  };
}

function toEvent([position, stream, revision, id, type, schemaVersion, recordedAt, data, metadata = noMetadata]: EventRow): RecordedEvent {
  return { id, type, schemaVersion, data, metadata, stream, revision, position: BigInt(position), recordedAt };
}

function unavailable(cause: unknown): Unavailable {
  return new Unavailable(`The database of the event log does not answer (${messageOf(cause)}).`, { cause });
}
