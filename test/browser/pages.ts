import { readFileSync } from 'node:fs';
import type { Hostile } from './hostile.js';

/** A page as it is opened: by whom, where, and which states it has besides filled and empty. */
interface PageLine {
  /** Username of a sample person; nobody for the sign-in. */
  readonly who: string | null;
  /** With ids of what is stored. */
  readonly address: (there: Hostile) => string;
  /** Where it has nothing to show. (Default: the same address in an installation that holds nothing) */
  readonly empty?: (there: Hostile) => string;
  /** What begins a form that is refused when it is sent as it is: a `data-action`, or `form` where the form stands on the page. (Default: it has none) */
  readonly refused?: string;
}

const administered = (page: string, refused?: string): PageLine => ({
  who: 'navy.administrator',
  address: () => `/administration/${page}`,
  ...(refused !== undefined && { refused }),
});

/** Every page, by its route. A route without a line here fails the tests. */
export const pages: Readonly<Record<string, PageLine>> = {
  '/sign-in': { who: null, address: () => '/sign-in', refused: 'form' },
  '/': { who: 'navy.officer1', address: () => '/' },
  '/deadlines': { who: 'navy.officer1', address: () => '/deadlines' },
  '/notifications': { who: 'navy.officer1', address: () => '/notifications' },
  '/procedures': { who: 'navy.officer1', address: () => '/procedures' },
  '/procedures/new': { who: 'navy.officer1', address: () => '/procedures/new', refused: 'form' },
  '/procedures/$id': {
    who: 'navy.officer1',
    address: ({ published }) => `/procedures/${published}`,
    empty: ({ bare }) => `/procedures/${bare}`,
    refused: 'propose-option',
  },
  '/procedures/$id/history': {
    who: 'navy.officer1',
    address: ({ published }) => `/procedures/${published}/history`,
    empty: ({ bare }) => `/procedures/${bare}/history`,
  },
  '/dashboard': { who: 'navy.leader', address: () => '/dashboard' },
  '/account': { who: 'navy.officer1', address: () => '/account' },
  '/tasks': { who: 'unit1.officer1', address: () => '/tasks' },
  '/administration/units': administered('units'),
  '/administration/people': administered('people'),
  '/administration/people/$id': {
    who: 'navy.administrator',
    address: ({ person }) => `/administration/people/${person}`,
    empty: ({ person }) => `/administration/people/${person}`,
  },
  '/administration/delegations': administered('delegations'),
  '/administration/definitions': administered('definitions'),
  '/administration/definitions/$name': administered('definitions/internal'),
  '/administration/calendars': administered('calendars'),
  '/administration/processors': administered('processors'),
  '/administration/dead-letters': administered('dead-letters'),
  '/administration/service-accounts': administered('service-accounts'),
  '/administration/webhooks': administered('webhooks'),
  '/administration/security-events': administered('security-events'),
};

/** Ways that only hold others, and show nothing of their own. */
const frames: readonly string[] = ['/administration'];

/** Every route that the built pages have. */
export function routes(): readonly string[] {
  const tree = readFileSync('apps/web/src/route-tree.gen.ts', 'utf8');
  const listed = /export interface FileRoutesByTo \{([^}]*)\}/.exec(tree)?.[1] ?? '';
  const found = [...listed.matchAll(/'([^']+)':/g)].map(([, route = '']) => route).filter((route) => !frames.includes(route));
  if (found.length === 0) throw new Error('The route tree names no page.');
  return found;
}
