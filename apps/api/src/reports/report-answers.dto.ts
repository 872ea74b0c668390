import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AsOfAnswer } from '../reading/answers.dto.js';

export class ReportColumnAnswer {
  readonly key: string;
  /** In the language that is accepted. */
  readonly title: string;
  /** Where the title does not say it, such as `percent`. */
  readonly unit?: string;
}

/** What every report answers. */
export class ReportAnswer {
  readonly asOf: AsOfAnswer;
  /** As it was asked. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly parameters: Readonly<Record<string, string>>;
  readonly columns: ReportColumnAnswer[];
}

/** What a report answers that comes in pages. */
export class PagedReportAnswer extends ReportAnswer {
  /** Null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}

class ComparedCell {
  /** At the first moment. */
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'null' }] })
  readonly at: unknown;
  /** At the second moment. */
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'null' }] })
  readonly with: unknown;
  /** From the first to the second: a number, of percentages text with two decimals; null where there is nothing to compare. */
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'null' }] })
  readonly difference: unknown;
}

class ComparedRow {
  readonly key: string;
  /** By column. */
  @ApiProperty({ type: 'object', additionalProperties: { $ref: '#/components/schemas/ComparedCell' } })
  readonly cells: Readonly<Record<string, ComparedCell>>;
}

export class CompareAnswer {
  /** The first moment. */
  readonly at: AsOfAnswer;
  /** The second moment. */
  readonly with: AsOfAnswer;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly parameters: Readonly<Record<string, string>>;
  readonly columns: ReportColumnAnswer[];
  readonly rows: ComparedRow[];
}

/** An event that a value rests on. */
export class ExplainingEventAnswer {
  readonly stream: string;
  readonly revision: number;
  /** Decimal. */
  readonly position: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  /** To the value; null where the value is no sum. */
  @ApiProperty({ type: Number, nullable: true })
  readonly contributes: number | null;
  /** Of a ratio; or one of those that a median or percentile is taken of. */
  @ApiPropertyOptional({ enum: ['numerator', 'denominator', 'sample'] })
  readonly part?: string;
  /** Of the procedure that it is about, as it is called now; left out of what is about none, or one that may not be seen any more. */
  readonly title?: string;
}

export class ExplainAnswer {
  readonly asOf: AsOfAnswer;
  /** As it stands in the cell. */
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }, { type: 'object' }, { type: 'null' }] })
  readonly value: unknown;
  /** In the order of the log. */
  readonly events: ExplainingEventAnswer[];
  /** Null on the last page. */
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}

/** Models that a description names without their being answered by themselves. */
export const describedModels = [ComparedCell] as const;
