export { ActOnProgramme, ActOnProgrammeHandler } from './act-on-programme.js';
export { ActOnInspection, ActOnInspectionHandler } from './act-on-inspection.js';
