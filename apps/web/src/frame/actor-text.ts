import type { components } from '../api/schema';
import { roleName } from '../words/codes';
import { useWords } from '../words/words';
import { useUnits } from './units';

type Actor = components['schemas']['ActorAnswer'];

/** Says who acted, in which role and at which unit of then, and for whom. */
export function useActorText(): (actor: Actor) => string {
  const { say } = useWords();
  const units = useUnits();
  return ({ name, role, unit, onBehalfOf, onBehalfOfName }) => {
    const at = [role === 'none' ? '' : roleName(role, say), units.nameOf(unit)].filter(Boolean).join(', ');
    const who = `${name ?? say('history.erased')}${at === '' ? '' : ` (${at})`}`;
    return onBehalfOf === undefined ? who : `${who}, ${say('history.onBehalfOf', { name: onBehalfOfName ?? say('history.erased') })}`;
  };
}
