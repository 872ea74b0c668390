import type { Title } from './lifecycle.js';

/** What may be right all the same, and is surely a mistake most of the time: publishing it needs a confirmation. */
export const lifecycleDoubts = [
  'deadline-of-no-days',
  'deadline-of-years',
  'deadline-twice',
  'deadline-never-runs',
  'useless-warning',
  'punctuality-of-no-days',
  'punctuality-of-years',
  'publish-without-parts',
  'publish-without-review',
  'publish-despite-review',
  'nothing-published',
  'withdraw-published',
  'abolish-without-decision',
  'empty-worklist',
] as const;
export type LifecycleDoubt = (typeof lifecycleDoubts)[number];

/** Every other kind of thing that can be amiss with a definition; `error` stands against publishing it. */
const findingSeverities = {
  'title-missing': 'error',
  'title-hides': 'error',
  'initial-missing': 'error',
  'unknown-stage': 'error',
  'unknown-action': 'error',
  'foreign-action': 'error',
  'foreign-condition': 'error',
  'unknown-input': 'error',
  'unknown-authority': 'error',
  'unknown-rule': 'error',
  'unknown-class': 'error',
  'reader-acts': 'error',
  'register-elsewhere': 'error',
  'must-stay': 'error',
  'end-expected': 'error',
  'no-origin': 'error',
  'shadowed-transition': 'error',
  'unreachable-stage': 'error',
  'dead-end': 'error',
  'never-open': 'warning',
  'nobody-may': 'error',
  'nobody-may-somewhere': 'warning',
  'not-kept-apart': 'error',
  'separation-unmet': 'error',
  'separation-unmet-somewhere': 'warning',
  'deadline-without-calendar': 'error',
  'unknown-calendar': 'error',
} as const;
export type FindingCode = keyof typeof findingSeverities | LifecycleDoubt;

/** Something amiss with a definition, and where. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'doubt';
  /** In dot notation, such as `transitions.3.authority`. */
  readonly path: string;
  readonly message: Title;
}

export function finding(code: FindingCode, path: string, vi: string, en: string): Finding {
  return { code, severity: isDoubt(code) ? 'doubt' : findingSeverities[code], path, message: { vi, en } };
}

/** Whether a confirmation meets it. */
export function isDoubt(code: FindingCode): code is LifecycleDoubt {
  return lifecycleDoubts.some((doubt) => doubt === code);
}
