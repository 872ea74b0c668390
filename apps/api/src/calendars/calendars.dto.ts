import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { calendarDoubts, weekdays } from '#workflow';
import type { CalendarDoubt, Weekday } from '#workflow';
import { ReadQuery } from '../reading/reading.dto.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { by, CalendarDate, Confirmations, Line, Nested, NestedList, Optional, Text, Whole } from '../http/shape.js';

const mostDates = 5_000;
const isVersion = (value: unknown): boolean => typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value);
const isDays = (value: unknown): boolean => typeof value === 'string' && /^\d{1,4}$/.test(value) && Number(value) <= 3_650;

class CoveredYears {
  @CalendarDate()
  readonly from: string;

  @CalendarDate()
  readonly to: string;
}

class Holiday {
  @CalendarDate()
  readonly date: string;

  @Line(200)
  readonly name: string;
}

class WorkedDay {
  @CalendarDate()
  readonly date: string;

  @Line(200)
  readonly reason: string;
}

/** A version as it is published, and as it is read again: what one call answers, the other takes. */
export class PublishCalendarDto {
  /** As in the path. */
  @Optional()
  @Line(50)
  readonly id?: string;

  /** The version that this one was made from, or the one that it becomes; refused when another was published meanwhile. 0 makes a calendar that is not there yet. */
  @Optional()
  @Whole({ least: 0, most: 999_999_999 })
  readonly version?: number;

  /** Days of the week without work. (Default: as before; `saturday` and `sunday` in a first version) */
  @ApiPropertyOptional({ enum: weekdays, isArray: true })
  @Optional()
  @IsArray()
  @ArrayMaxSize(6)
  @ArrayUnique()
  @IsIn(weekdays, { each: true })
  readonly weekend?: Weekday[];

  /** First and last date that it knows. (Default: as before) */
  @Optional()
  @Nested(() => CoveredYears)
  readonly covers?: CoveredYears;

  /** All days off besides the weekend, not only the new ones. */
  @NestedList(() => Holiday, { most: mostDates })
  readonly holidays: Holiday[];

  /** All days of a weekend that are worked. (Default: none) */
  @Optional()
  @NestedList(() => WorkedDay, { most: mostDates })
  readonly workingDays?: WorkedDay[];

  /** Where the dates come from. (Default: as before) */
  @Optional()
  @Text()
  readonly source?: string;

  /** Whether due dates that are still open are computed anew; else they keep the version that they have. (Default: false) */
  @Optional()
  @IsBoolean()
  readonly recompute?: boolean;

  @Confirmations(calendarDoubts)
  readonly confirm?: CalendarDoubt[];

  /** Why it is published. */
  @Text()
  readonly reason: string;
}

export class CalendarAnswer {
  readonly id: string;
  readonly version: number;
  @ApiProperty({ enum: weekdays, isArray: true })
  readonly weekend: string[];
  readonly covers: CoveredYears;
  readonly holidays: Holiday[];
  readonly workingDays: WorkedDay[];
  readonly source: string;
  readonly recompute: boolean;
  readonly reason: string;
}

export class CalendarPublishedAnswer {
  readonly id: string;
  readonly version: number;
  /** Of the calendar's stream. */
  readonly revision: number;
  /** Decimal. */
  readonly position: string;
  /** Event types. */
  readonly events: string[];
}

class RecomputedDueDates {
  readonly unchanged: number;
  readonly earlier: number;
  readonly later: number;
  /** Without one until now, because its calendar did not know the time. */
  readonly dated: number;
  /** Of the earlier ones, those that would be past at once. */
  readonly past: number;
}

class CalendarDoubtAnswer {
  /** What `confirm` has to name. */
  @ApiProperty({ enum: calendarDoubts })
  readonly code: string;
  /** In dot notation. */
  readonly path: string;
  /** In the language of the reader. */
  readonly message: string;
}

export class CalendarPreviewAnswer {
  readonly id: string;
  /** That it would have. */
  readonly version: number;
  /** What is hardly right, whether it is confirmed or not: publishing it is refused until `confirm` names each code. */
  readonly doubts: CalendarDoubtAnswer[];
  readonly dueDates: RecomputedDueDates;
  /** Where the view of deadlines was. */
  readonly asOf: AsOfAnswer;
}

/** Calendars are read from the log, which is never behind. */
export class CalendarQuery extends ReadQuery {
  /** (Default: the newest) */
  @ApiPropertyOptional({ type: 'integer', minimum: 1 })
  @Optional()
  @by('version', isVersion, 'must be a version')
  readonly version?: string;
}

export class WorkingDaysQuery extends CalendarQuery {
  @CalendarDate()
  readonly from: string;

  /** Working days after it; 0 is the day itself. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 3_650 })
  @by('days', isDays, 'must be from 0 to 3650')
  readonly add: string;
}

export class WorkingDaysAnswer {
  /** The date at whose end, 24:00 in Vietnam, it is due. */
  readonly dueOn: string;
  readonly calendarVersion: number;
}
