export { isCut, metrics } from './metrics.js';
export type { Baseline, Metric, Scope, Target } from './metrics.js';
export { mostTargets } from './programme.js';
export type { Programme, ProgrammeTarget } from './programme.js';
export { Programmes, programmeActions } from './programmes.js';
export type { AskedMoment, ProgrammeRequest } from './programmes.js';
export { listProgrammes, programmesView } from './programmes-view.js';
