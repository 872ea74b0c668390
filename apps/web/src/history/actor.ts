import { useUnits } from '../frame/units';
import { roleName } from '../words/codes';
import { useWords } from '../words/words';
import type { Entry } from './history-queries';

/** Says who acted, in which role and at which unit of then, and for whom. */
export function useActorText(): (actor: Entry['actor']) => string {
  const { say } = useWords();
  const units = useUnits();
  return ({ name, role, unit, onBehalfOf, onBehalfOfName }) => {
    const at = [role === 'none' ? '' : roleName(role, say), units.nameOf(unit)].filter(Boolean).join(', ');
    const who = `${name ?? say('history.erased')}${at === '' ? '' : ` (${at})`}`;
    return onBehalfOf === undefined ? who : `${who}, ${say('history.onBehalfOf', { name: onBehalfOfName ?? say('history.erased') })}`;
  };
}
