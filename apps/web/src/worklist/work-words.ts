import type { Weight } from '../table/state-mark';
import type { Item } from '../table/pages';
import { actionName, stageName } from '../words/codes';
import type { Words } from '../words/words';
import { dateText } from '../format/format';

export type Work = Item<'/api/v1/worklist'>;
type Due = NonNullable<Work['due']>;

/** Of a row, and of what was chosen of it. */
export const workKey = ({ id, actingFor }: Pick<Work, 'id' | 'actingFor'>): string => `${id} ${actingFor ?? ''}`;

/** What is to be done: a verb, and with what. */
export function workText({ title, actions }: Pick<Work, 'title' | 'actions'>, { say }: Words): string {
  const [first] = actions;
  return first === undefined ? title : `${actionName(first, say)}: ${title}`;
}

interface Telling {
  /** Person id. */
  readonly me: string;
  readonly nameOf: (person: string) => string;
  /** As the person likes times to be told. */
  readonly timeText: (moment: string) => string;
}

/** Why it is in the list. */
export function whyText(work: Work, { me, nameOf, timeText }: Telling, { say }: Words): string {
  const { stage, stageSince, claim, actingFor, actions } = work;
  const since = say('worklist.inStage', { stage: stageName(stage, say), since: timeText(stageSince) });
  const whose =
    claim === null
      ? say(actions.length > 0 ? 'worklist.nobodys' : 'worklist.others')
      : claim.person === me
        ? say('worklist.claimedByMe', { since: timeText(claim.since) })
        : say('worklist.claimedBy', { name: claim.name ?? say('history.erased'), since: timeText(claim.since) });
  const whom = actingFor === null ? [] : [say('worklist.actingFor', { name: nameOf(actingFor) })];
  return [since, ...whom, whose].join(' · ');
}

/** By when, in working days. */
export function dueText({ dueOn, workingDays, stopped, state }: Due, { say }: Words): string {
  if (dueOn === null) return say(stopped ? 'worklist.stopped' : 'deadlines.unknown');
  const date = dateText(dueOn);
  if (workingDays === null) return say('worklist.dueOn', { date });
  if (workingDays < 0) return say('worklist.late', { days: -workingDays, date });
  // It ended on a day after which nobody has worked yet.
  if (state === 'missed') return say('worklist.lateSince', { date });
  return workingDays === 0 ? say('worklist.dueToday', { date }) : say('worklist.left', { days: workingDays, date });
}

/** For what the deadline is, where that is not what the row says anyway. */
export function dueFor({ action, stage }: Due, { actions }: Pick<Work, 'actions'>, { say }: Words): string {
  if (action === null) return stage === null ? '' : say('deadlines.stay', { stage: stageName(stage, say) });
  return action === actions[0] ? '' : actionName(action, say);
}

export const weightOf = ({ state, workingDays }: Due): Weight =>
  state === 'missed' || (workingDays !== null && workingDays < 0) ? 'late' : state === 'warned' || workingDays === 0 ? 'soon' : 'plain';
