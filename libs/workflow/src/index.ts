export { actions, groups, kinds, levels, roles } from './lifecycle.js';
export type { Action, AnyAction, AuthorityPolicy, Group, Kind, Level, LifecycleDefinition, Place, Requirement, Role, StageDefinition, Title, Transition } from './lifecycle.js';
export { UnitTree } from './units.js';
export type { Unit } from './units.js';
