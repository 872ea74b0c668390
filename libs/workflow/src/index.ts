export { actions, groups, kinds, levels, roles } from './lifecycle.js';
export type { Action, AnyAction, AuthorityPolicy, DeadlineRule, Group, Kind, Level, LifecycleDefinition, Place, Requirement, Role, StageDefinition, Title, Transition } from './lifecycle.js'; // prettier-ignore
export { UnitTree } from './units.js';
export type { Unit } from './units.js';
export { authorityPolicies, lifecycleDefinitions } from './initial-definitions.js';
export { covers, isInForce, meet } from './delegation.js';
export type { ActingFor, Delegation } from './delegation.js';
export { classifications, isCleared, isReferenceOnly, rankOf, sees, sightOf } from './sight.js';
export type { Classification, Classified, Sight } from './sight.js';
export { administers, authorise, mayOwn, rulesOf, unitsAt } from './authority.js';
export type { HeldRole, Owned } from './authority.js';
export { worklistRules } from './worklist.js';
export type { WorklistRule } from './worklist.js';
export { DefinitionNotFound, Definitions } from './definitions.js';
export type { DefinitionEvent } from './definitions.js';
