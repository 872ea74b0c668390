import type { Word } from '../words/words';
import type { TrailResult } from './audit-search';

export const resultWords = {
  accepted: 'audit.accepted',
  refused: 'audit.refused',
  failed: 'audit.failed',
} as const satisfies Record<TrailResult, Word>;

export const proofWords = {
  recorded: 'audit.proof.recorded',
  sealed: 'audit.proof.sealed',
  witnessed: 'audit.proof.witnessed',
} as const satisfies Record<'recorded' | 'sealed' | 'witnessed', Word>;
