import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { paperKinds } from '#reporting';
import type { PaperKind } from '#reporting';
import { CalendarDate, Optional, Sought } from '../http/shape.js';
import { AreIds, MomentQuery, RegisterQuery } from '../reading/reading.dto.js';

/** What a paper is about: procedures by id, all that a decision is about, or for `review-results` what the filters leave. */
export class PaperQuery extends IntersectionType(RegisterQuery, MomentQuery) {
  /** Ids of procedures, at most 200, with commas between them; each must be there. */
  @Optional()
  @AreIds(200)
  readonly procedures?: string;

  /** Number of a decision: that published the procedures, or of `option-decision` that approved their options. */
  @Optional()
  @Sought(200)
  readonly decision?: string;

  /** The day of the decision, where more than one has its number. */
  @Optional()
  @CalendarDate()
  readonly decidedOn?: string;

  /** Id of the option that the paper is about, of one procedure. (Default: what the decision approved, else the newest that was not turned down) */
  @Optional()
  @Matches(/^[\w-]{1,100}$/, { message: 'must be the id of an option' })
  readonly option?: string;

  @ApiPropertyOptional({ enum: ['docx'], default: 'docx' })
  @Optional()
  @IsIn(['docx'])
  readonly format?: 'docx';
}

class PlaceholderAnswer {
  /** As it stands between two pairs of braces. */
  readonly name: string;
  readonly title: string;
  /** It stands for paragraphs and tables, and needs a line of its own. */
  readonly isBlock: boolean;
}

class PaperKindAnswer {
  @ApiProperty({ enum: paperKinds })
  readonly paper: PaperKind;
  /** In the language that is accepted. */
  readonly title: string;
  /** What it can be asked for besides `procedures`. */
  @ApiProperty({ enum: ['decision', 'filters', null], nullable: true })
  readonly selectedBy: 'decision' | 'filters' | null;
  readonly mostProcedures: number;
  readonly placeholders: PlaceholderAnswer[];
}

export class PapersAnswer {
  readonly items: PaperKindAnswer[];
}
