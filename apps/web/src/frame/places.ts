import type { SignedInPerson } from '../api/session';
import type { Word } from '../words/words';

/** Where one can go from anywhere, in the order of the navigation. */
interface Place {
  readonly to: '/' | '/account' | '/dashboard' | '/deadlines' | '/notifications' | '/procedures';
  readonly word: Word;
  readonly isFor?: (person: SignedInPerson) => boolean;
}

export const places: readonly Place[] = [
  { to: '/', word: 'worklist.title' },
  { to: '/deadlines', word: 'deadlines.title' },
  { to: '/notifications', word: 'notifications.title' },
  { to: '/procedures', word: 'register.title' },
  { to: '/dashboard', word: 'dashboard.title' },
  { to: '/account', word: 'account.title' },
];
