import type { Word } from '../words/words';
import type { TrailResult } from './audit-search';

export const resultWords = {
  accepted: 'audit.accepted',
  refused: 'audit.refused',
  failed: 'audit.failed',
} as const satisfies Record<TrailResult, Word>;
