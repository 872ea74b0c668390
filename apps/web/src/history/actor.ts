import { useUnits } from '../frame/units';
import { roleWords } from '../words/codes';
import { useWords } from '../words/words';
import type { Entry } from './history-queries';

/** Says who acted, in which role and at which unit of then, and for whom. */
export function useActorText(): (actor: Entry['actor']) => string {
  const { say } = useWords();
  const units = useUnits();
  const roleName = (code: string): string | null =>
    Object.hasOwn(roleWords, code) ? say(roleWords[code as keyof typeof roleWords]) : code === 'none' ? null : code;
  return ({ name, role, unit, onBehalfOf, onBehalfOfName }) => {
    const at = [roleName(role), units.nameOf(unit)].filter((text) => text !== null && text !== '').join(', ');
    const who = `${name ?? say('history.erased')}${at === '' ? '' : ` (${at})`}`;
    return onBehalfOf === undefined ? who : `${who}, ${say('history.onBehalfOf', { name: onBehalfOfName ?? say('history.erased') })}`;
  };
}
