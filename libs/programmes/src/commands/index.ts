export { ActOnProgramme, ActOnProgrammeHandler } from './act-on-programme.js';
export { ActOnInspection, ActOnInspectionHandler } from './act-on-inspection.js';
export {
  DefineIndicator,
  DefineIndicatorHandler,
  RemindIndicator,
  RemindIndicatorHandler,
  ReportIndicator,
  ReportIndicatorHandler,
} from './act-on-indicator.js';
export { ClosePeriod, ClosePeriodHandler } from './close-period.js';
export { ActOnBoard, ActOnBoardHandler } from './act-on-board.js';
