export { Processors, UnknownProcessor } from './processors.js';
export type { AsOf, ProcessorStatus } from './processors.js';
export { measureProcessors } from './metrics.js';
export { logProcessors } from './notices.js';
export { deadLetters } from './dead-letters.js';
export type { DeadLetter } from './dead-letters.js';
export { NotAllDone } from './reactions.js';
export type { Reaction, RoundTools } from './reactions.js';
export type { TableName, View, ViewWriter } from './view.js';
