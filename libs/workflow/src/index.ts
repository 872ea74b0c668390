export {
  actions,
  classesOf,
  everyAction,
  groups,
  kinds,
  levels,
  optionActions,
  optionalInputs,
  punctualityMeasures,
  roles,
} from './lifecycle.js';
export type { Action, AnyAction, AuthorityPolicy, DeadlineRule, Group, Instead, Kind, Level, LifecycleDefinition, Place, PunctualityMeasure, Requirement, Role, StageDefinition, Title, Transition } from './lifecycle.js'; // prettier-ignore
export { UnitTree, unitClosed } from './units.js';
export type { Unit } from './units.js';
export { authorityPolicies, lifecycleDefinitions, shippedLifecycles } from './initial-definitions.js';
export { covers, delegableActions, isInForce, meet, rolesFor } from './delegation.js';
export type { ActingFor, Delegation } from './delegation.js';
export { classifications, clearanceRankOf, isCleared, isReferenceOnly, rankOf, sees, seesAllOf, sightOf } from './sight.js';
export type { Classification, Classified, Sight } from './sight.js';
export { administeringRole, administers, authorise, isSameRole, mayOwn, nearestRole, rulesOf, unitsAt } from './authority.js';
export type { HeldRole, Owned } from './authority.js';
export { Reach, workOf, worklistRules } from './worklist.js';
export type { WorkConditions, WorklistRule } from './worklist.js';
export { inKeyOrder } from './in-key-order.js';
export { inForceOn, parameterNames, parameterVersionsIn, versionsBefore } from './parameters.js';
export type { ParameterName, ParameterVersion } from './parameters.js';
export { DefinitionNotFound, Definitions } from './definitions.js';
export { InvalidDefinition, currentVersion, lifecycleVersions } from './lifecycle-versions.js';
export type { LifecycleCommand, LifecycleEvent, LifecycleVersion, LifecycleVersions, VersionState } from './lifecycle-versions.js';
export { policyVersions, publishedAs } from './policy-versions.js';
export type { AuthorityEvent } from './policy-versions.js';
export { isWritten, shapeErrors } from './lifecycle-document.js';
export type { LifecycleDocument, PolicyReference, ShapeError, WrittenPolicy } from './lifecycle-document.js';
export { lifecycleSchema } from './lifecycle-schema.js';
export { lifecycleDiagram } from './lifecycle-diagram.js';
export { validateLifecycle } from './validate-lifecycle.js';
export type { Surroundings } from './validate-lifecycle.js';
export { lifecycleDoubts } from './finding.js';
export type { Finding, FindingCode, LifecycleDoubt } from './finding.js';
export type { Staffing } from './staffing.js';
export { explore } from './state-space.js';
export { targetOf } from './target-of.js';
export type { StateSpace } from './state-space.js';
export { NotCovered, WorkingDays, daysBetween, endOfDay, everyDay, plusDays, weekdays } from './calendar.js';
export type { Calendar, CalendarContent, CalendarDays, Weekday } from './calendar.js';
export { calendarDoubts } from './calendar-doubts.js';
export type { CalendarDoubt } from './calendar-doubts.js';
export { daysRun, deadlinesOf, milestonesOf, punctualityLimitsOf } from './deadline-rules.js';
export type { Course, Deadline, PunctualityLimit } from './deadline-rules.js';
export { CalendarNotFound, Calendars, InvalidCalendar, initialCalendars } from './calendars.js';
export type { CalendarPublished } from './calendars.js';
export { actorOf, commandIdOf, metadataOf } from './sent.js';
export type { Sender, Sent, Who } from './sent.js';
export { StreamTail } from './stream-tail.js';
