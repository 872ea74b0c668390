import type { Word } from '../words/words';
import type { sorts } from './register-search';

type Sort = (typeof sorts)[number];

const sortWords = {
  '-registered': 'register.newest',
  registered: 'register.oldest',
  title: 'register.byTitle',
  '-title': 'register.byTitleDown',
  '-updated': 'register.lastChanged',
  updated: 'register.longUnchanged',
  stageSince: 'register.longestInStage',
  '-stageSince': 'register.shortestInStage',
  stage: 'register.byStage',
  '-stage': 'register.byStageDown',
  field: 'register.byField',
  '-field': 'register.byFieldDown',
} as const satisfies Record<Sort, Word>;

/** An order of the list in words. */
export const sortName = (sort: Sort, say: (word: Word) => string): string => say(sortWords[sort]);
