export { Replay } from './replay.js';
export { StateClaim } from './state-claim.js';
export { longestStated, parseStated } from './stated.js';
export type { Stated } from './stated.js';
