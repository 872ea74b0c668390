import type { Word } from '../words/words';
import type { AdministrationPage } from './account';

/** Where one can go from anywhere, in the order of the navigation. */
export interface Place {
  readonly to:
    | '/'
    | '/account'
    | '/dashboard'
    | '/deadlines'
    | '/notifications'
    | '/procedures'
    | '/programmes'
    | '/inspections'
    | '/steering-boards'
    | '/indicators'
    | '/imports'
    | '/bulk'
    | '/reports'
    | '/periods'
    | '/audit'
    | '/tasks'
    | '/administration/units'
    | '/administration/people'
    | '/administration/delegations'
    | '/administration/service-accounts'
    | '/administration/definitions'
    | '/administration/calendars'
    | '/administration/processors'
    | '/administration/dead-letters'
    | '/administration/webhooks'
    | '/administration/security-events'
    | '/administration/papers'
    | '/administration/parameters'
    | '/administration/reorganisations';
  readonly word: Word;
  /** Two presses that lead there. (Default: none) */
  readonly keys?: string;
  /** Whether its list can be that of a unit. (Default: false) */
  readonly byUnit?: boolean;
  /** Whether it is for auditors alone. (Default: false) */
  readonly audits?: boolean;
  /** The page of the administration that it is: for whom it is of use to, as the server says. (Default: none) */
  readonly administers?: AdministrationPage;
}

export const places: readonly Place[] = [
  { to: '/', word: 'worklist.title', keys: 'g v' },
  { to: '/tasks', word: 'tasks.title', keys: 'g y' },
  { to: '/deadlines', word: 'deadlines.title', keys: 'g h', byUnit: true },
  { to: '/notifications', word: 'notifications.title', keys: 'g b' },
  { to: '/procedures', word: 'register.title', keys: 'g d', byUnit: true },
  { to: '/dashboard', word: 'dashboard.title', keys: 'g q', byUnit: true },
  { to: '/programmes', word: 'programmes.title', keys: 'g c' },
  { to: '/inspections', word: 'inspections.title', keys: 'g k' },
  { to: '/steering-boards', word: 'boards.title', keys: 'g o' },
  { to: '/indicators', word: 'indicators.title', keys: 'g s' },
  { to: '/imports', word: 'imports.title', keys: 'g n' },
  { to: '/bulk', word: 'bulk.title', keys: 'g l' },
  { to: '/reports', word: 'reports.title', keys: 'g r' },
  { to: '/periods', word: 'periods.title', keys: 'g p' },
  { to: '/audit', word: 'audit.title', keys: 'g u', audits: true },
  { to: '/account', word: 'account.title', keys: 'g t' },
  { to: '/administration/units', word: 'units.title', administers: 'units' },
  { to: '/administration/people', word: 'people.title', administers: 'people' },
  { to: '/administration/delegations', word: 'delegations.title', administers: 'delegations' },
  { to: '/administration/service-accounts', word: 'serviceAccounts.title', administers: 'service-accounts' },
  { to: '/administration/definitions', word: 'definitions.title', administers: 'definitions' },
  { to: '/administration/calendars', word: 'calendars.title', administers: 'calendars' },
  { to: '/administration/processors', word: 'processors.title', administers: 'processors' },
  { to: '/administration/dead-letters', word: 'deadLetters.title', administers: 'dead-letters' },
  { to: '/administration/webhooks', word: 'webhooks.title', administers: 'webhooks' },
  { to: '/administration/security-events', word: 'security.title', administers: 'security-events' },
  { to: '/administration/papers', word: 'templates.title', administers: 'papers' },
  { to: '/administration/parameters', word: 'parameters.title', administers: 'parameters' },
  { to: '/administration/reorganisations', word: 'reorganisation.title', administers: 'reorganisations' },
];

interface Reader {
  readonly isActing: boolean;
  readonly isAuditor: boolean;
  /** Of use to the person, as the server says. */
  readonly administration: readonly AdministrationPage[];
}

/** Whether somebody is led there, for themselves or while they act for another; nobody administers for another. */
export const isOpenTo = ({ administers, audits }: Place, { isActing, isAuditor, administration }: Reader): boolean =>
  audits === true ? isAuditor && !isActing : administers === undefined || (!isActing && administration.includes(administers));
