import type { RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import { column, groupProjection, readCursor, table, writeCursor } from '#processors';
import type { GroupOf, Page } from '#processors';
import { countedRecommendations, recommendationColumns, recommendationRowsAfter } from '../recommendations/recommendation-rows.js';
import type { BoardReader } from './board-seen.js';
import type { BoardState } from './board-table.js';
import type { BoardEvent } from './board.js';

const prefix = 'board-';

const tables = {
  boards: table({
    name: 'steering_boards',
    key: ['id'],
    columns: {
      id: column.uuid,
      title: column.text,
      unit: column.uuid,
      established_on: column.date,
      state: column.text,
      revision: column.integer,
      /** Of its first event. */
      position: column.bigint,
    },
    risesIn: ['revision'],
    indexes: ['(position)'],
  }),
  members: table({
    name: 'board_members',
    key: ['id'],
    subject: 'board',
    columns: {
      ...{ id: column.uuid, board: column.uuid, person: column.uuid, from_day: column.date },
      to_day: column.nullable(column.date),
    },
    indexes: ['(person)'],
  }),
  meetings: table({
    name: 'board_meetings',
    key: ['id'],
    subject: 'board',
    columns: {
      ...{ id: column.uuid, board: column.uuid, held_on: column.date },
      /** How many members were. */
      present: column.integer,
    },
    indexes: ['(board)'],
  }),
  recommendations: table({
    name: 'board_recommendations',
    key: ['id'],
    subject: 'board',
    columns: { ...recommendationColumns, board: column.uuid, meeting: column.nullable(column.uuid) },
    indexes: ['(owner)'],
  }),
};
type Group = GroupOf<typeof tables>;

/** Every steering board, who is on it, when it met and what it asks of whom, for lists. */
export const boardsView = groupProjection({
  name: 'steering-boards',
  codeVersion: '3',
  prefixes: [prefix],
  readsMetadata: false,
  tables,
  subject: ({ stream }) => stream.slice(prefix.length),
  rowsAfter: (before, event, { subject }) => rowsAfter(before, event, subject),
});

function rowsAfter(before: Group, event: RecordedEvent, id: string): Group {
  const { revision, position } = event;
  const [row] = before.boards;
  if (row && revision <= row.revision) return before;
  // The stream says what it is.
  const fact = event as unknown as BoardEvent;
  if (fact.type === 'SteeringBoardEstablished') {
    const { title, unit, document } = fact.data;
    return { ...before, boards: [{ id, title, unit, established_on: document.date, state: 'active', revision, position }] };
  }
  if (!row) throw new Error(`Revision ${String(revision)} of board ${id} does not follow its establishment.`);
  return {
    boards: [{ ...row, ...(fact.type === 'SteeringBoardDissolved' && { state: 'dissolved' }), revision }],
    members: membersAfter(before.members, fact, id),
    meetings: meetingsAfter(before.meetings, fact, id),
    recommendations: recommendationRowsAfter(before.recommendations, event, { board: id, meeting: meetingIn(fact) }),
  };
}

function membersAfter(before: Group['members'], fact: BoardEvent, board: string): Group['members'] {
  if (fact.type === 'BoardMemberAppointed') {
    const { id, person, from: from_day, to } = fact.data.member;
    return [...before.filter((one) => one.id !== id), { id, board, person, from_day, to_day: to ?? null }];
  }
  if (fact.type !== 'BoardMemberReleased') return before;
  const { member, to } = fact.data;
  return before.map((one) => (one.id === member ? { ...one, to_day: to } : one));
}

function meetingsAfter(before: Group['meetings'], fact: BoardEvent, board: string): Group['meetings'] {
  if (fact.type !== 'BoardMeetingHeld') return before;
  const { id, date: held_on, present } = fact.data.meeting;
  return [...before.filter((one) => one.id !== id), { id, board, held_on, present: present.length }];
}

/** The meeting at which something is asked. */
function meetingIn(fact: BoardEvent): string | null {
  return fact.type === 'RecommendationMade' && 'meeting' in fact.data.recommendation ? fact.data.recommendation.meeting : null;
}

/** For statements of other rooms: one row for each board, with its title. */
export const boardsTable = 'views.steering_boards';

/** A board as lists show it. */
export interface BoardSummary {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly establishedOn: string;
  readonly state: BoardState;
  /** Of those in sight. */
  readonly recommendations: number;
  readonly accepted: number;
  /** The earliest day by which a remedy in sight is due; null where nothing is waited for. */
  readonly dueOn: string | null;
}

export interface BoardFilters extends BoardReader {
  readonly state?: BoardState | undefined;
  /** Unit ids: whose board it is, or who is asked for a remedy in sight. */
  readonly units?: readonly string[] | undefined;
  readonly overdue?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of the boards in sight, the newest first. @throws InvalidCursor */
export async function listBoards(database: Database, filters: BoardFilters): Promise<Page<BoardSummary>> {
  const { sight, person, state, units, overdue, today, cursor, limit } = filters;
  const [after] = cursor === undefined ? [undefined] : readCursor(cursor, 'steering-boards', 1, 'position');
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(values.push(value))}`;
  const own = sight.units === null ? null : `${parameter([...sight.units])}::uuid[]`;
  const ofUnits = units === undefined ? null : `${parameter(units)}::uuid[]`;
  const isSeen = (unit: string): string => (own === null ? 'true' : `${unit} = ANY (${own})`);
  const day = `${parameter(today)}::date`;
  const isMember = `EXISTS (SELECT FROM views.board_members m WHERE m.board = b.id AND m.person = ${parameter(person)}::uuid
    AND m.from_day <= ${day} AND (m.to_day IS NULL OR m.to_day >= ${day}))`;
  const isWhole = `(${isSeen('b.unit')} OR ${isMember})`;
  const seen = `FROM views.board_recommendations r WHERE r.board = b.id AND (w.whole OR ${isSeen('r.owner')})`;
  const conditions = [
    `(w.whole OR s.recommendations > 0)`,
    ...(state === undefined ? [] : [`b.state = ${parameter(state)}`]),
    ...(ofUnits === null ? [] : [`(b.unit = ANY (${ofUnits}) OR EXISTS (SELECT ${seen} AND r.owner = ANY (${ofUnits})))`]),
    ...(overdue === undefined ? [] : [`coalesce(s.due_on < ${day}, false) = ${String(overdue)}`]),
    ...(after === undefined ? [] : [`b.position < ${parameter(after)}::bigint`]),
  ];
  const { rows } = await database.pool.query<BoardSummary & { readonly position: string }>(
    `SELECT b.id, b.title, b.unit, b.established_on::text AS "establishedOn", b.state, s.recommendations, s.accepted,
       s.due_on::text AS "dueOn", b.position::text AS position
     FROM views.steering_boards b, LATERAL (SELECT ${isWhole} AS whole) w, LATERAL (SELECT ${countedRecommendations} ${seen}) s
     WHERE ${conditions.join(' AND ')} ORDER BY b.position DESC LIMIT ${parameter(limit + 1)}`,
    values,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ id, title, unit, establishedOn, state: stands, recommendations, accepted, dueOn }) => ({
      ...{ id, title, unit, establishedOn, state: stands, recommendations, accepted, dueOn },
    })),
    nextCursor: last && rows.length > limit ? writeCursor(['steering-boards', last.position]) : null,
  };
}
