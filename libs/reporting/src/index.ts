export { OnTime } from './on-time.js';
export { publicationOf, punctualityStates } from './punctuality.js';
export { funnel } from './funnel.js';
export { counts } from './counts.js';
export { publications } from './publications.js';
