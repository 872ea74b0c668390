export { OnTime } from './on-time.js';
export { publicationOf, punctualityStates } from './punctuality.js';
export { funnel } from './funnel.js';
export { counts } from './counts.js';
export { publications } from './publications.js';
export { figures } from './figures/figures.js';
export { Progress } from './progress/progress.js';
export type { ProgrammeProgress } from './progress/progress.js';
