import type { SignedInPerson } from '../api/session';
import type { Word } from '../words/words';

/** Where one can go from anywhere, in the order of the navigation. */
export interface Place {
  readonly to: '/' | '/account' | '/dashboard' | '/deadlines' | '/notifications' | '/procedures';
  readonly word: Word;
  /** Two presses that lead there. (Default: none) */
  readonly keys?: string;
  /** Whether its list can be that of a unit. (Default: false) */
  readonly byUnit?: boolean;
  /** Whether it is done in one's own name alone, and so not offered while one acts for somebody. (Default: false) */
  readonly isOwn?: boolean;
  readonly isFor?: (person: SignedInPerson) => boolean;
}

export const places: readonly Place[] = [
  { to: '/', word: 'worklist.title', keys: 'g v' },
  { to: '/deadlines', word: 'deadlines.title', keys: 'g h', byUnit: true },
  { to: '/notifications', word: 'notifications.title', keys: 'g b' },
  { to: '/procedures', word: 'register.title', keys: 'g d', byUnit: true },
  { to: '/dashboard', word: 'dashboard.title', keys: 'g q', byUnit: true },
  { to: '/account', word: 'account.title', keys: 'g t' },
];

/** Whether somebody is led there, for themselves or while they act for another. */
export const isOpenTo = ({ isFor, isOwn = false }: Place, person: SignedInPerson, isActing: boolean): boolean =>
  (isFor?.(person) ?? true) && !(isActing && isOwn);
