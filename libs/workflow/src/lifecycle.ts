export const kinds = ['internal', 'public', 'quality'] as const;
export type Kind = (typeof kinds)[number];
export const groups = ['A', 'B', 'C', 'D'] as const;
export type Group = (typeof groups)[number];
export const levels = ['ministry', 'service', 'unit'] as const;
export type Level = (typeof levels)[number];
export const roles = ['officer', 'checker', 'authority', 'leader', 'auditor', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** What an action does is code and closed; where it leads, who may do it and what it requires is data. */
export const actions = [
  'build', 'review', 'propose', 'publish', 'disclose', 'apply', 'audit', 'assign-review', 'propose-option', 'check-quality',
  'approve-option', 'reject-option', 'implement-option', 'return', 'abolish', 'withdraw', 'suspend', 'resume', 'correct',
] as const; // prettier-ignore
/** Actions of `POST /procedures/{id}/actions/{action}`. */
export type Action = (typeof actions)[number];
/** Everything that may be decided on, including what has a door of its own. */
export const everyAction = ['register', 'amend-parts', ...actions] as const;
export type AnyAction = (typeof everyAction)[number];

export interface Title {
  readonly vi: string;
  readonly en: string;
}

/** Each as a diagram names it. */
export const actionTitles: Readonly<Record<AnyAction, Title>> = {
  register: { vi: 'đăng ký', en: 'register' },
  'amend-parts': { vi: 'sửa các bộ phận', en: 'amend parts' },
  build: { vi: 'xây dựng', en: 'build' },
  review: { vi: 'rà soát', en: 'review' },
  propose: { vi: 'đề nghị công bố', en: 'propose' },
  publish: { vi: 'công bố', en: 'publish' },
  disclose: { vi: 'công khai', en: 'disclose' },
  apply: { vi: 'áp dụng', en: 'apply' },
  audit: { vi: 'đánh giá', en: 'audit' },
  'assign-review': { vi: 'giao rà soát', en: 'assign review' },
  'propose-option': { vi: 'đề xuất phương án', en: 'propose option' },
  'check-quality': { vi: 'kiểm soát chất lượng', en: 'check quality' },
  'approve-option': { vi: 'phê duyệt phương án', en: 'approve option' },
  'reject-option': { vi: 'từ chối phương án', en: 'reject option' },
  'implement-option': { vi: 'thực thi phương án', en: 'implement option' },
  return: { vi: 'trả lại', en: 'return' },
  abolish: { vi: 'bãi bỏ', en: 'abolish' },
  withdraw: { vi: 'rút', en: 'withdraw' },
  suspend: { vi: 'tạm dừng', en: 'suspend' },
  resume: { vi: 'tiếp tục', en: 'resume' },
  correct: { vi: 'đính chính', en: 'correct' },
};

/** Conditions that a transition may carry; each is checked by code. */
export const requirements = [
  /** It was published at some time, in this cycle or an earlier one. */
  'ever-published',
  /** It never was. */
  'never-published',
  /** The latest review found it necessary and within powers (else only abolish or withdraw). */
  'necessary',
  /** All always-required parts and the legal basis are filled. */
  'parts',
  /** A decision is part of the body once it was ever published (abolish). */
  'decision-if-published',
] as const;
export type Requirement = (typeof requirements)[number];

/** What an action may take besides what it always needs, by path in its body; a transition can require it. */
export const optionalInputs: { readonly [action in AnyAction]?: readonly string[] } = {
  register: ['code'],
  review: ['complianceCost'],
  propose: ['note'],
  publish: ['decision.scan'],
  'assign-review': ['note'],
  'propose-option': ['option.roadmap'],
  'approve-option': ['decision.scan'],
  'implement-option': ['parts'],
  abolish: ['decision', 'decision.scan'],
};

/** Actions on a simplification option; all but the first need one that is open. */
export const optionActions: readonly AnyAction[] = [
  'propose-option',
  'check-quality',
  'approve-option',
  'reject-option',
  'implement-option',
];

/** Another target of a transition. */
export interface Instead {
  /** What the body of the command, or the open option, says. */
  readonly when: 'check-failed' | 'option-abolishes';
  readonly to: string;
}

export interface Transition {
  readonly action: AnyAction;
  /** Stages that it leaves; `open` is every stage that is not an end. */
  readonly from: readonly string[] | 'open';
  /** A stage; `same` stays; `origin` is the stage that the open option was proposed from. */
  readonly to: string;
  /** Another target, when the command or the open option says so. */
  readonly instead?: Instead;
  readonly requires: readonly Requirement[];
  /**
   * The acting person must differ from whoever did these actions: those on options to the same option, others to the
   * procedure since it was last simplified, the latest time that each was done.
   */
  readonly differentFrom: readonly AnyAction[];
  /** Fields of the body that are required here though the action can do without, such as `note`: see `optionalInputs`. (Default: none) */
  readonly inputs?: readonly string[];
  /** Which rule of the authority policy says who may do it; `as-corrected` is the rule of the record that is corrected. */
  readonly authority: string;
  /** It moves the work on, so it stands in the worklists of those who may do it. */
  readonly worklist: boolean;
}

export interface StageDefinition {
  readonly title: Title;
  readonly end?: true;
}

/** A number of days, and which days count. */
export interface DayLimit {
  /** Whole days, 0 to 3650; by the level of the publisher's unit (ministry, service) where they differ. */
  readonly days: number | { readonly ministry: number; readonly service: number };
  readonly counting: 'working' | 'calendar';
}

/** By what a publication is on time: signed so many days or more before it takes effect, disclosed so many or fewer after it was signed. */
export const punctualityMeasures = ['signedBeforeEffect', 'disclosedAfterSigning'] as const;
export type PunctualityMeasure = (typeof punctualityMeasures)[number];

/** Days that an action, or a stay in a stage, may take. */
export interface DeadlineRule extends DayLimit {
  /** The limit of this action: its clock runs while the procedure stands in a stage that the action leaves. Exactly one of action and stage is given. */
  readonly action?: AnyAction;
  readonly stage?: string;
  /** Warned so many days (same counting) before it is due. */
  readonly warnBefore?: number;
  /** Escalated so many days (same counting) after it was due. */
  readonly escalateAfter?: number;
  /** The clock stands still meanwhile: `suspended` between suspend and resume; `returned` after a return until it is proposed again. */
  readonly stopsWhile?: readonly ('suspended' | 'returned')[];
}

/** A versioned lifecycle. Published into the log; a procedure keeps the version that it started with. */
export interface LifecycleDefinition {
  readonly id: string;
  readonly version: number;
  readonly kind: Kind;
  readonly title: Title;
  readonly authority: { readonly id: string; readonly version: number };
  readonly initial: string;
  readonly stages: Readonly<Record<string, StageDefinition>>;
  readonly transitions: readonly Transition[];
  /** Id of the calendar that working days are counted by, such as `vn`; needed when anything counts them. */
  readonly calendar?: string;
  readonly deadlines?: readonly DeadlineRule[];
  readonly punctuality?: { readonly [measure in PunctualityMeasure]?: DayLimit };
}

/** Where somebody must hold the role: at the owning unit or above it, or exactly at the unit of a level above the owner. */
export const places = [
  'own-or-above',
  'publisher',
  'approver',
  /** The service above the owning unit, or the ministry for what the ministry owns. */
  'checker',
] as const;
export type Place = (typeof places)[number];

export interface AuthorityPolicy {
  readonly id: string;
  readonly version: number;
  /** By group (A–D) or by kind for those without a group (`public`, `quality`). */
  readonly classes: Readonly<
    Record<
      string,
      { readonly owners: readonly Level[]; readonly publisher: Level; readonly approver: Level | null; readonly nationalDatabase: boolean }
    >
  >;
  /** By action; an action with more than one rule has them as `<action>:<what it is about>`. */
  readonly rules: Readonly<Record<string, { readonly role: Role; readonly at: Place }>>;
}

/** The classes that procedures of the kind are of: their groups, or the kind itself where it has none. */
export function classesOf(kind: Kind): readonly string[] {
  return kind === 'internal' ? groups : [kind];
}
