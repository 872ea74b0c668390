import type { Say, Word } from './words';

/** What codes of the API are called. A code that is missing here does not compile; one that only a definition knows is shown as it is. */
export const kindWords = { internal: 'kind.internal', public: 'kind.public', quality: 'kind.quality' } as const satisfies Record<
  string,
  Word
>;

/** Of a procedure, with the group that an internal one is of. */
export const kindName = (kind: keyof typeof kindWords, group: string | null, say: Say): string =>
  group === null ? say(kindWords[kind]) : `${say(kindWords[kind])}, ${group}`;

export const roleWords = {
  officer: 'role.officer',
  checker: 'role.checker',
  authority: 'role.authority',
  leader: 'role.leader',
  auditor: 'role.auditor',
  administrator: 'role.administrator',
} as const satisfies Record<string, Word>;

export const classificationWords = {
  none: 'classification.none',
  confidential: 'classification.confidential',
  secret: 'classification.secret',
  topSecret: 'classification.topSecret',
} as const satisfies Record<string, Word>;

export const clockWords = {
  'keep-due': 'definitions.clocks.keep-due',
  'keep-remaining': 'definitions.clocks.keep-remaining',
  restart: 'definitions.clocks.restart',
} as const satisfies Record<string, Word>;

export const timeUnitWords = {
  workingDays: 'timeUnit.workingDays',
  days: 'timeUnit.days',
  hours: 'timeUnit.hours',
} as const satisfies Record<string, Word>;

/** Of a question to one unit. */
export const taskStateWords = {
  open: 'inquiry.open',
  overdue: 'inquiry.overdue',
  answered: 'inquiry.answered',
  closed: 'inquiry.closed',
} as const satisfies Record<string, Word>;

/** How many working days off something is due, the latest first. */
export const dueRangeWords = {
  lateOver10: 'dashboard.lateOver10',
  late6To10: 'dashboard.late6To10',
  late1To5: 'dashboard.late1To5',
  in0To5: 'dashboard.in0To5',
  in6To10: 'dashboard.in6To10',
  inOver10: 'dashboard.inOver10',
  undated: 'dashboard.undated',
} as const satisfies Record<string, Word>;
export type DueRange = keyof typeof dueRangeWords;
export const dueRanges = Object.keys(dueRangeWords) as readonly DueRange[];

/** By what it is told whether a publication was in time. */
export const onTimeWords = {
  signedBeforeEffect: 'dashboard.signedBeforeEffect',
  disclosedAfterSigning: 'dashboard.disclosedAfterSigning',
} as const satisfies Record<string, Word>;

/** What targets are measured by, besides indicators. */
export const metricWords = {
  published: 'programmes.metric.published',
  optionProposed: 'programmes.metric.optionProposed',
  optionApproved: 'programmes.metric.optionApproved',
  simplified: 'programmes.metric.simplified',
  proceduresCut: 'programmes.metric.proceduresCut',
  costCut: 'programmes.metric.costCut',
  timeCut: 'programmes.metric.timeCut',
  conditionsCut: 'programmes.metric.conditionsCut',
} as const satisfies Record<string, Word>;

export const agencyRoleWords = {
  decides: 'agency.decides',
  authorised: 'agency.authorised',
  carriesOut: 'agency.carriesOut',
  coordinates: 'agency.coordinates',
  receives: 'agency.receives',
} as const satisfies Record<string, Word>;

export const optionTypeWords = {
  abolish: 'optionType.abolish',
  merge: 'optionType.merge',
  cutStep: 'optionType.cutStep',
  cutDocument: 'optionType.cutDocument',
  cutCondition: 'optionType.cutCondition',
  cutFee: 'optionType.cutFee',
  cutTime: 'optionType.cutTime',
  cutFrequency: 'optionType.cutFrequency',
  useData: 'optionType.useData',
  delegate: 'optionType.delegate',
  digitise: 'optionType.digitise',
  postCheck: 'optionType.postCheck',
  standardForm: 'optionType.standardForm',
  extendValidity: 'optionType.extendValidity',
} as const satisfies Record<string, Word>;

export const optionStateWords = {
  proposed: 'optionState.proposed',
  qualityChecked: 'optionState.qualityChecked',
  approved: 'optionState.approved',
  implemented: 'optionState.implemented',
  rejected: 'optionState.rejected',
  returned: 'optionState.returned',
  failed: 'optionState.failed',
} as const satisfies Record<string, Word>;

const stages: Readonly<Record<string, Word>> = {
  registered: 'stage.registered',
  built: 'stage.built',
  reviewed: 'stage.reviewed',
  proposed: 'stage.proposed',
  published: 'stage.published',
  disclosed: 'stage.disclosed',
  applied: 'stage.applied',
  optionProposed: 'stage.optionProposed',
  qualityChecked: 'stage.qualityChecked',
  optionApproved: 'stage.optionApproved',
  simplified: 'stage.simplified',
  abolished: 'stage.abolished',
  withdrawn: 'stage.withdrawn',
};
export const knownStages = Object.keys(stages);

const actions: Readonly<Record<string, Word>> = {
  register: 'action.register',
  'amend-parts': 'action.amend-parts',
  build: 'action.build',
  review: 'action.review',
  propose: 'action.propose',
  publish: 'action.publish',
  disclose: 'action.disclose',
  apply: 'action.apply',
  audit: 'action.audit',
  'assign-review': 'action.assign-review',
  'propose-option': 'action.propose-option',
  'check-quality': 'action.check-quality',
  'approve-option': 'action.approve-option',
  'reject-option': 'action.reject-option',
  'implement-option': 'action.implement-option',
  return: 'action.return',
  abolish: 'action.abolish',
  withdraw: 'action.withdraw',
  suspend: 'action.suspend',
  resume: 'action.resume',
  correct: 'action.correct',
};

/** How work becomes somebody's, or nobody's. */
export const claimingWords = { claim: 'claim.claim', release: 'claim.release', assign: 'claim.assign' } as const satisfies Record<
  string,
  Word
>;

const events: Readonly<Record<string, Word>> = {
  ProcedureRegistered: 'event.ProcedureRegistered',
  PartsAmended: 'event.PartsAmended',
  ProcessBuilt: 'event.ProcessBuilt',
  ProcedureReviewed: 'event.ProcedureReviewed',
  PublicationProposed: 'event.PublicationProposed',
  PublicationReturned: 'event.PublicationReturned',
  ProcedurePublished: 'event.ProcedurePublished',
  ProcedureDisclosed: 'event.ProcedureDisclosed',
  ReviewAssigned: 'event.ReviewAssigned',
  ProcessApplied: 'event.ProcessApplied',
  ProcessAudited: 'event.ProcessAudited',
  CostMeasured: 'event.CostMeasured',
  OptionProposed: 'event.OptionProposed',
  OptionQualityChecked: 'event.OptionQualityChecked',
  OptionApproved: 'event.OptionApproved',
  OptionRejected: 'event.OptionRejected',
  OptionReturned: 'event.OptionReturned',
  ProcedureSimplified: 'event.ProcedureSimplified',
  ProcedureAbolished: 'event.ProcedureAbolished',
  ProcedureWithdrawn: 'event.ProcedureWithdrawn',
  ProcedureSuspended: 'event.ProcedureSuspended',
  ProcedureResumed: 'event.ProcedureResumed',
  RecordCorrected: 'event.RecordCorrected',
  ProcedureMigrated: 'event.ProcedureMigrated',
  ProcedureTransferred: 'event.ProcedureTransferred',
  CommandRefused: 'event.CommandRefused',
};

/** What happens beside procedures, as far as figures rest on it. */
const eventsBeside: Readonly<Record<string, Word>> = {
  TargetSet: 'event.TargetSet',
  TargetWithdrawn: 'event.TargetWithdrawn',
  ProgrammeClosed: 'event.ProgrammeClosed',
  IndicatorReported: 'event.IndicatorReported',
  IndicatorVerified: 'event.IndicatorVerified',
  IndicatorReturned: 'event.IndicatorReturned',
};

const conditions: Readonly<Record<string, Word>> = {
  'not-authorised': 'unmet.not-authorised',
  'code-taken': 'unmet.code-taken',
  'unit-closed': 'unmet.unit-closed',
  'wrong-stage': 'unmet.wrong-stage',
  'not-necessary': 'unmet.not-necessary',
  'same-person': 'unmet.same-person',
  'parts-missing': 'unmet.parts-missing',
  'wage-mismatch': 'unmet.wage-mismatch',
  'return-first': 'unmet.return-first',
  'implausible-date': 'unmet.implausible-date',
  'procedure-full': 'unmet.procedure-full',
  'inquiry-closed': 'unmet.inquiry-closed',
  'already-answered': 'unmet.already-answered',
  'already-reminded': 'unmet.already-reminded',
};

const named =
  (words: Readonly<Record<string, Word>>) =>
  (code: string, say: Say): string => {
    const word = Object.hasOwn(words, code) ? words[code] : undefined;
    return word === undefined ? code : say(word);
  };

export const eventTypes = Object.keys(events);

export const stageName = named(stages);
export const actionName = named(actions);
export const knownActions = Object.keys(actions);
export const eventName = named({ ...events, ...eventsBeside });
export const conditionName = named(conditions);
export const roleName = named(roleWords);

/** What a target is measured by; an indicator by its code. */
export function metricText(metric: string, say: Say): string {
  const words: Readonly<Record<string, Word>> = metricWords;
  const word = Object.hasOwn(words, metric) ? words[metric] : undefined;
  return word === undefined ? say('programmes.metric.indicator', { code: metric.replace(/^indicator:/, '') }) : say(word);
}
