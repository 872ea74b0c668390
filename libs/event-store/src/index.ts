export { ANY, EventStore, NO_STREAM, STREAM_EXISTS, noMetadata } from './event-store.js';
export type {
  Actor,
  Appended,
  CutStream,
  EventMetadata,
  ExpectedRevision,
  NewEvent,
  ReadOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from './event-store.js';
export { DuplicateEventId, StreamCut, StreamDeleted, StreamNotFound, TooLarge, Unavailable, WrongExpectedRevision } from './errors.js';
export { Rejected, unmetIn } from './decider.js';
export type { Authority, Decider, Unmet } from './decider.js';
export { acceptedAs } from './accepted.js';
export type { Accepted } from './accepted.js';
export { KeyReused, RevisionConflict, handle, loadOnwards, loadState } from './handle.js';
export type { Handled, Upcast } from './handle.js';
export { closeRefusals, recordRefusal, recordingRefusals, refusalsLeftOutType } from './refusals.js';
export { MinuteBook } from './minute-book.js';
export type { RefusedCommand } from './refusals.js';
export { readOrNothing } from './read-or-nothing.js';
export { logInSteps, readInSteps } from './read-in-steps.js';
export { actorWithoutPerson, metadataWithoutPerson, noPerson } from './without-person.js';
export { StateCache } from './state-cache.js';
export type { FoldedStream } from './state-cache.js';
export { uuidv5 } from './uuid.js';
export { weightOf } from './weight.js';
export { compareLogs, copyLog } from './copy-log.js';
export type { CopyOptions, LogComparison, LogDigest } from './copy-log.js';
export { openEventStore } from './open-event-store.js';
export { outage } from './outage.js';
export { grantsOfLog, migrateLog } from './postgres/migrate-log.js';
export { PostgresEventStore } from './postgres/postgres-event-store.js';
export { BeyondSafeIntegers, InvalidBody } from './invalid-body.js';
export type { FieldError } from './invalid-body.js';
export { seenAt } from './seen-at.js';
