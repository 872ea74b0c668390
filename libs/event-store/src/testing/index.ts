export { eventStoreContract } from './event-store-contract.js';
export { specification } from './decider-specification.js';
export { anEvent, someMetadata } from './events.js';
