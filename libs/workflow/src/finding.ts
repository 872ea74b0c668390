import type { Title } from './lifecycle.js';

/** Every kind of thing that can be amiss with a definition; `error` stands against publishing it. */
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
export type FindingCode = keyof typeof findingSeverities;

/** Something amiss with a definition, and where. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning';
  /** In dot notation, such as `transitions.3.authority`. */
  readonly path: string;
  readonly message: Title;
}

export function finding(code: FindingCode, path: string, vi: string, en: string): Finding {
  return { code, severity: findingSeverities[code], path, message: { vi, en } };
}
