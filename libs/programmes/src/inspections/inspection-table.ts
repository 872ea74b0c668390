import { dueCalendar } from '../recommendations/due.js';

export const inspectionStates = ['announced', 'opened', 'ended', 'concluded', 'closed'] as const;
export type InspectionState = (typeof inspectionStates)[number];

export const findingSeverities = ['low', 'medium', 'high'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

/** What is done with an inspection that was announced. */
export const inspectionActions = [
  'open',
  'find',
  'end',
  'conclude',
  'recommend',
  'report-remedy',
  'accept-remedy',
  'return-remedy',
  'close',
] as const;
export type InspectionAction = (typeof inspectionActions)[number];

interface Step {
  readonly from: InspectionState;
  readonly to: InspectionState;
  /** `giver`: checker or authority of the unit that inspects. `owner`: officer of the unit that a recommendation is given to. */
  readonly who: 'giver' | 'owner';
}

/** Which action is open in which state, to whom, and where it leads: server and screens have it from here. */
export const inspectionTable = {
  open: { from: 'announced', to: 'opened', who: 'giver' },
  find: { from: 'opened', to: 'opened', who: 'giver' },
  end: { from: 'opened', to: 'ended', who: 'giver' },
  conclude: { from: 'ended', to: 'concluded', who: 'giver' },
  recommend: { from: 'concluded', to: 'concluded', who: 'giver' },
  'report-remedy': { from: 'concluded', to: 'concluded', who: 'owner' },
  'accept-remedy': { from: 'concluded', to: 'concluded', who: 'giver' },
  'return-remedy': { from: 'concluded', to: 'concluded', who: 'giver' },
  close: { from: 'concluded', to: 'closed', who: 'giver' },
} as const satisfies Readonly<Record<InspectionAction, Step>>;

/**
 * By when the conclusion is due after the inspection has ended, in working days of the calendar: the law's limit for conclusions of
 * inspections, which is the same at every level. Each end stores the due date with what it was computed by.
 */
export const conclusionLimit = { days: 15, calendar: dueCalendar } as const;

/** An inspection has no more; a report with more is several. */
export const mostFindings = 500;
/** In one finding. */
export const mostFoundProcedures = 50;
