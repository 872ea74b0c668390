import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { clockPlans, partNames } from '#procedures';
import type { ProcedureEvent, ProcedureEventType } from '#procedures';
import { FileAnswer } from '../attachments/attachments.dto.js';
import { CostDto, EvidenceDto, SavingAnswer, YearlyCost } from '../procedures/cost.dto.js';
import { OptionDto } from '../procedures/option-action.dto.js';
import { Removable } from '../http/removable.js';
import { PartsDto } from '../procedures/parts.dto.js';
import { DecisionDto, TitledDocumentDto } from '../procedures/procedure-action.dto.js';
import { DescribedDto } from '../procedures/register-procedure.dto.js';

const date = { type: 'string', format: 'date' } as const;

/** A lifecycle version. */
export class LifecycleVersionAnswer {
  readonly id: string;
  readonly version: number;
}

/** A document, of which a submission has no title, and only an amending one comes into effect. */
export class PaperAnswer {
  readonly title?: string;
  readonly number: string;
  @ApiProperty(date)
  readonly date: string;
  @ApiPropertyOptional(date)
  readonly effectiveDate?: string;
}

/** What the event of every action says. */
class Fact {
  /** The date on which it happened on paper. */
  @ApiProperty(date)
  readonly occurredOn: string;
  /** The stage that it led to. */
  readonly stage: string;
  readonly comment?: string;
  @ApiPropertyOptional({ type: () => [FileAnswer] })
  readonly attachments?: FileAnswer[];
  /** Codes of the warnings that whoever did it confirmed. */
  @ApiPropertyOptional({ type: [String] })
  readonly confirmed?: string[];
}

class ProcedureRegisteredData extends IntersectionType(Fact, DescribedDto) {
  readonly parts: PartsDto;
  /** The lifecycle version that it keeps, until it is migrated. */
  readonly definition: LifecycleVersionAnswer;
}

/** Some of the parts as they read from now on; null removes one. */
class PartsChangeAnswer extends Removable(PartsDto, partNames) {}

class PartsAmendedData extends Fact {
  readonly parts: PartsChangeAnswer;
}

class BuiltProcessAnswer extends TitledDocumentDto {
  /** Some of the first events hold one. */
  @ApiPropertyOptional(date)
  readonly effectiveDate?: string;
}

class ProcessBuiltData extends Fact {
  readonly document: BuiltProcessAnswer;
}

/** What a review found. */
export class FoundAnswer {
  readonly necessary: boolean;
  readonly withinPowers: boolean;
  readonly reasonable: boolean;
  readonly lawful: boolean;
  readonly findings: string;
  @ApiPropertyOptional({ type: () => CostDto })
  readonly complianceCost?: CostDto;
}

class ProcedureReviewedData extends IntersectionType(Fact, FoundAnswer) {}

class SubmissionAnswer {
  readonly number: string;
  @ApiProperty(date)
  readonly date: string;
}

class PublicationProposedData extends Fact {
  readonly document: SubmissionAnswer;
  readonly note?: string;
}

/** Of an event that gives nothing but a reason. */
class ReasonData extends Fact {
  readonly reason: string;
}

class ProcedurePublishedData extends Fact {
  readonly decision: DecisionDto;
}

class ProcedureDisclosedData extends Fact {
  @ApiProperty(date)
  readonly date: string;
  readonly office: string;
}

class ReviewAssignedData extends Fact {
  /** Unit ids. */
  readonly units: string[];
  @ApiProperty(date)
  readonly dueOn: string;
  readonly note?: string;
}

/** Of an event about an option. */
class OnOption extends Fact {
  readonly optionId: string;
}

/** Of an action on an option that others must not have done. */
class ByPeople extends OnOption {
  /** Person ids: who acted, then whom they acted for. */
  readonly by: string[];
}

class OptionProposedData extends ByPeople {
  readonly option: OptionDto;
  readonly saving: SavingAnswer;
}

class OptionQualityCheckedData extends ByPeople {
  readonly passed: boolean;
  readonly remarks: string;
}

class OptionReturnedData extends OnOption {
  readonly reason: string;
}

class OptionApprovedData extends ByPeople {
  readonly decision: DecisionDto;
}

class OptionRejectedData extends ByPeople {
  readonly reason: string;
}

class AmendingDocumentAnswer extends TitledDocumentDto {
  @ApiProperty(date)
  readonly effectiveDate: string;
}

class ProcedureSimplifiedData extends OnOption {
  readonly document: AmendingDocumentAnswer;
  /** As amended: the procedure's next version. */
  @ApiPropertyOptional({ type: () => PartsDto })
  readonly parts?: PartsDto;
}

class ProcedureAbolishedData extends ReasonData {
  @ApiPropertyOptional({ type: () => DecisionDto })
  readonly decision?: DecisionDto;
}

class ProcedureResumedData extends Fact {}

class ProcessAppliedData extends Fact {
  @ApiProperty(date)
  readonly date: string;
}

class ProcessAuditedData extends ProcessAppliedData {
  readonly findings: string;
}

class ProcedureMigratedData extends ReasonData {
  readonly from: LifecycleVersionAnswer;
  readonly to: LifecycleVersionAnswer;
  /** What became of running deadlines. */
  @ApiProperty({ enum: clockPlans })
  readonly clocks: (typeof clockPlans)[number];
  /** The stage that the open option goes back to; left out where none is open. */
  readonly origin?: string;
}

class TransferDecision {
  readonly number: string;
  @ApiProperty(date)
  readonly date: string;
}

class ProcedureTransferredData extends Fact {
  /** Unit ids: which kept it, and which keeps it since. */
  readonly from: string;
  readonly to: string;
  /** The reorganisation that gave it there. */
  readonly reorganisation: string;
  /** From 0. */
  readonly step: number;
  readonly decision: TransferDecision;
}

class CostMeasuredData extends Fact {
  /** Left out where it tells what the procedure costs as it stands. */
  @ApiPropertyOptional()
  readonly optionId?: string;
  readonly cost: CostDto;
  readonly figures: YearlyCost;
  readonly evidence: EvidenceDto;
}

class RecordCorrectedData extends ReasonData {
  /** Of the record that was corrected. */
  readonly revision: number;
  /** What its data should read, by path in dot notation such as `decision.number`. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly changes: Readonly<Record<string, unknown>>;
  /** What the option saves now, when its costs were corrected. */
  @ApiPropertyOptional({ type: () => SavingAnswer })
  readonly saving?: SavingAnswer;
  /** The lifecycle that it keeps now, when it was registered as another kind. */
  @ApiPropertyOptional({ type: () => LifecycleVersionAnswer })
  readonly definition?: LifecycleVersionAnswer;
}

class UnmetFact {
  readonly code: string;
  /** English, for people. */
  readonly message: string;
  /** The field that it is about. */
  readonly path?: string;
}

/** A command that was refused. */
class CommandRefusedData {
  /** Procedure id. */
  readonly procedure: string | null;
  readonly action: string;
  /** On which it was refused. */
  readonly revision: number | null;
  readonly stage: string | null;
  readonly unmet: UnmetFact[];
}

type DataOf<Type extends ProcedureEventType> = Extract<ProcedureEvent, { readonly type: Type }>['data'];
type Described = { readonly [Type in ProcedureEventType]: new () => DataOf<Type> };

/** What the data of each event type holds. An event without a shape, or with another one, does not compile. */
const factShapes = {
  ProcedureRegistered: ProcedureRegisteredData,
  PartsAmended: PartsAmendedData,
  ProcessBuilt: ProcessBuiltData,
  ProcedureReviewed: ProcedureReviewedData,
  PublicationProposed: PublicationProposedData,
  PublicationReturned: ReasonData,
  ProcedurePublished: ProcedurePublishedData,
  ProcedureDisclosed: ProcedureDisclosedData,
  ReviewAssigned: ReviewAssignedData,
  OptionProposed: OptionProposedData,
  OptionQualityChecked: OptionQualityCheckedData,
  OptionReturned: OptionReturnedData,
  OptionApproved: OptionApprovedData,
  OptionRejected: OptionRejectedData,
  ProcedureSimplified: ProcedureSimplifiedData,
  ProcedureAbolished: ProcedureAbolishedData,
  ProcedureWithdrawn: ReasonData,
  ProcedureSuspended: ReasonData,
  ProcedureResumed: ProcedureResumedData,
  ProcessApplied: ProcessAppliedData,
  ProcessAudited: ProcessAuditedData,
  ProcedureMigrated: ProcedureMigratedData,
  CostMeasured: CostMeasuredData,
  ProcedureTransferred: ProcedureTransferredData,
  RecordCorrected: RecordCorrectedData,
} as const satisfies Described;

/** What the data of each line of a history holds, by its type. */
export const historyShapes = { ...factShapes, CommandRefused: CommandRefusedData } as const;
