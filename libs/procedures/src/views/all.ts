import type { View } from '#processors';
import { counts } from './counts.js';
import { deadlines } from './deadlines.js';
import { publications } from './publications.js';
import { refusals } from './refusals.js';
import { register } from './register.js';
import { tasks } from './tasks.js';
import { work } from './work.js';

/** Everything that is computed from the events of procedures. */
export const procedureViews: readonly View[] = [register, work, counts, refusals, tasks, deadlines, publications];
