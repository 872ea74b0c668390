import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsUUID, ArrayMaxSize, ArrayMinSize, ArrayUnique } from 'class-validator';
import { mostRemindBefore, taskActions, taskKinds, taskSides, taskStates } from '#worklist';
import type { TaskAction, TaskKind, TaskSide, TaskState } from '#worklist';
import { classifications } from '#workflow';
import type { Classification } from '#workflow';
import { CalendarDate, Optional, Text, Whole } from '../http/shape.js';
import { PageQuery } from '../reading/reading.dto.js';

export class ConsultDto {
  /** Unit ids: who is asked. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  readonly units: string[];

  @Text()
  readonly question: string;

  /** Not before today. */
  @CalendarDate()
  readonly dueOn: string;

  /** Working days before it is due on which those that have not answered are reminded. (Default: 2) */
  @Optional()
  @Whole({ most: mostRemindBefore })
  readonly remindBefore?: number;
}

export class ObstacleDto {
  /** Unit id: who cannot apply it as it stands. (Default: the caller's) */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  @Text()
  readonly description: string;
}

export class AnswerTaskDto {
  /** Unit id: for whom it is answered. (Default: the only unit asked for which the caller speaks, else the caller's) */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  /** Required, except of what is secret or above: of that it is left out, and only that the unit has answered is held. */
  @Optional()
  @Text()
  readonly answer?: string;
}

export class CloseConsultationDto {
  @Optional()
  @Text(1_000)
  readonly reason?: string;
}

export class TasksQuery extends PageQuery {
  @ApiPropertyOptional({ enum: taskKinds })
  @Optional()
  @IsIn(taskKinds)
  readonly kind?: TaskKind;

  @ApiPropertyOptional({ enum: taskStates })
  @Optional()
  @IsIn(taskStates)
  readonly state?: TaskState;

  /** What is asked of units for which the caller speaks, or what these asked, with reviews that are assigned of what they own. (Default: both, and for whoever sees them) */
  @ApiPropertyOptional({ enum: taskSides })
  @Optional()
  @IsIn(taskSides)
  readonly side?: TaskSide;

  /** Unit id, with those below it. (Default: all of the caller's, also by delegations that are in force today; with `Acting-For` all of that person's) */
  @Optional()
  @IsUUID()
  readonly unit?: string;

  @Optional()
  @IsUUID()
  readonly procedure?: string;
}

class AllowedOnTaskAnswer {
  @ApiProperty({ enum: taskActions })
  readonly action: TaskAction;
  /** Empty when it may be done now. */
  readonly unmet: string[];
}

class TaskAnswer {
  /** Of the question, the same for every unit that is asked. */
  readonly id: string;
  @ApiProperty({ enum: taskKinds })
  readonly kind: string;
  /** Procedure id. */
  readonly procedure: string;
  readonly title: string;
  /** Of the procedure. From `secret` on an answer has no text. */
  @ApiProperty({ enum: classifications })
  readonly classification: Classification;
  /** Unit id: who is to answer. */
  readonly unit: string;
  /** Unit id: who asked; null for the authority that assigned a review. */
  readonly by: string | null;
  /**
   * Person id: in whose name the caller may answer it, else close it or remind of it, to be named in `Acting-For`; null where it is in their
   * own, which goes before, and where it is not for them.
   */
  readonly actingFor: string | null;
  readonly question: string | null;
  /** Null for an obstacle. */
  readonly dueOn: string | null;
  @ApiProperty({ enum: taskStates })
  readonly state: string;
  readonly answer: string | null;
  /** ISO 8601 UTC. */
  readonly askedAt: string;
  readonly answeredAt: string | null;
  /** When the unit was reminded last; null before. */
  readonly remindedAt: string | null;
  /** Why it was closed, where whoever closed it said so. */
  readonly closeReason: string | null;
  /**
   * What can be done about it, by the rules of the commands, for the caller in the name of whom `actingFor` says; none once it is answered or
   * closed. To close and to remind are about the question, and the same for every unit that it waits for.
   */
  readonly allowed: AllowedOnTaskAnswer[];
}

export class TasksAnswer {
  readonly items: TaskAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
