import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { claimActions, worklistScopes } from '#worklist';
import type { WorklistScope } from '#worklist';
import { Optional, Text } from '../http/shape.js';
import { AsOfAnswer, PageAnswer, ProcedureSummaryAnswer } from '../reading/answers.dto.js';
import { PageQuery } from '../reading/reading.dto.js';

export class WorklistQuery extends PageQuery {
  /**
   * Without `Acting-For` also what is the caller's by delegations that are in force today. `mine`: what the caller may do now and no colleague has claimed. `unit`: what waits for anybody at the caller's units.
   * `claimed`: what the caller has. `waiting`: what the caller's units own and others must move on. `overdue`, `dueThisWeek`:
   * what they own or must move on, by its deadlines.
   */
  @ApiPropertyOptional({ enum: worklistScopes, default: 'mine' })
  @Optional()
  @IsIn(worklistScopes)
  readonly scope?: WorklistScope;
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

class WorkItemAnswer extends ProcedureSummaryAnswer {
  /** Person id: for whom it is the caller's, to be named in `Acting-For` when they act; null where it is for themselves, which goes before. */
  readonly actingFor: string | null;
  /** What the caller may do now that moves it on, for whom `actingFor` says. */
  readonly actions: string[];
  /** Whose work it is; null when nobody has claimed it. */
  @ApiProperty({ type: () => ClaimantAnswer, nullable: true })
  readonly claim: ClaimantAnswer | null;
}

export class WorklistAnswer extends PageAnswer {
  /** Longest waiting first. */
  readonly items: WorkItemAnswer[];
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

class AllowedClaimAnswer {
  @ApiProperty({ enum: claimActions })
  readonly action: (typeof claimActions)[number];
  /** Whether it must be told why. */
  readonly needsReason: boolean;
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
