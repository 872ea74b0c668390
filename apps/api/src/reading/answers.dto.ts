import { ApiExtraModels, ApiProperty, ApiPropertyOptional, IntersectionType, getSchemaPath } from '@nestjs/swagger';
import { proofStates } from '#audit';
import type { ProofState } from '#audit';
import { optionStates } from '#procedures';
import type { DescribedInFull } from '#procedures';
import { punctualityStates } from '#reporting';
import { classifications, groups, kinds, punctualityMeasures, roles } from '#workflow';
import type { Classification, Group, Kind, Role } from '#workflow';
import { MeasuredAnswer, SavingAnswer } from '../procedures/cost.dto.js';
import { OptionDto } from '../procedures/option-action.dto.js';
import { PartsDto } from '../procedures/parts.dto.js';
import { DecisionDto } from '../procedures/procedure-action.dto.js';
import { FoundAnswer, LifecycleVersionAnswer, PaperAnswer, historyShapes } from './facts.dto.js';

/** How fresh the answer is. */
export class AsOfAnswer {
  /** Everything up to here is in the answer; decimal. */
  readonly position: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly lagMs: number;
}

export class RoleAtUnitAnswer {
  @ApiProperty({ enum: roles })
  readonly role: Role;
  /** Unit id. */
  readonly unit: string;
}

export class AllowedAnswer {
  readonly action: string;
  /** Codes of what stands against it; empty when the caller may do it now. */
  readonly unmet: string[];
  /** Paths of the parts that are missing for it. */
  readonly missing: string[];
  /** By which roles it is done, the nearest to the owning unit first, whoever holds them. */
  readonly by: RoleAtUnitAnswer[];
  /** Paths in its body of what it can do without elsewhere, and the lifecycle asks for here. */
  readonly inputs: string[];
  /** Whether it moves the procedure on, so that it stands in worklists. */
  readonly isWork: boolean;
}

const otherActions = ['amend-parts', 'comment', 'consult', 'raise-obstacle', 'measure'] as const;

export class OtherActionAnswer {
  /** `comment` says that files may be brought, too. */
  @ApiProperty({ enum: otherActions })
  readonly action: (typeof otherActions)[number];
  /** Codes of what stands against it; empty when the caller may do it now. */
  readonly unmet: string[];
}

class ProcedureFields {
  readonly id: string;
  readonly title: string;
  readonly code: string | null;
  @ApiProperty({ enum: kinds })
  readonly kind: Kind;
  @ApiProperty({ enum: [...groups, null], nullable: true })
  readonly group: Group | null;
  readonly field: string;
  /** Unit id. */
  readonly owningUnit: string;
  @ApiProperty({ enum: classifications })
  readonly classification: Classification;
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

export class TotalAnswer {
  /** Counted up to 10,000. */
  readonly count: number;
  /** Whether there are more than those. */
  readonly more: boolean;
}

export class ProceduresAnswer extends PageAnswer {
  readonly items: ProcedureSummaryAnswer[];
  /** Of all pages, where it was asked for. */
  readonly total?: TotalAnswer;
}

export class SimilarAnswer {
  /** The most alike first. */
  readonly items: ProcedureSummaryAnswer[];
  readonly asOf: AsOfAnswer;
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

/** A value as it reads now. */
class Correctable {
  /** Revisions that corrected it; left out where none did. */
  @ApiPropertyOptional({ type: [Number] })
  readonly correctedBy?: readonly number[];
}

class OfficeAnswer extends Correctable {
  readonly office: string;
  @ApiProperty({ type: 'string', format: 'date' })
  readonly date: string;
}

class ReviewAnswer extends IntersectionType(FoundAnswer, Correctable) {}

class CorrectablePaper extends IntersectionType(PaperAnswer, Correctable) {}

class CorrectableDecision extends IntersectionType(DecisionDto, Correctable) {}

class AbolitionAnswer extends Correctable {
  readonly reason: string;
  @ApiPropertyOptional({ type: () => DecisionDto })
  readonly decision?: DecisionDto;
}

class CheckAnswer extends Correctable {
  readonly passed: boolean;
  readonly remarks: string;
}

class TurnedDownAnswer extends Correctable {
  readonly reason: string;
}

class OptionAnswer extends IntersectionType(OptionDto, Correctable) {
  readonly id: string;
  @ApiProperty({ enum: optionStates })
  readonly status: string;
  readonly saving: SavingAnswer;
  /** The stage that it was proposed from, to which it goes back. */
  readonly origin: string;
  /** Person ids: who did what to it, or corrected its record, by action. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } })
  readonly people: Readonly<Record<string, readonly string[]>>;
  /** The latest check of its quality. */
  @ApiPropertyOptional({ type: () => CheckAnswer })
  readonly check?: CheckAnswer;
  /** That approved it. */
  @ApiPropertyOptional({ type: () => CorrectableDecision })
  readonly decision?: CorrectableDecision;
  /** That implemented it. */
  @ApiPropertyOptional({ type: () => CorrectablePaper })
  readonly document?: CorrectablePaper;
  /** Why it was rejected or returned. */
  @ApiPropertyOptional({ type: () => TurnedDownAnswer })
  readonly turnedDown?: TurnedDownAnswer;
  /** What the procedure costs since it was implemented, as it was measured last. */
  @ApiPropertyOptional({ type: () => MeasuredAnswer })
  readonly measured?: MeasuredAnswer;
}

export class ProcedureAnswer extends ProcedureFields implements DescribedInFull {
  /** The lifecycle version that it keeps. */
  readonly definition: LifecycleVersionAnswer;
  readonly parts: PartsDto;
  /** The latest review; null when there is none. */
  @ApiProperty({ type: () => ReviewAnswer, nullable: true })
  readonly review: ReviewAnswer | null;
  /** By which it was submitted, or its process built: the latest. As all that follows it reads as corrected, and `correctedBy` names the revisions. */
  @ApiProperty({ type: () => CorrectablePaper, nullable: true })
  readonly document: CorrectablePaper | null;
  /** That published it, the latest; null when it was not. */
  @ApiProperty({ type: () => CorrectableDecision, nullable: true })
  readonly decision: CorrectableDecision | null;
  /** Reason and decision that abolished it; null when it was not. */
  @ApiProperty({ type: () => AbolitionAnswer, nullable: true })
  readonly abolition: AbolitionAnswer | null;
  /** Where it was disclosed, oldest first. */
  readonly offices: OfficeAnswer[];
  /** Oldest first, with what each saves, and where there is one `check`, `decision`, `document` and `turnedDown`, the reason. */
  readonly options: OptionAnswer[];
  /** What it costs as it stands, as it was measured last; null where nobody did. */
  @ApiProperty({ type: () => MeasuredAnswer, nullable: true })
  readonly measured: MeasuredAnswer | null;
  /** Whether its latest publication was signed and disclosed in time; empty before it is published. */
  readonly onTime: OnTimeFactAnswer[];
  /** Every action that leaves the present stage. */
  readonly allowed: AllowedAnswer[];
  /** What leads to no other stage, as far as it is open where the procedure stands. */
  readonly otherActions: OtherActionAnswer[];
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

class HistoryItemAnswer {
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
  /** The bulk run that it was an item of; left out where it was none. */
  readonly batch?: string;
  /** How far it is beyond doubt: in the log, in its signed tree, under a checkpoint that enough witnesses cosigned. */
  @ApiProperty({ enum: proofStates })
  readonly proof: ProofState;
}

/** A line of each type, with what its data holds. */
const lines = Object.entries(historyShapes).map(([type, shape]) => ({
  allOf: [
    { $ref: getSchemaPath(HistoryItemAnswer) },
    { type: 'object', properties: { type: { type: 'string', enum: [type] }, data: { $ref: getSchemaPath(shape) } } },
  ],
}));

@ApiExtraModels(HistoryItemAnswer, ...Object.values(historyShapes))
export class HistoryAnswer {
  /** Oldest first, unless the newest was asked for first. */
  @ApiProperty({ type: 'array', items: { oneOf: lines } })
  readonly items: HistoryItemAnswer[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

class DifferenceAnswer {
  /** In dot notation. */
  readonly path: string;
  /** A text, number, truth value, list or object, as the procedure itself shows it; left out where there was none. */
  @ApiPropertyOptional({})
  readonly before?: unknown;
  /** Likewise; left out where there is none. */
  @ApiPropertyOptional({})
  readonly after?: unknown;
}

export class DiffAnswer {
  readonly from: number;
  readonly to: number;
  readonly changes: DifferenceAnswer[];
}
