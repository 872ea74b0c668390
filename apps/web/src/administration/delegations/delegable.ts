import { actionName, knownActions } from '../../words/codes';
import type { Word, Words } from '../../words/words';

/** What can be delegated besides the actions of procedures. */
const besides: Readonly<Record<string, Word>> = {
  consult: 'delegations.consult',
  'raise-obstacle': 'delegations.raise-obstacle',
  answer: 'delegations.answer',
  'close-consultation': 'delegations.close-consultation',
  remind: 'delegations.remind',
};

export const delegableName = (action: string, say: Words['say']): string => {
  const word = Object.hasOwn(besides, action) ? besides[action] : undefined;
  return word === undefined ? actionName(action, say) : say(word);
};

/** All that can be delegated by name, in the order of a procedure's life. */
export const delegable: readonly string[] = [...knownActions, ...Object.keys(besides)];
