import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { mostCharacters } from '#procedures';
import { boardActions, boardStates, memberRoles, mostMembers } from '#programmes';
import type { BoardState, MemberRole } from '#programmes';
import { AdministeredAnswer } from '../administration/administered.js';
import { CalendarDate, Line, Nested, Optional, Text } from '../http/shape.js';
import { AsOfAnswer } from '../reading/answers.dto.js';
import { PageQuery } from '../reading/reading.dto.js';
import { AcceptRemedyDto, RecommendationAnswer, ReportRemedyDto, ReturnRemedyDto } from '../recommendations/recommendations.dto.js';

class BoardPaperDto {
  @Line(mostCharacters.number)
  readonly number: string;

  /** Not after today. */
  @CalendarDate()
  readonly date: string;
}

export class EstablishBoardDto {
  @Line(mostCharacters.title)
  readonly title: string;

  /** Unit id: whose board it is. */
  @IsUUID()
  readonly unit: string;

  /** The decision that establishes it. */
  @Nested(() => BoardPaperDto)
  readonly document: BoardPaperDto;
}

class AppointMemberDto {
  /** Person id. */
  @IsUUID()
  readonly person: string;

  @IsIn(memberRoles)
  @ApiProperty({ enum: memberRoles })
  readonly role: MemberRole;

  /** The first day. */
  @CalendarDate()
  readonly from: string;

  /** The last day. (Default: it is open) */
  @Optional()
  @CalendarDate()
  readonly to?: string;
}

class ReleaseMemberDto {
  /** Id of the appointment. */
  @IsUUID()
  readonly member: string;

  /** The last day; not before the last meeting at which they were present. */
  @CalendarDate()
  readonly to: string;
}

class HoldMeetingDto {
  @Line(mostCharacters.title)
  readonly title: string;

  /** Not after today, nor before the board was established. */
  @CalendarDate()
  readonly date: string;

  @Optional()
  @Line(mostCharacters.title)
  readonly place?: string;

  /** Person ids of members who were in office on that day. */
  @ApiProperty({ minItems: 1, maxItems: mostMembers })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostMembers)
  @ArrayUnique((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id))
  @IsUUID(undefined, { each: true })
  readonly present: string[];
}

class AddConclusionDto {
  /** Id of the meeting that reached it. */
  @IsUUID()
  readonly meeting: string;

  @Text(mostCharacters.content)
  readonly text: string;

  /** Unit id: who is to do it, with `dueOn`. (Default: it asks nothing of a unit) */
  @Optional()
  @IsUUID()
  readonly owner?: string;

  /** The last day, with `owner`. */
  @Optional()
  @CalendarDate()
  readonly dueOn?: string;
}

class DissolveBoardDto {
  /** The decision that dissolves it. */
  @Nested(() => BoardPaperDto)
  readonly document: BoardPaperDto;
}

/** The body of each action. */
export const boardActionBodies = {
  'appoint-member': AppointMemberDto,
  'release-member': ReleaseMemberDto,
  'hold-meeting': HoldMeetingDto,
  'add-conclusion': AddConclusionDto,
  'report-remedy': ReportRemedyDto,
  'accept-remedy': AcceptRemedyDto,
  'return-remedy': ReturnRemedyDto,
  dissolve: DissolveBoardDto,
} as const;

export class BoardsQuery extends IntersectionType(PageQuery) {
  @ApiPropertyOptional({ enum: boardStates })
  @Optional()
  @IsIn(boardStates)
  readonly state?: BoardState;

  /** Unit id: the board is of it or of a unit below it, or asks one of them for a remedy. */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  /** Whether a remedy was due before today. (Default: either) */
  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @Optional()
  @IsIn(['true', 'false'])
  readonly overdue?: 'true' | 'false';
}

export class ActedOnBoardAnswer extends AdministeredAnswer {
  /** Id of what was added: an appointment, a meeting, a conclusion. */
  readonly member?: string;
  readonly meeting?: string;
  readonly conclusion?: string;
  /** Id of the recommendation that it is about, or that was added. */
  readonly recommendation?: string;
}

class BoardActionAnswer {
  @ApiProperty({ enum: boardActions })
  readonly action: string;
  /** Codes; none where the caller may do it now. */
  readonly unmet: string[];
}

/** A board in a list. */
class BoardItem {
  readonly id: string;
  readonly title: string;
  /** Unit id. */
  readonly unit: string;
  readonly establishedOn: string;
  @ApiProperty({ enum: boardStates })
  readonly state: string;
  /** The earliest day by which a remedy is due; null where nothing is waited for. */
  @ApiProperty({ type: String, nullable: true })
  readonly dueOn: string | null;
  /** From tomorrow up to that day, 0 after it. */
  @ApiProperty({ type: Number, nullable: true })
  readonly workingDaysLeft: number | null;
  readonly overdue: boolean;
}

export class BoardSummaryAnswer extends BoardItem {
  /** How many the caller sees, and of how many of them a remedy was accepted. */
  readonly recommendations: number;
  readonly accepted: number;
}

export class BoardsAnswer {
  /** Newest first. */
  readonly items: BoardSummaryAnswer[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
  readonly asOf: AsOfAnswer;
  /** Whether the caller may establish one. */
  @ApiProperty({ enum: ['establish-board'], isArray: true })
  readonly allowed: string[];
}

class BoardPersonAnswer {
  /** Person id. */
  readonly person: string;
  /** Null where it was erased. */
  @ApiProperty({ type: String, nullable: true })
  readonly name: string | null;
}

class BoardMemberAnswer extends BoardPersonAnswer {
  readonly id: string;
  @ApiProperty({ enum: memberRoles })
  readonly role: string;
  readonly from: string;
  /** Null where it is open. */
  @ApiProperty({ type: String, nullable: true })
  readonly to: string | null;
  /** Whether they are in office today. */
  readonly inOffice: boolean;
}

class BoardConclusionAnswer {
  readonly id: string;
  readonly text: string;
}

class BoardMeetingAnswer {
  readonly id: string;
  readonly title: string;
  readonly date: string;
  @ApiProperty({ type: String, nullable: true })
  readonly place: string | null;
  readonly present: BoardPersonAnswer[];
  /** What it concluded without asking anything of a unit. */
  readonly conclusions: BoardConclusionAnswer[];
}

class BoardRecommendationAnswer extends RecommendationAnswer {
  /** Id of the meeting that concluded it; null to those who see no meetings. */
  @ApiProperty({ type: String, nullable: true })
  readonly meeting: string | null;
}

export class BoardAnswer extends BoardItem {
  /** As what the caller sees it: all of it, or what is asked of their units. */
  @ApiProperty({ enum: ['all', 'owner'] })
  readonly part: string;
  readonly document: BoardPaperDto;
  /** The decision that dissolved it. */
  @ApiProperty({ type: BoardPaperDto, nullable: true })
  readonly dissolved: BoardPaperDto | null;
  /** In the order in which they were appointed. */
  readonly members: BoardMemberAnswer[];
  /** Newest first. */
  readonly meetings: BoardMeetingAnswer[];
  /** Oldest first. */
  readonly recommendations: BoardRecommendationAnswer[];
  /** Every action that its state lets be done. */
  readonly allowed: BoardActionAnswer[];
  readonly revision: number;
}
