export { isCut, metrics } from './metrics.js';
export type { Baseline, Metric, Scope, Target } from './metrics.js';
export { targetState } from './programme.js';
export type { Programme, ProgrammeTarget, TargetState } from './programme.js';
export { Programmes, programmeActions } from './programmes.js';
export type { AskedMoment, Moment, ProgrammeRequest } from './programmes.js';
export { listProgrammes, programmesView } from './programmes-view.js';
