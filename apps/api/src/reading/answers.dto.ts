import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { punctualityStates } from '#reporting';
import { classifications, groups, kinds, punctualityMeasures } from '#workflow';

/** How fresh the answer is. */
export class AsOfAnswer {
  /** Everything up to here is in the answer; decimal. */
  readonly position: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly lagMs: number;
}

export class AllowedAnswer {
  readonly action: string;
  /** Codes of what stands against it; empty when the caller may do it now. */
  readonly unmet: string[];
}

/** The lifecycle version that it keeps. */
class DefinitionAnswer {
  readonly id: string;
  readonly version: number;
}

class ProcedureFields {
  readonly id: string;
  readonly title: string;
  readonly code: string | null;
  @ApiProperty({ enum: kinds })
  readonly kind: string;
  @ApiProperty({ enum: [...groups, null], nullable: true })
  readonly group: string | null;
  readonly field: string;
  /** Unit id. */
  readonly owningUnit: string;
  @ApiProperty({ enum: classifications })
  readonly classification: string;
  readonly stage: string;
  readonly suspended: boolean;
  readonly revision: number;
}

export class ProcedureSummaryAnswer extends ProcedureFields {
  /** Of its newest event, decimal. */
  readonly position: string;
  /** ISO 8601 UTC. */
  readonly registeredAt: string;
  /** ISO 8601 UTC. */
  readonly stageSince: string;
}

export class PageAnswer {
  /** Null on the last page. */
  readonly nextCursor: string | null;
  readonly asOf: AsOfAnswer;
}

export class ProceduresAnswer extends PageAnswer {
  readonly items: ProcedureSummaryAnswer[];
}

class OnTimeFactAnswer {
  @ApiProperty({ enum: punctualityMeasures })
  readonly measure: string;
  /** The limit, as the lifecycle version has it. */
  readonly days: number;
  /** `open` while there is time left to disclose it, `unknown` where no calendar covers the dates. */
  @ApiProperty({ enum: punctualityStates })
  readonly state: string;
  /** The first date on which the decision may take effect, or the last on which it is disclosed in time. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  readonly limitOn: string | null;
  /** When it takes effect, or was disclosed for the first time. */
  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  readonly on: string | null;
  /** Which version of the calendar counted; null where every day counts. */
  readonly calendarVersion: number | null;
}

class OfficeAnswer {
  readonly office: string;
  @ApiProperty({ type: 'string', format: 'date' })
  readonly date: string;
  /** Revisions that corrected it; left out where none did. */
  @ApiPropertyOptional()
  readonly correctedBy?: readonly number[];
}

export class ProcedureAnswer extends ProcedureFields {
  readonly definition: DefinitionAnswer;
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly parts: object;
  /** The latest review; null when there is none. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  readonly review: object | null;
  /** By which it was submitted, or its process built: the latest. As all that follows it reads as corrected, and `correctedBy` names the revisions. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  readonly document: object | null;
  /** That published it, the latest; null when it was not. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  readonly decision: object | null;
  /** Reason and decision that abolished it; null when it was not. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  readonly abolition: object | null;
  /** Where it was disclosed, oldest first. */
  readonly offices: OfficeAnswer[];
  /** Oldest first, with what each saves, and where there is one `check`, `decision`, `document` and `turnedDown`, the reason. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  readonly options: object[];
  /** Whether its latest publication was signed and disclosed in time; empty before it is published. */
  readonly onTime: OnTimeFactAnswer[];
  /** Every action that leaves the present stage. */
  readonly allowed: AllowedAnswer[];
  readonly asOf: AsOfAnswer;
}

export class ActorAnswer {
  readonly id: string;
  /** Null when the person was erased. */
  readonly name: string | null;
  readonly role: string;
  /** Unit id. */
  readonly unit: string;
  /** Person id of whom was acted for. */
  @ApiPropertyOptional()
  readonly onBehalfOf?: string;
  /** Stands beside it; null when the person was erased. */
  @ApiPropertyOptional({ type: 'string', nullable: true })
  readonly onBehalfOfName?: string | null;
}

export class HistoryItemAnswer {
  /** Of the event; for a refused command the revision that it was refused on. */
  readonly revision: number | null;
  readonly position: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  readonly actor: ActorAnswer;
  readonly stageBefore: string | null;
  readonly stageAfter: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly data: object;
}

export class HistoryAnswer {
  /** Oldest first, unless the newest was asked for first. */
  readonly items: HistoryItemAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

class DifferenceAnswer {
  /** In dot notation. */
  readonly path: string;
  /** Left out where there was none. */
  @ApiPropertyOptional({})
  readonly before?: unknown;
  /** Left out where there is none. */
  @ApiPropertyOptional({})
  readonly after?: unknown;
}

export class DiffAnswer {
  readonly from: number;
  readonly to: number;
  readonly changes: DifferenceAnswer[];
}
