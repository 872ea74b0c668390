import type { components } from '../api/schema';
import type { Weight } from '../table/state-mark';
import type { Word } from '../words/words';

export type Deadline = components['schemas']['DeadlineRunAnswer'];

export const deadlineWords = {
  open: 'deadlines.open',
  warned: 'deadlines.warned',
  missed: 'deadlines.missed',
  met: 'deadlines.met',
  late: 'deadlines.late',
  dropped: 'deadlines.dropped',
} as const satisfies Record<Deadline['state'], Word>;

export const weightOf = (state: Deadline['state']): Weight =>
  state === 'missed' || state === 'late' ? 'late' : state === 'warned' ? 'soon' : 'plain';
