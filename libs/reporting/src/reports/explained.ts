import { InvalidCursor, readCursor, readKey, writeCursor } from '#processors';
import type { Explanation, Report } from './report.js';

type Explain = NonNullable<Report['explain']>;
type Page = Parameters<Explain>[3];
type ExplainingEvent = Explanation['events'][number];

/** An event as a statement finds it. */
export interface FoundEvent {
  readonly procedure: string;
  readonly revision: number;
  readonly position: string;
  readonly type: string;
  readonly recorded_at: Date;
}

/** From which event on an explanation goes on: in order of the log, and where one event stands twice, in order of what it is there for. */
export function afterCursor({ cursor }: Page, list: string): { readonly position: string; readonly turn: number } {
  if (cursor === undefined) return { position: '-1', turn: 0 };
  const [, position, turn] = /^(\d{1,18})\/(\d)$/.exec(readKey(cursor, list)) ?? [];
  if (position === undefined) throw new InvalidCursor('The cursor is not one of this list.');
  return { position, turn: Number(turn) };
}

/** A page of what was found, of which there may be one more than fits. */
export function explained<Found extends FoundEvent & { readonly turn?: number }>(
  value: unknown,
  found: readonly Found[],
  { limit }: Page,
  list: string,
  contribution: (of: Found) => Pick<ExplainingEvent, 'contributes' | 'part'>,
): Explanation {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    value,
    events: shown.map((event) => ({
      ...{ stream: `procedure-${event.procedure}`, revision: event.revision, position: event.position, type: event.type },
      ...{ recordedAt: event.recorded_at.toISOString(), ...contribution(event) },
    })),
    nextCursor: last && found.length > limit ? writeCursor([list, `${last.position}/${String(last.turn ?? 0)}`]) : null,
  };
}

/** An event that was looked through, with what its procedure contributes by it. */
export interface Contribution extends Omit<ExplainingEvent, 'recordedAt' | 'part'> {
  readonly procedure: string;
  readonly at: Date;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** After which position and procedure an explanation goes on: an event of a calendar changes many procedures. @throws InvalidCursor */
export function afterContribution({ cursor }: Page, list: string): readonly [position: string, procedure: string] {
  if (cursor === undefined) return ['-1', nobody];
  const [position = '', procedure = ''] = readCursor(cursor, list, 2);
  if (!/^\d{1,18}$/.test(position)) throw new InvalidCursor('The cursor is not one of this list.');
  return [position, procedure];
}

/** The next page of those that contribute, of at most so many that were looked through. */
export function contributed(
  value: unknown,
  seen: readonly Contribution[],
  { limit, list, most }: { readonly limit: number; readonly list: string; readonly most: number },
): Explanation {
  const telling = seen.filter(({ contributes }) => contributes !== 0);
  const page = telling.slice(0, limit);
  const last = telling.length > limit ? page.at(-1) : seen.length < most ? undefined : seen.at(-1);
  return {
    value,
    events: page.map(({ stream, revision, position, type, at, contributes }) => ({
      ...{ stream, revision, position, type, recordedAt: at.toISOString(), contributes },
    })),
    nextCursor: last ? writeCursor([list, last.position, last.procedure]) : null,
  };
}
