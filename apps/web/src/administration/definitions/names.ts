import type { Word } from '../../words/words';
import type { Finding, Version } from './definitions-queries';

export const stateWords = {
  draft: 'definitions.draft',
  published: 'definitions.published',
  retired: 'definitions.retired',
} as const satisfies Record<Version['state'], Word>;

export const severityWords = {
  error: 'definitions.error',
  doubt: 'definitions.doubt',
  warning: 'definitions.warning',
} as const satisfies Record<Finding['severity'], Word>;

export const placeWords = {
  'own-or-above': 'definitions.place.own-or-above',
  publisher: 'definitions.place.publisher',
  approver: 'definitions.place.approver',
  checker: 'definitions.place.checker',
} as const satisfies Record<string, Word>;

export const requirementWords = {
  necessary: 'definitions.requires.necessary',
  parts: 'definitions.requires.parts',
  'ever-published': 'definitions.requires.ever-published',
  'never-published': 'definitions.requires.never-published',
  'decision-if-published': 'definitions.requires.decision-if-published',
} as const satisfies Record<string, Word>;

export const conditionWords = {
  'check-failed': 'lifecycle.checkFailed',
  'option-abolishes': 'lifecycle.optionAbolishes',
} as const satisfies Record<string, Word>;

export const countingWords = {
  working: 'definitions.counting.working',
  calendar: 'definitions.counting.calendar',
} as const satisfies Record<string, Word>;

/** While what a clock stands still. */
export const clockStopWords = {
  suspended: 'definitions.whileSuspended',
  returned: 'definitions.whileReturned',
} as const satisfies Record<string, Word>;

export const levelWords = {
  unit: 'definitions.level.unit',
  service: 'definitions.level.service',
  ministry: 'definitions.level.ministry',
} as const satisfies Record<string, Word>;

/** By what a publication is on time. */
export const measureWords = {
  signedBeforeEffect: 'dashboard.signedBeforeEffect',
  disclosedAfterSigning: 'dashboard.disclosedAfterSigning',
} as const satisfies Record<string, Word>;

/** Fields that an action can do without, by what its body calls them. */
export const inputsOf: Readonly<Record<string, readonly string[]>> = {
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

export const inputWords: Readonly<Record<string, Word>> = {
  code: 'procedure.code',
  complianceCost: 'definitions.input.complianceCost',
  note: 'field.note',
  'decision.scan': 'definitions.input.scan',
  'option.roadmap': 'field.roadmap',
  parts: 'parts.title',
  decision: 'definitions.input.decision',
};
