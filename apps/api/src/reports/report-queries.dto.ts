import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { unitBases } from '#reporting';
import type { UnitBasis } from '#reporting';
import { by, CalendarDate, Line, Optional } from '../http/shape.js';
import { LongPageQuery, RegisterQuery, isPosition, isTime, MomentQuery } from '../reading/reading.dto.js';
import type { Separator } from '../reading/register-csv.js';

const reportFormats = ['json', 'csv', 'xlsx', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Which procedures a report is about, and in which days. */
export class PeriodQuery extends RegisterQuery {
  /** The first day, YYYY-MM-DD: what happened on it or later, on paper. */
  @Optional()
  @CalendarDate()
  readonly from?: string;

  /** The last day, YYYY-MM-DD: what happened on it or before, on paper. */
  @Optional()
  @CalendarDate()
  readonly to?: string;
}

/** In which form a report is answered. */
export class FormQuery extends MomentQuery {
  @ApiPropertyOptional({ enum: reportFormats, default: 'json' })
  @Optional()
  @IsIn(reportFormats)
  readonly format?: ReportFormat;

  /** Of a file in CSV. */
  @ApiPropertyOptional({ enum: [',', ';'], default: ',' })
  @Optional()
  @IsIn([',', ';'])
  readonly separator?: Separator;
}

/** By which units procedures are counted and shown. */
export class UnitsQuery {
  /**
   * `then`: whoever kept them at the moment that is asked about, else on the last day of the period, by the units of then; `today`: whoever keeps them
   * now, by the units of now. Left out, the tree is that of the moment, and what happened in a period stands with whoever kept the procedure when it did.
   */
  @ApiPropertyOptional({ enum: unitBases })
  @Optional()
  @IsIn(unitBases)
  readonly units?: UnitBasis;
}

/** Two moments; neither may lie ahead. */
export class CompareQuery {
  /** A position of the log, or an ISO 8601 time with its zone. */
  @by('moment', (value) => isPosition(value) || isTime(value), 'must be a position or an ISO 8601 time with its zone')
  readonly at: string;

  /** A position of the log, or an ISO 8601 time with its zone. */
  @by('moment', (value) => isPosition(value) || isTime(value), 'must be a position or an ISO 8601 time with its zone')
  readonly with: string;
}

/** Which cell is explained, and from which event on. */
export class ExplainQuery extends LongPageQuery {
  /** `key` of a row. */
  @Line(500)
  readonly row: string;

  /** `key` of a column. */
  @Line(100)
  readonly column: string;
}
