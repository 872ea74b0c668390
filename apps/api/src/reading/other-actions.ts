import { allowedOf, maySpeakOn, measuringRole } from '#procedures';
import type { DecisionContext, RegisteredProcedure } from '#procedures';
import { isReferenceOnly, sightOf } from '#workflow';
import { mayMeetObstacles, speaksFor, speaksSomewhere } from '#worklist';
import type { Asker } from '../http/sent.js';
import type { OtherActionAnswer } from './answers.dto.js';

/** What the caller may do with it that leads to no other stage, and what stands against it; what nobody may do now is left out. */
export function otherActions(state: RegisteredProcedure, context: DecisionContext, by: Asker): OtherActionAnswer[] {
  // Of what is held as a reference nothing is said.
  if (isReferenceOnly(state.classification)) return [];
  const unless = (may: boolean): string[] => (may ? [] : ['not-authorised']);
  const { units } = context;
  const comment = { action: 'comment', unmet: unless(maySpeakOn(state.owningUnit, by.roles, units)) } as const;
  const measure = { action: 'measure', unmet: unless(measuringRole(state, context) !== null) } as const;
  if (state.phase === 'ended') return [comment, ...(state.options.some(({ status }) => status === 'implemented') ? [measure] : [])];
  const sight = sightOf(by.roles, by.clearance, units);
  const isTheirs = mayMeetObstacles(sight, state) && speaksSomewhere('raise-obstacle', by);
  return [
    ...allowedOf('amend-parts', state, context).map(({ action, unmet }) => ({ action, unmet: [...unmet] })),
    comment,
    { action: 'consult', unmet: unless(speaksFor('consult', state.owningUnit, by, units)) },
    { action: 'raise-obstacle', unmet: unless(isTheirs) },
    measure,
  ];
}
