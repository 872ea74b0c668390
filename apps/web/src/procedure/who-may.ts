import { roleWords } from '../words/codes';
import type { Words } from '../words/words';
import type { Allowed } from './procedure-queries';

/** Who does it, in words: each role with the unit nearest to the owner, and those above where they may as well. */
export function whoMay({ by }: Pick<Allowed, 'by'>, say: Words['say'], nameOf: (unit: string) => string): string {
  const roles = [...new Set(by.map(({ role }) => role))];
  return roles
    .map((role) => {
      const [nearest, ...above] = by.filter((one) => one.role === role).map(({ unit }) => nameOf(unit));
      const where = { role: say(roleWords[role]), unit: nearest ?? '' };
      return say(above.length > 0 ? 'actions.roleOrAbove' : 'actions.roleAt', where);
    })
    .join('; ');
}
