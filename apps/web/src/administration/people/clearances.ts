import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../api/session';
import { classificationWords } from '../../words/codes';
import { personQuery } from './people-queries';

type Clearance = keyof typeof classificationWords;

/** From the lowest to the highest. */
const clearances = Object.keys(classificationWords) as readonly Clearance[];

/** What the person may let others see: up to their own clearance, the lowest first. */
export function useClearancesToGive(): readonly Clearance[] {
  const session = useSession();
  const own = session.state === 'in' ? session.person.id : '';
  const { data } = useQuery({ ...personQuery(own), enabled: own !== '' });
  return clearances.slice(0, clearances.indexOf(data?.clearance ?? 'none') + 1);
}
