import type { Procedure } from '../procedure-queries';

/** Until it is proposed the parts change, and by what it is prepared or set right in each of those stages. */
const preparing: Readonly<Record<string, readonly string[]>> = {
  registered: ['review', 'build'],
  reviewed: ['propose'],
  built: ['correct'],
};
const forbidding: readonly string[] = ['not-authorised', 'not-necessary', 'wrong-stage'];

type Asked = Pick<Procedure, 'stage' | 'suspended' | 'classification' | 'allowed'>;

/** Whether the person may change the parts. As it leads to no other stage, `allowed` does not say it: it is open to whoever prepares the procedure. */
export function mayAmendParts({ stage, suspended, classification, allowed }: Asked): boolean {
  if (suspended || classification === 'secret' || classification === 'topSecret') return false;
  const ways = Object.hasOwn(preparing, stage) ? (preparing[stage] ?? []) : [];
  return allowed.some(({ action, unmet }) => ways.includes(action) && !unmet.some((code) => forbidding.includes(code)));
}
