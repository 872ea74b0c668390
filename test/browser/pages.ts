import { readFileSync } from 'node:fs';
import type { Hostile } from './hostile.js';

/** A way of looking at a page, with the forms that are there. One that is there and is not named fails the tests, and so does one that is not. */
export interface View {
  /** What the address says besides. (Default: nothing) */
  readonly search?: (there: Hostile) => string;
  /** Where on the page. (Default: anywhere in it) */
  readonly within?: string;
  /** What is pressed to have it there. (Default: nothing) */
  readonly first?: string;
  /** Forms that stand there from the beginning: refused when sent as they are, or only looked at, as they would be taken. (Default: none) */
  readonly standing?: 'refused' | 'taken';
  /** The `data-action` of what begins a form below itself. (Default: none) */
  readonly acts?: readonly string[];
  /** The `data-action` of what opens a dialog. (Default: none) */
  readonly dialogs?: readonly string[];
  /** Of these, whose form would be taken as it is, or asks for nothing: it is only looked at. (Default: none) */
  readonly taken?: readonly string[];
}

/** A page as it is opened: by whom, where, and in which states. */
interface PageLine {
  /** Username of a sample person; nobody for the sign-in. */
  readonly who: string | null;
  /** With ids of what is stored. */
  readonly address: (there: Hostile) => string;
  /** What it shows only where there is something to show. */
  readonly shows: string;
  /** Where it has nothing to show: in an installation that holds nothing, or at that address. Null where there always is something. */
  readonly empty: 'installation' | ((there: Hostile) => string) | null;
  /** (Default: one without forms and dialogs) */
  readonly views?: readonly View[];
}

const administered = (page: string, shows: string, empty: PageLine['empty'], ...views: readonly View[]): PageLine => ({
  ...{ who: 'navy.administrator', address: () => `/administration/${page}`, shows, empty },
  ...(views.length > 0 && { views }),
});

/** Dialogs that say what they do, and do it. */
const allTaken = (...names: readonly string[]): View => ({ dialogs: names, taken: names });

/** A section of a procedure. */
const section = (name: string): View => ({ search: () => `section=${name}`, within: `section[aria-labelledby="${name}"]` });

/** Every page, by its route. A route without a line here fails the tests. */
export const pages: Readonly<Record<string, PageLine>> = {
  '/sign-in': { who: null, address: () => '/sign-in', shows: '[data-demo]', empty: null, views: [{ standing: 'refused' }] },
  '/': {
    ...{ who: 'navy.officer1', address: () => '/', shows: 'a[href^="/procedures/"]', empty: 'installation' },
    views: [{ first: 'tbody input[type="checkbox"]', dialogs: ['assign', 'claim', 'review'], taken: ['claim'] }],
  },
  '/deadlines': { who: 'navy.officer1', address: () => '/deadlines', shows: 'tbody tr', empty: 'installation' },
  '/notifications': { who: 'navy.officer1', address: () => '/notifications', shows: 'li a', empty: 'installation' },
  '/procedures': {
    ...{ who: 'navy.officer1', address: () => '/procedures', shows: 'tbody a', empty: 'installation' },
    views: [
      { search: () => 'kind=public', dialogs: ['save-view'] },
      { search: () => 'kind=internal', ...allTaken('rename-view', 'delete-view') },
    ],
  },
  '/procedures/new': {
    ...{ who: 'navy.officer1', address: () => '/procedures/new', shows: 'form', empty: null },
    views: [{ standing: 'refused' }],
  },
  '/procedures/$id': {
    who: 'navy.officer1',
    address: ({ published }) => `/procedures/${published}`,
    shows: '[data-stage="published"]',
    empty: ({ bare }) => `/procedures/${bare}`,
    views: [
      { acts: ['assign', 'claim', 'correct', 'measure', 'propose-option'], taken: ['claim'] },
      { ...section('comments'), standing: 'refused' },
      section('files'),
      { ...section('questions'), acts: ['answer', 'close', 'consult', 'raise-obstacle'], taken: ['close'] },
      section('deadlines'),
    ],
  },
  '/procedures/$id/history': {
    who: 'navy.officer1',
    address: ({ published }) => `/procedures/${published}/history`,
    shows: '[data-event="ProcedurePublished"]',
    empty: ({ bare }) => `/procedures/${bare}/history`,
    views: [{ standing: 'refused' }],
  },
  '/dashboard': { who: 'navy.leader', address: () => '/dashboard', shows: 'tbody a', empty: 'installation' },
  '/account': { who: 'navy.officer1', address: () => '/account', shows: 'form', empty: null, views: [{ standing: 'refused' }] },
  '/programmes': {
    ...{ who: 'navy.authority', address: () => '/programmes', shows: 'tbody a', empty: 'installation' },
    views: [{ acts: ['make-programme'] }],
  },
  '/programmes/$id': {
    who: 'navy.authority',
    address: ({ programme }) => `/programmes/${programme}`,
    shows: 'tbody tr',
    empty: ({ aimless }) => `/programmes/${aimless}`,
    views: [
      { acts: ['set-target', 'close-programme'], dialogs: ['state-figure', 'withdraw-target'] },
      { search: ({ target }) => `target=${target}`, within: 'section[aria-labelledby="plan-of-target"]' },
    ],
  },
  '/periods': {
    ...{ who: 'navy.authority', address: () => '/periods', shows: 'tbody a', empty: 'installation' },
    views: [{ acts: ['close-period'] }],
  },
  '/periods/$id': { who: 'navy.authority', address: ({ period }) => `/periods/${period}`, shows: 'dl', empty: null },
  '/inspections': {
    ...{ who: 'navy.authority', address: () => '/inspections', shows: 'tbody a', empty: 'installation' },
    views: [{ acts: ['announce-inspection'] }],
  },
  '/inspections/$id': {
    who: 'navy.authority',
    address: ({ inspection }) => `/inspections/${inspection}`,
    shows: '[data-recommendation]',
    empty: ({ announced }) => `/inspections/${announced}`,
    views: [{ acts: ['recommend'], dialogs: ['accept-remedy', 'return-remedy'], taken: ['accept-remedy'] }],
  },
  '/steering-boards': {
    ...{ who: 'navy.authority', address: () => '/steering-boards', shows: 'tbody a', empty: 'installation' },
    views: [{ acts: ['establish-board'] }],
  },
  '/steering-boards/$id': {
    who: 'navy.authority',
    address: ({ board }) => `/steering-boards/${board}`,
    shows: '[data-recommendation]',
    empty: ({ idle }) => `/steering-boards/${idle}`,
    views: [
      {
        acts: ['appoint-member', 'hold-meeting', 'add-conclusion'],
        dialogs: ['release-member', 'accept-remedy', 'return-remedy'],
        taken: ['accept-remedy'],
      },
    ],
  },
  '/audit': {
    who: 'ministry.auditor',
    address: () => '/audit',
    shows: 'tbody tr',
    empty: null,
    views: [{ acts: ['ask-bundle', 'verify-bundle'] }],
  },
  '/indicators': {
    ...{ who: 'navy.checker', address: () => '/indicators', shows: 'tbody a', empty: 'installation' },
    views: [{ acts: ['define-indicator'] }],
  },
  '/indicators/$id': {
    who: 'navy.checker',
    address: ({ indicator }) => `/indicators/${indicator}`,
    shows: '[data-action="verify-report"]',
    empty: ({ unreported }) => `/indicators/${unreported}`,
    views: [{ acts: ['remind-indicator'], dialogs: ['verify-report', 'return-report'], taken: ['remind-indicator', 'verify-report'] }],
  },
  '/imports': {
    ...{ who: 'navy.officer1', address: () => '/imports', shows: 'form', empty: null },
    views: [{ standing: 'refused' }],
  },
  '/bulk': {
    ...{ who: 'navy.officer1', address: () => '/bulk', shows: 'tbody a', empty: 'installation' },
    views: [{ search: () => 'do=withdraw', standing: 'refused' }, { search: ({ bulk }) => `run=${bulk}` }],
  },
  '/reports': { who: 'navy.leader', address: () => '/reports', shows: 'li a', empty: null },
  '/reports/$name': {
    ...{ who: 'navy.leader', address: () => '/reports/activity', shows: '[data-action="explain"]', empty: 'installation' },
    views: [
      { dialogs: ['explain'], taken: ['explain'] },
      { search: ({ unit }) => `unit=${unit}&kind=internal&field=1&asOf=2025-06-30` },
      { search: () => 'with=2025-06-30' },
    ],
  },
  '/tasks': { who: 'unit1.officer1', address: () => '/tasks', shows: '[data-task]', empty: 'installation', views: [{ acts: ['answer'] }] },
  '/administration/units': administered('units', '[role="tree"]', null, {
    search: ({ unit }) => `unit=${unit}`,
    acts: ['register-unit', 'rename-unit', 'move-unit', 'merge-unit', 'close-unit'],
    taken: ['rename-unit'],
  }),
  '/administration/people': administered('people', 'tbody a', null, { acts: ['register-person'] }),
  '/administration/people/$id': {
    who: 'navy.administrator',
    address: ({ person }) => `/administration/people/${person}`,
    shows: 'tbody tr',
    empty: null,
    views: [
      {
        acts: ['grant-role', 'set-clearance', 'end-sessions', 'erase-person'],
        dialogs: ['revoke-role'],
        taken: ['set-clearance', 'end-sessions', 'revoke-role'],
      },
    ],
  },
  '/administration/delegations': administered('delegations', 'tbody tr', 'installation', {
    acts: ['delegate'],
    dialogs: ['revoke-delegation'],
    taken: ['revoke-delegation'],
  }),
  '/administration/definitions': administered('definitions', 'a[href*="/definitions/"]', null),
  '/administration/definitions/$name': administered(
    'definitions/internal',
    'svg',
    null,
    { acts: ['retire'] },
    { search: () => 'view=edit', standing: 'taken' },
    { search: () => 'view=difference' },
    { search: () => 'view=migrate', standing: 'refused' },
    { search: () => 'view=publish&version=4', standing: 'taken' },
  ),
  '/administration/calendars': administered(
    'calendars',
    'table',
    null,
    { acts: ['make-calendar'] },
    { first: '[data-action="publish-calendar"]', standing: 'refused' },
  ),
  '/administration/processors': administered('processors', '[data-processor]', null, allTaken('rebuild', 'pause', 'takeover')),
  '/administration/dead-letters': administered('dead-letters', '[data-dead-letter]', 'installation', allTaken('discard')),
  '/administration/service-accounts': administered('service-accounts', 'tbody tr', 'installation', {
    acts: ['make-account'],
    ...allTaken('rotate-key', 'revoke-account'),
  }),
  '/administration/webhooks': administered('webhooks', '[data-webhook]', 'installation', {
    acts: ['make-webhook'],
    dialogs: ['change', 'replay', 'pause', 'rotate-secret', 'delete'],
    taken: ['change', 'pause', 'rotate-secret', 'delete'],
  }),
  '/administration/security-events': administered('security-events', 'tbody tr', null),
  '/administration/papers': administered('papers', 'tbody tr', null, { acts: ['replace-template'] }),
  '/administration/reorganisations': administered('reorganisations', 'tbody a', 'installation', { acts: ['plan-reorganisation'] }),
  '/administration/reorganisations/$id': {
    ...{ who: 'navy.administrator', address: ({ reorganisation }) => `/administration/reorganisations/${reorganisation}` },
    ...{ shows: '[data-step]', empty: null },
    // What is planned may be planned again just so.
    views: [{ acts: ['amend-reorganisation', 'cancel-reorganisation'], taken: ['amend-reorganisation'] }],
  },
  '/administration/parameters': administered('parameters', '[data-parameter]', null, { acts: ['set-hourlyWage', 'set-periodLastDay'] }),
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
