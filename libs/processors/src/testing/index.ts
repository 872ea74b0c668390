export { projectionSpecification } from './projection-specification.js';
export type { GivenEvent } from './projection-specification.js';
