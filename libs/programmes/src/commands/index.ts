export { ActOnProgramme, ActOnProgrammeHandler } from './act-on-programme.js';
