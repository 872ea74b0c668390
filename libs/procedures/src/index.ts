export { procedure } from './procedure.js';
export { allowed, allowedOf, workFor } from './allowed.js';
export type { Allowed } from './allowed.js';
export { authorisingRole, countedAs } from './authorising.js';
export type { Registration } from './authorising.js';
export { confirmable } from './conditions.js';
export type { ConditionCode, Confirmable } from './conditions.js';
export type { ActionBodies, DecisionContext, MigrationPlan, ProcedureCommand, Transfer } from './commands.js';
export { measuringRole } from './measured.js';
export type { Measurement } from './measured.js';
export { costParts, isHours, onceAndYear, savingOf, sensitivityOf, yearlyCost } from './cost.js';
export type { CostSide } from './cost.js';
export { isDate, isRecordedDate } from './dates.js';
export { describedInFull } from './described.js';
export type { DescribedInFull } from './described.js';
export { countLimits, hiddenInText, isBlank, mostCharacters, mostItems } from './limits.js';
export { faultOfCode, foldCode, tidyCode } from './official-code.js';
export { refuseContent } from './reference-only.js';
export { inBothForms } from './both-forms.js';
export { agencyRoles, missingParts, partNames, timeUnits } from './parts.js';
export type { Parts, PartsChange } from './parts.js';
export { isBeside, openOption, optionStates } from './state.js';
export type { Option, Procedure, ProcedureRecord, RegisteredProcedure } from './state.js';
export { effectiveValues } from './effective.js';
export { actionOf, isKnown } from './evolve.js';
export { clockPlans, isOneOf, optionTypes } from './events.js';
export type { BeforeAfter, Clocks, Cost, CostLine, Decision, IsoDate, OptionContent, OptionType, People, ProcedureEvent, ProcedureEventType, Review, Saving } from './events.js'; // prettier-ignore
export { comments, maySpeakOn } from './comments.js';
export type { CommentBody, CommentEvent } from './comments.js';
export { register, transferKey } from './views/register.js';
export { countByVersion } from './views/kept-versions.js';
export { refusalAt, refusals, refusedType } from './views/refusals.js';
export type { Refusal } from './views/refusals.js';
export { fold, searchQuery, searchWords } from './views/search-words.js';
export {
  classifiedIn,
  countProcedures,
  listProcedures,
  procedureSorts,
  proceduresWithCode,
  similarProcedures,
  titlesIn,
} from './views/queries.js';
export type { ListCondition, ListFilters, ProcedureFilters, ProcedureSort, ProcedureSummary } from './views/queries.js';
export { mostStored } from './limits.js';
export {
  classificationOf,
  conditionsOf,
  countUpToMost,
  havingWords,
  listStatement,
  ownerColumn,
  ownerToday,
  procedureIdsAfter,
  summaryColumns,
  toSummary,
} from './views/queries.js';
export type { Restated, SummaryRow, Total } from './views/queries.js';
export { historyOrders, historyPage } from './history/history-page.js';
export type { HistoryOrder } from './history/history-page.js';
export { commentsOf, namedFilesOf } from './history/comments.js';
export { differencesBetween, stateAt, stateUpTo, stepAt } from './history/history.js';
export type { ProcedureAt, Step } from './history/history.js';
export type { HistoryItem } from './history/history.js';
export { factOf, isProcedureStream, newlyClassified, procedureIdOf, procedureStream } from './stream.js';
export { correctedEvent } from './corrected-event.js';
export { classAfter, readAnew, readCorrection } from './read-correction.js';
export type { ReadCorrection } from './read-correction.js';
export { filledAfter, missingIn } from './parts.js';
export type { Filled } from './parts.js';
export { mayAddress, mayOpen, mayOpenAsked } from './visibility.js';
export { hashesIn } from './attached.js';
export { selectedProcedures } from './views/queries.js';
export { positionNearBy, registerView } from './views/queries.js';
export { titledIn } from './views/titles.js';
export { decidedAgain, refusedAgain } from './why/decided-again.js';
export { codeIn, unitsIn } from './why/command-of.js';
export type { DecidedAgain } from './why/decided-again.js';
export { facts } from './verdict.js';
export type { Because, Verdict } from './verdict.js';
export { codeStream } from './official-code.js';
