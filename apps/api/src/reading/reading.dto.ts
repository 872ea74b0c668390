import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsUUID, Matches } from 'class-validator';
import { historyOrders, isDate, procedureSorts } from '#procedures';
import type { HistoryOrder, ProcedureSort } from '#procedures';
import { punctualityStates } from '#reporting';
import { classifications, groups, kinds, punctualityMeasures } from '#workflow';
import type { Classification, Group, Kind } from '#workflow';
import { by, CalendarDate, Optional, Sought } from '../http/shape.js';
import type { Separator } from './register-csv.js';

const isRevision = (value: unknown): boolean => typeof value === 'string' && /^\d{1,9}$/.test(value);
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+ -]\d{2}:\d{2})$/;
// The parser takes 30 February as 2 March.
export const isTime = (value: unknown): boolean =>
  typeof value === 'string' && time.test(value) && isDate(value.slice(0, 10)) && !Number.isNaN(Date.parse(withPlus(value)));
export const isLimit = (value: unknown): boolean => typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) && Number(value) <= 200;
export const isPosition = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{1,19}$/.test(value) && BigInt(value) <= 9_223_372_036_854_775_807n;

/** In a query an unescaped plus reads as a space. */
export const withPlus = (text: string): string => text.replace(' ', '+');

/** By how much the clock of whoever asks may be ahead. */
const clockDifferenceMs = 60_000;
/** Whether the time lies ahead, so that nobody knows yet what will be there then. */
export const isAhead = (time: string): boolean => Date.parse(withPlus(time)) > Date.now() + clockDifferenceMs;

const dayMs = 86_400_000;
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text);
export const isMoment = (value: unknown): boolean => isTime(value) || (typeof value === 'string' && isDay(value));
/** The instant at which a period begins: of a day its beginning in Vietnam. */
export const startOf = (text: string): Date => new Date(isDay(text) ? `${text}T00:00:00+07:00` : withPlus(text));
/** The instant before which a period ends: a day and a millisecond are whole in it. */
export const endOf = (text: string): Date => new Date(startOf(text).getTime() + (isDay(text) ? dayMs : 1));

const onTimeStates = punctualityMeasures.flatMap((measure) => punctualityStates.map((state) => `${measure}.${state}`));

/** What every read takes. */
export class ReadQuery {
  /** Waits up to 5 s until the view holds this position, then answers 503 `view-behind`. */
  @Optional()
  @by('position', isPosition, 'must be a position of the log')
  readonly minPosition?: string;
}

export class ProcedureQuery extends ReadQuery {
  /** A revision (digits only) that exists, or an ISO 8601 time with its zone that is not in the future. */
  @Optional()
  @by('asOf', (value) => isRevision(value) || isTime(value), 'must be a revision or an ISO 8601 time with its zone')
  readonly asOf?: string;
}

/** What was asked about the past. */
export class MomentQuery extends ReadQuery {
  /** A position of the log, or an ISO 8601 time with its zone; neither may lie ahead. (Default: now) */
  @Optional()
  @by('asOf', (value) => isPosition(value) || isTime(value), 'must be a position or an ISO 8601 time with its zone')
  readonly asOf?: string;
}

/** From where a list goes on. */
export class CursorQuery extends ReadQuery {
  /** `nextCursor` of the page before. */
  @Optional()
  @Matches(/^[\w-]{1,2000}$/, { message: 'must be a cursor that was given out' })
  readonly cursor?: string;
}

/** A page of a list. */
export class PageQuery extends CursorQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @Optional()
  @by('limit', isLimit, 'must be from 1 to 200')
  readonly limit?: string;
}

/** A page of a list that may be long. */
export class CountedPageQuery extends PageQuery {
  /** Whether the answer says how many there are in all. */
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @Optional()
  @IsIn(['true', 'false'])
  readonly total?: string;
}

/** A page of a list that is rarely longer than one. */
export class LongPageQuery extends CursorQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 200 })
  @Optional()
  @by('limit', isLimit, 'must be from 1 to 200')
  readonly limit?: string;
}

export class HistoryQuery extends LongPageQuery {
  /** Whether refused commands are listed too. */
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @Optional()
  @IsIn(['true', 'false'])
  readonly refused?: string;

  /** Oldest first, or with a minus newest first. */
  @ApiPropertyOptional({ enum: historyOrders, default: 'revision' })
  @Optional()
  @IsIn(historyOrders)
  readonly order?: HistoryOrder;

  /** Event types, with commas between them; `CommandRefused` stands for refused commands. */
  @Optional()
  @Matches(/^[a-zA-Z]{1,50}(,[a-zA-Z]{1,50}){0,49}$/, { message: 'must be event types, with commas between them' })
  readonly type?: string;

  /** Person id: of whoever acted. */
  @Optional()
  @IsUUID()
  readonly actor?: string;

  /** Recorded on this day in Vietnam or at this ISO 8601 time, or later. */
  @Optional()
  @by('moment', isMoment, 'must be a date YYYY-MM-DD or an ISO 8601 time with its zone')
  readonly from?: string;

  /** Recorded on this day in Vietnam or at this ISO 8601 time, or before. */
  @Optional()
  @by('moment', isMoment, 'must be a date YYYY-MM-DD or an ISO 8601 time with its zone')
  readonly to?: string;
}

export class DiffQuery extends ReadQuery {
  /** Revision. */
  @by('revision', isRevision, 'must be a revision')
  readonly from: string;

  /** Revision. */
  @by('revision', isRevision, 'must be a revision')
  readonly to: string;
}

/** Which procedures a question is about. */
export class RegisterQuery extends ReadQuery {
  @ApiPropertyOptional({ enum: kinds })
  @Optional()
  @IsIn(kinds)
  readonly kind?: Kind;

  @ApiPropertyOptional({ enum: groups })
  @Optional()
  @IsIn(groups)
  readonly group?: Group;

  /** Unit id: owned by it or by a unit below. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  @Optional()
  @Sought(200)
  readonly field?: string;
}

/** As lists narrow it down further. */
export class FilteredQuery extends RegisterQuery {
  @Optional()
  @Matches(/^[a-zA-Z0-9]{1,50}$/, { message: 'must be a stage' })
  readonly stage?: string;

  @ApiPropertyOptional({ enum: classifications })
  @Optional()
  @IsIn(classifications)
  readonly classification?: Classification;

  /** Words of title, code, field and numbers of decisions and documents, in any case and without accents. */
  @Optional()
  @Sought(200)
  readonly q?: string;
}

/** Which procedures are listed, and in which order. */
export class ListedQuery extends FilteredQuery {
  /** Unit id: what somebody who holds a role there may move on next; where a role above would do as well, what is nearest to that unit. */
  @Optional()
  @IsUUID()
  readonly waitsFor?: string;

  /** How the latest publication stands by a measure, as `on-time` counts it: `signedBeforeEffect.late`. */
  @ApiPropertyOptional({ enum: onTimeStates })
  @Optional()
  @IsIn(onTimeStates)
  readonly onTime?: string;

  /** Registered on this day in Vietnam or later. */
  @Optional()
  @CalendarDate()
  readonly registeredFrom?: string;

  /** Came to its stage on this day in Vietnam or later. */
  @Optional()
  @CalendarDate()
  readonly inStageFrom?: string;

  /** With a minus it descends. */
  @ApiPropertyOptional({ enum: procedureSorts, default: '-registered' })
  @Optional()
  @IsIn(procedureSorts)
  readonly sort?: ProcedureSort;
}

export class ExportQuery extends ListedQuery {
  @ApiPropertyOptional({ enum: ['csv'], default: 'csv' })
  @Optional()
  @IsIn(['csv'])
  readonly format?: 'csv';

  @ApiPropertyOptional({ enum: [',', ';'], default: ',' })
  @Optional()
  @IsIn([',', ';'])
  readonly separator?: Separator;
}

export class SimilarQuery extends ReadQuery {
  @Sought(500)
  readonly title: string;

  /** Unit id: owned by it or by a unit below. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 10 })
  @Optional()
  @by('limit', isLimit, 'must be from 1 to 200')
  readonly limit?: string;
}

/** Procedures that are named one by one, in one call. */
const mostNamed = 100;
const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Ids of procedures in one text. */
export const AreIds = (most: number): PropertyDecorator =>
  Matches(new RegExp(`^${uuid}(,${uuid}){0,${String(most - 1)}}$`, 'i'), {
    message: `must be ids of procedures, at most ${String(most)}, with commas between them`,
  });
const areCodes = (value: unknown): boolean => typeof value === 'string' && value.length <= 8_000 && value.split(',').length <= mostNamed;

export class ProceduresQuery extends IntersectionType(ListedQuery, CountedPageQuery) {
  /** Procedure ids, at most 100, with commas between them: these, as far as they are there for the caller. */
  @Optional()
  @AreIds(mostNamed)
  readonly ids?: string;

  /** Official codes, at most 100, with commas between them, compared without case, width, dashes and spaces: those that have one of them. */
  @Optional()
  @by('codes', areCodes, 'must be official codes, at most 100, with commas between them')
  readonly codes?: string;
}
