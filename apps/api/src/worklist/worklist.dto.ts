import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { deadlineStates } from '#deadlines';
import { claimActions, worklistOrders, worklistScopes } from '#worklist';
import type { WorklistOrder, WorklistScope } from '#worklist';
import { Optional, Text } from '../http/shape.js';
import { AsOfAnswer, PageAnswer, ProcedureSummaryAnswer, TotalAnswer } from '../reading/answers.dto.js';
import { CountedPageQuery, FilteredQuery } from '../reading/reading.dto.js';

export class WorklistQuery extends IntersectionType(FilteredQuery, CountedPageQuery) {
  /**
   * Without `Acting-For` also what is the caller's by delegations that are in force today. `mine`: what the caller may do now and no colleague has claimed. `unit`: what waits for anybody at the caller's units.
   * `claimed`: what the caller has. `waiting`: what the caller's units own and others must move on. `overdue`, `dueThisWeek`:
   * what they own or must move on, by its deadlines.
   */
  @ApiPropertyOptional({ enum: worklistScopes, default: 'mine' })
  @Optional()
  @IsIn(worklistScopes)
  readonly scope?: WorklistScope;

  /** The longest waiting first, or what is due next, and last what has no due date. */
  @ApiPropertyOptional({ enum: worklistOrders, default: 'waiting' })
  @Optional()
  @IsIn(worklistOrders)
  readonly sort?: WorklistOrder;
}

export class AssignDto {
  /** Person id: who shall do it. */
  @IsUUID()
  readonly person: string;

  @Text(1_000)
  readonly reason: string;
}

export class ReleaseDto {
  /** Needed for taking it from somebody else. */
  @Optional()
  @Text(1_000)
  readonly reason?: string;
}

class ClaimantAnswer {
  /** Person id. */
  readonly person: string;
  /** Null when it was erased. */
  readonly name: string | null;
  /** ISO 8601 UTC. */
  readonly since: string;
}

class AllowedClaimAnswer {
  @ApiProperty({ enum: claimActions })
  readonly action: (typeof claimActions)[number];
  /** Whether it must be told why. */
  readonly needsReason: boolean;
}

/** By when something has to be done. */
export class DueAnswer {
  /** What has to be done in time; null where the limit is one of a stay in a stage. */
  readonly action: string | null;
  /** The stage whose stay is limited; null for the limit of an action. */
  readonly stage: string | null;
  /** The last day; null while it stands still, and where its calendar does not cover the time. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  readonly dueOn: string | null;
  /** Working days from tomorrow to that day, 0 on the day itself; below 0 those that have passed since. Null where no calendar knows. */
  @ApiProperty({ type: 'integer', nullable: true })
  readonly workingDays: number | null;
  @ApiProperty({ enum: deadlineStates })
  readonly state: string;
  /** Whether it stands still. */
  readonly stopped: boolean;
}

class WorkItemAnswer extends ProcedureSummaryAnswer {
  /** Person id: for whom it is the caller's, to be named in `Acting-For` when they act; null where it is for themselves, which goes before. */
  readonly actingFor: string | null;
  /** What the caller may do now that moves it on, for whom `actingFor` says. */
  readonly actions: string[];
  /** Whose work it is; null when nobody has claimed it. */
  @ApiProperty({ type: () => ClaimantAnswer, nullable: true })
  readonly claim: ClaimantAnswer | null;
  /** What the caller may do about whose work it is, for whom `actingFor` says. */
  readonly claiming: AllowedClaimAnswer[];
  /** The deadline that is due next; null where none runs. */
  @ApiProperty({ type: () => DueAnswer, nullable: true })
  readonly due: DueAnswer | null;
}

export class WorklistAnswer extends PageAnswer {
  /** In the order that was asked for. */
  readonly items: WorkItemAnswer[];
  /** Of all pages, where it was asked for. */
  readonly total?: TotalAnswer;
}

class AskedAnswer {
  /** Asked of the units at which the caller holds a role, or that were merged into these, and not answered; units below do not count. */
  readonly open: number;
  /** Of these, past their day. */
  readonly overdue: number;
  /** Asked by the caller's units and not answered. */
  readonly waiting: number;
}

export class WorkCountsAnswer {
  readonly mine: number;
  readonly unit: number;
  readonly claimed: number;
  readonly waiting: number;
  readonly overdue: number;
  readonly dueThisWeek: number;
  readonly tasks: AskedAnswer;
  readonly asOf: AsOfAnswer;
}

class ClaimAnswer {
  /** `WorkClaimed`, `WorkAssigned` or `WorkReleased`. */
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Person id: whose work it became, or was. */
  readonly person: string;
  readonly name: string | null;
  /** Person id: who did it. */
  readonly by: string;
  readonly byName: string | null;
  /** Person id: for whom it was done, under a delegation; null for oneself. */
  readonly onBehalfOf: string | null;
  /** Null for oneself, and when it was erased. */
  readonly onBehalfOfName: string | null;
  readonly stage: string;
  readonly reason: string | null;
}

export class ClaimsAnswer {
  /** Oldest first. */
  readonly items: ClaimAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** Person id: whose work it is now; null when nobody has claimed it in this stage. */
  readonly holder: string | null;
  /** What the caller, or whom they act for, may do about it now. */
  readonly allowed: AllowedClaimAnswer[];
}
