import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { mostCharacters } from '#procedures';
import { findingSeverities, inspectionActions, inspectionStates, mostFoundProcedures } from '#programmes';
import type { FindingSeverity, InspectionState } from '#programmes';
import { AdministeredAnswer } from '../administration/administered.js';
import { CalendarDate, Line, Nested, Optional, Text } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { PageQuery } from '../reading/reading.dto.js';
import {
  AcceptRemedyDto,
  OccurredDto,
  RecommendationAnswer,
  ReportRemedyDto,
  ReturnRemedyDto,
  mostEvidence,
} from '../recommendations/recommendations.dto.js';

export class AnnounceInspectionDto {
  @Line(mostCharacters.title)
  readonly title: string;

  /** Unit id: who inspects. */
  @IsUUID()
  readonly by: string;

  /** Unit id: who is inspected, the unit that inspects or one below it. */
  @IsUUID()
  readonly of: string;

  /** It may lie ahead. */
  @CalendarDate()
  readonly announcedOn: string;
}

class DayDto {
  /** Not after today. */
  @CalendarDate()
  readonly date: string;
}

class FindDto extends OccurredDto {
  @Text(mostCharacters.findings)
  readonly text: string;

  @IsIn(findingSeverities)
  @ApiProperty({ enum: findingSeverities })
  readonly severity: FindingSeverity;

  /** Procedure ids that the sender sees. (Default: it is of none) */
  @ApiPropertyOptional({ maxItems: mostFoundProcedures })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostFoundProcedures)
  @ArrayUnique((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id))
  @IsUUID(undefined, { each: true })
  readonly procedures?: string[];

  @Optional()
  @Text(mostEvidence)
  readonly evidence?: string;
}

class ConclusionDto {
  @Line(mostCharacters.number)
  readonly number: string;

  /** Not before the end of the inspection, nor after today. */
  @CalendarDate()
  readonly date: string;
}

class ConcludeDto extends OccurredDto {
  @Nested(() => ConclusionDto)
  readonly document: ConclusionDto;
}

class RecommendDto extends OccurredDto {
  @Text(mostCharacters.content)
  readonly text: string;

  /** Unit id: who is to do it. */
  @IsUUID()
  readonly owner: string;

  /** The last day. */
  @CalendarDate()
  readonly dueOn: string;
}

class CloseInspectionDto extends OccurredDto {}

/** The body of each action. */
export const inspectionActionBodies = {
  open: DayDto,
  find: FindDto,
  end: DayDto,
  conclude: ConcludeDto,
  recommend: RecommendDto,
  'report-remedy': ReportRemedyDto,
  'accept-remedy': AcceptRemedyDto,
  'return-remedy': ReturnRemedyDto,
  close: CloseInspectionDto,
} as const;

export class InspectionsQuery extends IntersectionType(PageQuery) {
  @ApiPropertyOptional({ enum: inspectionStates })
  @Optional()
  @IsIn(inspectionStates)
  readonly state?: InspectionState;

  /** Unit id: it, or a unit below it, inspects, is inspected, or is asked for a remedy. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  /** Whether the conclusion or a remedy was due before today. (Default: either) */
  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @Optional()
  @IsIn(['true', 'false'])
  readonly overdue?: 'true' | 'false';
}

export class ActedOnInspectionAnswer extends AdministeredAnswer {
  /** Id of the recommendation that it is about, or that was added. */
  readonly recommendation?: string;
  /** Id of the finding that was added. */
  readonly finding?: string;
}

class InspectionFindingAnswer {
  readonly id: string;
  readonly text: string;
  @ApiProperty({ enum: findingSeverities })
  readonly severity: string;
  /** Procedure ids, of those that the caller sees. */
  readonly procedures: string[];
  readonly evidence?: string;
  readonly foundOn: string;
}

class NamedProcedureAnswer {
  readonly id: string;
  readonly title: string;
}

class InspectionActionAnswer {
  @ApiProperty({ enum: inspectionActions })
  readonly action: string;
  /** Codes; none where the caller may do it now. */
  readonly unmet: string[];
}

/** An inspection in a list. */
class InspectionItem {
  readonly id: string;
  readonly title: string;
  /** Unit ids: who inspects, and who is inspected. */
  readonly by: string;
  readonly of: string;
  readonly announcedOn: string;
  @ApiProperty({ enum: inspectionStates })
  readonly state: string;
  /** Null before it has ended. */
  @ApiProperty({ type: String, nullable: true })
  readonly conclusionDueOn: string | null;
  /** The earliest day by which the conclusion or a remedy is due; null where nothing is waited for. */
  @ApiProperty({ type: String, nullable: true })
  readonly dueOn: string | null;
  /** From tomorrow up to that day, 0 after it. */
  @ApiProperty({ type: Number, nullable: true })
  readonly workingDaysLeft: number | null;
  readonly overdue: boolean;
}

export class InspectionSummaryAnswer extends InspectionItem {
  /** How many the caller sees, and of how many of them a remedy was accepted. */
  readonly recommendations: number;
  readonly accepted: number;
}

export class InspectionsAnswer {
  /** Newest first. */
  readonly items: InspectionSummaryAnswer[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
  readonly asOf: AsOfAnswer;
  /** Whether the caller may announce one. */
  @ApiProperty({ enum: ['announce-inspection'], isArray: true })
  readonly allowed: string[];
}

export class InspectionAnswer extends InspectionItem {
  /** As what the caller sees it: all of it, as the unit that is inspected, or what is asked of their units. */
  @ApiProperty({ enum: ['all', 'inspected', 'owner'] })
  readonly part: string;
  @ApiProperty({ type: String, nullable: true })
  readonly openedOn: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly endedOn: string | null;
  /** By which `conclusionDueOn` was computed. */
  @ApiProperty({ type: Number, nullable: true })
  readonly calendarVersion: number | null;
  @ApiProperty({ type: ConclusionDto, nullable: true })
  readonly conclusion: ConclusionDto | null;
  @ApiProperty({ type: String, nullable: true })
  readonly closedOn: string | null;
  /** Oldest first; to the unit that is inspected only once it is concluded. */
  readonly findings: InspectionFindingAnswer[];
  /** Those that the findings name, each once. */
  readonly procedures: NamedProcedureAnswer[];
  /** Oldest first; to others than those who inspect, what is asked of their units. */
  readonly recommendations: RecommendationAnswer[];
  /** Every action that leaves the present state. */
  readonly allowed: InspectionActionAnswer[];
  readonly revision: number;
}
