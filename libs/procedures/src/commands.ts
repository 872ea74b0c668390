import type { ActingFor, AnyAction, AuthorityPolicy, Classification, HeldRole, LifecycleDefinition, UnitTree } from '#workflow';
import type { AttachedFile } from '#files';
import type { Attaching } from './attached.js';
import type { Confirmable } from './conditions.js';
import type { DescribedInCommand } from './described.js';
import type { Clocks, Decision, IsoDate, OptionContent, Review } from './events.js';
import type { Measurement } from './measured.js';
import type { Parts, PartsChange } from './parts.js';

interface Reason {
  readonly reason: string;
}

interface OnOption {
  /** (Default: the option that is open) */
  readonly optionId?: string | undefined;
}

/** What each action takes, besides `occurredOn`, `confirm`, `comment` and `attachments`. */
export interface ActionBodies {
  readonly register: DescribedInCommand & { readonly parts?: Parts | undefined };
  readonly 'amend-parts': PartsChange;
  readonly build: { readonly document: { readonly title: string; readonly number: string; readonly date: IsoDate } };
  readonly review: Review;
  readonly propose: { readonly document: { readonly number: string; readonly date: IsoDate }; readonly note?: string | undefined };
  readonly publish: { readonly decision: Decision };
  readonly disclose: { readonly date: IsoDate; readonly office: string };
  readonly apply: { readonly date: IsoDate };
  readonly audit: { readonly date: IsoDate; readonly findings: string };
  readonly 'assign-review': { readonly units: readonly string[]; readonly dueOn: IsoDate; readonly note?: string | undefined };
  readonly 'propose-option': { readonly option: OptionContent };
  readonly 'check-quality': OnOption & { readonly passed: boolean; readonly remarks: string };
  readonly 'approve-option': OnOption & { readonly decision: Decision };
  readonly 'reject-option': OnOption & Reason;
  readonly 'implement-option': OnOption & {
    readonly document: { readonly title: string; readonly number: string; readonly date: IsoDate; readonly effectiveDate: IsoDate };
    readonly parts?: Parts | undefined;
  };
  readonly return: OnOption & Reason;
  readonly abolish: Reason & { readonly decision?: Decision | undefined };
  readonly withdraw: Reason;
  readonly suspend: Reason;
  readonly resume: object;
  readonly correct: Reason & { readonly revision: number; readonly changes: Readonly<Record<string, unknown>> };
}

/** What the rules need to know besides the procedure itself; looked up before, so that the rules stay pure. */
export interface DecisionContext {
  readonly actor: {
    readonly id: string;
    /** Their own, which count unless they act for somebody. */
    readonly roles: readonly HeldRole[];
    /** Their own, for whomever they act. (Default: none) */
    readonly clearance?: Classification | undefined;
    /** Ids of who else counts as the actor where people must differ: programs by who can use their keys. (Default: nobody) */
    readonly countsAs?: readonly string[] | undefined;
    /** Whom the actor acts for, and in what. */
    readonly actingFor?: ActingFor | undefined;
  };
  /** The version that the procedure keeps; for a registration the newest of its kind. */
  readonly definition: LifecycleDefinition;
  readonly authority: AuthorityPolicy;
  readonly units: UnitTree;
  /** The date in Vietnam. */
  readonly today: IsoDate;
  /** A UUID for what the command may create, the same when it is sent again. */
  readonly newId: string;
  /** Whether another procedure holds the official code; `unreserved` where nobody looked because the command was refused anyway. (Default: false) */
  readonly codeTaken?: boolean | 'unreserved' | undefined;
  /** Whole đồng: the hourly wage in force on the day, which options must use. (Default: any) */
  readonly hourlyWage?: number | undefined;
  /** The newest lifecycle of the kind that a correction names, with its policy. (Default: none) */
  readonly ofKind?: Pick<DecisionContext, 'definition' | 'authority'> | undefined;
  /** The procedure's files, as far as the command names them. (Default: none) */
  readonly files?: readonly AttachedFile[] | undefined;
}

/** How procedures of one lifecycle version get another one. */
export interface MigrationPlan {
  /** The version that they keep now. */
  readonly from: number;
  readonly to: LifecycleDefinition;
  /** The new stage for each old one. */
  readonly stages: Readonly<Record<string, string>>;
  readonly clocks: Clocks;
  readonly reason: string;
}

interface MigrateCommand {
  readonly action: 'migrate';
  readonly body: MigrationPlan;
  readonly occurredOn?: IsoDate | undefined;
  readonly context: DecisionContext;
}

/** Where a reorganisation gives a procedure. */
export interface Transfer {
  /** Unit ids; it is refused for what is not kept there any more. */
  readonly from: string;
  readonly to: string;
  readonly reorganisation: string;
  /** From 0. */
  readonly step: number;
  readonly decision: { readonly number: string; readonly date: IsoDate };
}

interface TransferCommand {
  readonly action: 'transfer';
  readonly body: Transfer;
  readonly occurredOn?: IsoDate | undefined;
  readonly context: DecisionContext;
}

interface MeasureCommand {
  readonly action: 'measure';
  readonly body: Measurement;
  readonly occurredOn?: IsoDate | undefined;
  /** It has no dates that others follow, so nothing to confirm. */
  readonly confirm?: readonly Confirmable[] | undefined;
  readonly context: DecisionContext;
}

/** One command on a procedure: an action of its lifecycle, its migration to another version of it, or what beside its lifecycle was measured. */
export type ProcedureCommand = MigrateCommand | TransferCommand | MeasureCommand | ActionCommand;
export type ActionCommand = {
  readonly [Action in AnyAction]: {
    readonly action: Action;
    readonly body: ActionBodies[Action];
    /** The date on which it happened on paper. (Default: today) */
    readonly occurredOn?: IsoDate | undefined;
    /** A registration carries none: a file belongs to a procedure that is there. */
    readonly attaching?: Attaching | undefined;
    /** Warnings that are right all the same. (Default: none) */
    readonly confirm?: readonly Confirmable[] | undefined;
    readonly context: DecisionContext;
  };
}[AnyAction];

/** What every body may say of itself. */
export interface Dated {
  /** The date on which it happened on paper. (Default: today) */
  readonly occurredOn?: string | undefined;
  /** Warnings that are right all the same. (Default: none) */
  readonly confirm?: readonly Confirmable[] | undefined;
}
