import type { AttachedFile } from '#files';
import type { Described } from './described.js';
import type { Parts, PartsChange } from './parts.js';

export type IsoDate = string;

/** A line of the cost form. Hours are a decimal in text ("10", "0.5"); money is whole đồng. */
export interface CostLine {
  readonly label?: string;
  readonly hours: string;
  readonly fee: number;
  readonly service: number;
}

/** Where one figure of a cost comes from. */
export interface CostInput {
  /** Its path in the cost, such as `lines.0.hours` or `subjectsPerYear`. */
  readonly input: string;
  readonly source: string;
  /** How it was got. */
  readonly method: string;
  /** Decimals in text, where sources differ: the lower middle one of them counts. (Default: there is one source) */
  readonly figures?: readonly string[];
}

export interface Cost {
  readonly hourlyWage: number;
  readonly lines: readonly CostLine[];
  /** How often each subject goes through it; left out where `everyYears` says so. */
  readonly timesPerYear?: number | undefined;
  /** Once in so many years (3 is a third of a time a year); exactly one of both is there. */
  readonly everyYears?: number | undefined;
  readonly subjectsPerYear: number;
  /** Where its figures come from. (Default: nobody says) */
  readonly inputs?: readonly CostInput[];
}

export interface Decision {
  readonly number: string;
  readonly date: IsoDate;
  readonly effectiveDate: IsoDate;
  readonly signer: string;
  /** SHA-256 of the signed scan, a file of the procedure. */
  readonly scan?: string;
}

export const optionTypes = [
  'abolish', 'merge', 'cutStep', 'cutDocument', 'cutCondition', 'cutFee', 'cutTime', 'cutFrequency', 'useData', 'delegate',
  'digitise', 'postCheck', 'standardForm', 'extendValidity',
] as const; // prettier-ignore
export type OptionType = (typeof optionTypes)[number];

/** A count before the option and after it. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

export interface OptionContent {
  readonly type: OptionType;
  readonly content: string;
  readonly reason: string;
  readonly documentsToAmend: readonly {
    readonly title: string;
    readonly number?: string;
    readonly article?: string;
    readonly change: string;
  }[];
  readonly before: Cost;
  readonly after: Cost;
  readonly roadmap?: string;
  /** Days that the procedure takes. (Default: as its parts say before and after) */
  readonly days?: BeforeAfter;
  /** Conditions that it sets. (Default: not counted) */
  readonly conditions?: BeforeAfter;
}

/** What both costs come to; every figure whole đồng, the percentage in text with two decimals or null when nothing was spent before. */
export interface Saving {
  readonly before: { readonly once: number; readonly year: number };
  readonly after: { readonly once: number; readonly year: number };
  readonly saving: number;
  readonly cutPercent: string | null;
}

export interface Review {
  readonly necessary: boolean;
  readonly withinPowers: boolean;
  readonly reasonable: boolean;
  readonly lawful: boolean;
  readonly findings: string;
  readonly complianceCost?: Cost;
}

/** A lifecycle version. */
interface DefinitionVersion {
  readonly id: string;
  readonly version: number;
}

/** What becomes of the running deadlines of a procedure that gets another lifecycle version. */
export const clockPlans = ['keep-due', 'keep-remaining', 'restart'] as const;
export type Clocks = (typeof clockPlans)[number];

/** Person ids: who acted, then whom they acted for. Separation of duties compares them. */
export type People = readonly string[];

/** Every event says on which date it happened on paper and to which stage it led; any may carry a comment and files. */
export interface FactData {
  readonly occurredOn: IsoDate;
  readonly stage: string;
  readonly comment?: string;
  readonly attachments?: readonly AttachedFile[];
  /** Codes of the warnings that whoever did it confirmed. */
  readonly confirmed?: readonly string[];
}
type ProcedureFact<Type extends string, Data> = { readonly type: Type; readonly data: Data & FactData };

export type ProcedureEvent =
  | ProcedureFact<
      'ProcedureRegistered',
      Described & {
        readonly parts: Parts;
        /** The lifecycle version that this procedure keeps, until it is migrated. */
        readonly definition: DefinitionVersion;
      }
    >
  | ProcedureFact<'PartsAmended', { readonly parts: PartsChange }>
  | ProcedureFact<'ProcessBuilt', { readonly document: { readonly title: string; readonly number: string; readonly date: IsoDate } }>
  | ProcedureFact<'ProcedureReviewed', Review>
  | ProcedureFact<'PublicationProposed', { readonly document: { readonly number: string; readonly date: IsoDate }; readonly note?: string }>
  | ProcedureFact<'PublicationReturned', { readonly reason: string }>
  | ProcedureFact<'ProcedurePublished', { readonly decision: Decision }>
  | ProcedureFact<'ProcedureDisclosed', { readonly date: IsoDate; readonly office: string }>
  | ProcedureFact<'ReviewAssigned', { readonly units: readonly string[]; readonly dueOn: IsoDate; readonly note?: string }>
  | ProcedureFact<
      'OptionProposed',
      { readonly optionId: string; readonly option: OptionContent; readonly saving: Saving; readonly by: People }
    >
  | ProcedureFact<
      'OptionQualityChecked',
      { readonly optionId: string; readonly passed: boolean; readonly remarks: string; readonly by: People }
    >
  | ProcedureFact<'OptionReturned', { readonly optionId: string; readonly reason: string }>
  | ProcedureFact<'OptionApproved', { readonly optionId: string; readonly decision: Decision; readonly by: People }>
  | ProcedureFact<'OptionRejected', { readonly optionId: string; readonly reason: string; readonly by: People }>
  | ProcedureFact<
      'ProcedureSimplified',
      {
        readonly optionId: string;
        readonly document: { readonly title: string; readonly number: string; readonly date: IsoDate; readonly effectiveDate: IsoDate };
        readonly parts?: Parts;
      }
    >
  | ProcedureFact<'ProcedureAbolished', { readonly reason: string; readonly decision?: Decision }>
  | ProcedureFact<'ProcedureWithdrawn', { readonly reason: string }>
  | ProcedureFact<'ProcedureSuspended', { readonly reason: string }>
  | ProcedureFact<'ProcedureResumed', object>
  | ProcedureFact<'ProcessApplied', { readonly date: IsoDate }>
  | ProcedureFact<
      'ProcedureMigrated',
      {
        /** The lifecycle version that it kept, and the one that it keeps from now on. */
        readonly from: DefinitionVersion;
        readonly to: DefinitionVersion;
        readonly clocks: Clocks;
        readonly reason: string;
        /** The stage, in the new version, that the open option goes back to; left out where none is open. */
        readonly origin?: string;
      }
    >
  | ProcedureFact<
      'ProcedureTransferred',
      {
        /** Unit ids: which kept it, and which keeps it from now on. */
        readonly from: string;
        readonly to: string;
        /** The reorganisation that gave it there, and by which of its steps, from 0. */
        readonly reorganisation: string;
        readonly step: number;
        /** By which the reorganisation was decided. */
        readonly decision: { readonly number: string; readonly date: IsoDate };
      }
    >
  | ProcedureFact<
      'CostMeasured',
      {
        /** The implemented option whose saving it tells; left out where it tells what the procedure costs as it stands. */
        readonly optionId?: string;
        readonly cost: Cost;
        readonly figures: { readonly once: number; readonly year: number };
        readonly evidence: { readonly title: string; readonly number?: string; readonly date: IsoDate };
      }
    >
  | ProcedureFact<'ProcessAudited', { readonly date: IsoDate; readonly findings: string }>
  | ProcedureFact<
      'RecordCorrected',
      {
        readonly revision: number;
        /** What the record's data should read, by path in dot notation such as `decision.number`. */
        readonly changes: Readonly<Record<string, unknown>>;
        readonly reason: string;
        /** What the option saves now, when its costs were corrected. */
        readonly saving?: Saving;
        /** The lifecycle that it keeps now, when it was registered as another kind; its stage is the first one of that. */
        readonly definition?: DefinitionVersion;
      }
    >;

export type ProcedureEventType = ProcedureEvent['type'];

/**
 * Whether it is an event of one of these types, which are all that the reader looks at. A switch over what is left has no default: a type that
 * is named and then forgotten does not compile, and what another version of the product wrote is none of them.
 */
export function isOneOf<Type extends ProcedureEventType>(
  event: ProcedureEvent,
  types: readonly Type[],
): event is Extract<ProcedureEvent, { readonly type: Type }> {
  return types.some((type) => type === event.type);
}
