import type { Database } from '#platform';
import { conditionsOf, procedureStream } from '#procedures';
import { readCursor, writeCursor } from '#processors';
import { OnTime } from '../on-time.js';
import { alikeColumns, publishedThen } from '../publications.js';
import type { Alike } from '../publications.js';
import { NotReported } from './report.js';
import type { Asked, Explanation, PageAsked, Report, ReportColumn, ReportRows, Sources } from './report.js';

const columns = [
  { key: 'measure', title: { vi: 'Quy định', en: 'Measure' }, type: 'text' },
  { key: 'kind', title: { vi: 'Loại', en: 'Kind' }, type: 'text' },
  { key: 'group', title: { vi: 'Nhóm', en: 'Group' }, type: 'text' },
  { key: 'met', title: { vi: 'Đúng hạn', en: 'On time' }, type: 'count' },
  { key: 'late', title: { vi: 'Trễ hạn', en: 'Late' }, type: 'count' },
  { key: 'open', title: { vi: 'Chưa đến hạn', en: 'With time left' }, type: 'count' },
  { key: 'unknown', title: { vi: 'Không xác định', en: 'Unknown' }, type: 'count' },
] as const satisfies readonly ReportColumn[];

interface Own {
  readonly signedFrom?: string;
  readonly signedTo?: string;
}

/** How many publications were signed and disclosed in time, by the days of the newest calendar: the latest of each procedure, or the latest that was signed in a period. */
export const onTime: Report<Own> = {
  name: 'on-time',
  title: { vi: 'Công bố đúng hạn', en: 'Publications on time' },
  views: ['publications', 'counts'],
  pasts: ['past_publications', 'past_counted'],
  columns: () => columns,
  rows,
  explain,
};

async function rows(asked: Asked<Own>, { database, definitions, calendars }: Sources): Promise<ReportRows> {
  const { filters, at, past, own } = asked;
  const { signedFrom, signedTo } = own;
  const found = await new OnTime(database, definitions, calendars).report(
    { ...filters, signedFrom, signedTo, position: past?.position, tree: asked.tree },
    at,
  );
  return { rows: found.map((row) => ({ key: keyOf(row), ...row })) };
}

const keyOf = ({ measure, kind, group }: { readonly measure: string; readonly kind: string; readonly group: string | null }): string =>
  `${measure}/${kind}/${group ?? ''}`;

/** Events that are looked through at once, and at most for a page. */
const chunk = 1_000;
const mostChunks = 2;

/** Whatever brought a publication to how it stands on the day of the answer, or took one away; of the label of a row, whatever brought one to the row. */
async function explain(asked: Asked<Own>, { row, column }: { readonly row: string; readonly column: string }, sources: Sources, { cursor, limit }: PageAsked): Promise<Explanation> {
  const found = (await rows(asked, sources)).rows.find(({ key }) => key === row);
  if (!found) throw new NotReported('row');
  return { value: found[column], ...(await onTimeChanges(asked, { row, column }, sources, { cursor, limit })) };
} // prettier-ignore

/** The events of an explanation, also where nothing is left of the row. @throws InvalidCursor, Unavailable */
export async function onTimeChanges(
  asked: Asked<Own>,
  { row, column }: { readonly row: string; readonly column: string },
  { database, definitions, calendars }: Sources,
  { cursor, limit }: PageAsked,
): Promise<Pick<Explanation, 'events' | 'nextCursor'>> {
  const statesOf = new OnTime(database, definitions, calendars).judge(asked.at);
  // Most that is looked through is alike.
  const judged = new Map<string, number>();
  const isIn = async (alike: Alike | null): Promise<number> => {
    if (!alike) return 0;
    const name = JSON.stringify(alike);
    const known = judged.get(name);
    if (known !== undefined) return known;
    const states = await statesOf(alike);
    const is = states.some(({ measure, state }) => keyOf({ measure, ...alike }) === row && (isLabel(column) || state === column)) ? 1 : 0;
    judged.set(name, is);
    return is;
  };
  const events: Explanation['events'][number][] = [];
  let after = cursor === undefined ? '-1' : (readCursor(cursor, list, 1)[0] ?? '');
  for (let chunks = 0; chunks < mostChunks; chunks++) {
    const changes = await changesAfter(database, asked, after);
    for (const { procedure, revision, position, type, at, before, now } of changes) {
      const contributes = (await isIn(now)) - (await isIn(before));
      if (contributes !== 0) {
        if (events.length === limit) return { events, nextCursor: onTimeExplainedAfter(after) };
        events.push({ stream: procedureStream(procedure), revision, position, type, recordedAt: at.toISOString(), contributes });
      }
      after = position;
    }
    if (changes.length < chunk) return { events, nextCursor: null };
  }
  return { events, nextCursor: onTimeExplainedAfter(after) };
}

const list = 'on-time';

/** Where an explanation goes on with what came after that position. */
export const onTimeExplainedAfter = (position: string): string => writeCursor([list, position]);

const isLabel = (column: string): boolean => ['measure', 'kind', 'group'].includes(column);

interface Change {
  readonly procedure: string;
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly at: Date;
  /** What counts of the publication before the event and after it; null where there is nothing to count. */
  readonly before: Alike | null;
  readonly now: Alike | null;
}

async function changesAfter(database: Database, { filters, past, own }: Asked<Own>, after: string): Promise<readonly Change[]> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const from = parameter(after);
  const upTo = past ? `AND e.position <= ${parameter(String(past.position))}` : '';
  const of = (table: string): string =>
    `(SELECT e.procedure, e.revision, e.position, e.type, e.recorded_at FROM views.${table} e WHERE e.position > ${from}::bigint ${upTo}
      ORDER BY e.position LIMIT ${String(chunk)})`;
  const conditions = conditionsOf(filters, parameter);
  const standing = (comparison: '<' | '<='): string =>
    `SELECT to_jsonb(x) AS alike FROM (
       SELECT ${alikeColumns}
       FROM ${publishedThen(`k.revision ${comparison} e.revision`, own, parameter, 'e.procedure')} p
       CROSS JOIN (SELECT q.* FROM views.past_counted q WHERE q.procedure = e.procedure AND q.revision ${comparison} e.revision ORDER BY q.revision DESC LIMIT 1) r
       ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}) x`;
  const { rows: found } = await database.pool.query<Omit<Change, 'position'> & { shown: string }>(
    `SELECT e.procedure, e.revision, e.position::text AS shown, e.type, e.recorded_at AS at, b.alike AS before, n.alike AS now
     FROM (SELECT u.* FROM (${of('past_publications')} UNION ${of('past_counted')}) u ORDER BY u.position LIMIT ${String(chunk)}) e
     LEFT JOIN LATERAL (${standing('<')}) b ON true LEFT JOIN LATERAL (${standing('<=')}) n ON true ORDER BY e.position`,
    values,
  );
  return found.map(({ shown, ...change }) => ({ ...change, position: shown }));
} // prettier-ignore
