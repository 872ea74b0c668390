import type { RemedyAction } from '../recommendations/remedies.js';

export const boardStates = ['active', 'dissolved'] as const;
export type BoardState = (typeof boardStates)[number];

/** Trưởng ban, phó trưởng ban, ủy viên thường trực, ủy viên. */
export const memberRoles = ['head', 'deputy', 'standing', 'member'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** What is done with a board that was established, all of it while it is active. */
export const boardActions = [
  'appoint-member',
  'release-member',
  'hold-meeting',
  'add-conclusion',
  'report-remedy',
  'accept-remedy',
  'return-remedy',
  'dissolve',
] as const;
export type BoardAction = (typeof boardActions)[number];

/** To whom it is open. `giver`: checker or authority of the unit of the board. `owner`: officer of the unit that a recommendation is given to. */
export const boardTable = {
  'appoint-member': 'giver',
  'release-member': 'giver',
  'hold-meeting': 'giver',
  'add-conclusion': 'giver',
  'report-remedy': 'owner',
  'accept-remedy': 'giver',
  'return-remedy': 'giver',
  dissolve: 'giver',
} as const satisfies Readonly<Record<BoardAction, 'giver' | 'owner'>> & Readonly<Record<RemedyAction, 'giver' | 'owner'>>;

/** Appointments that a board ever has; a board of a later term is another board. */
export const mostMembers = 200;
export const mostMeetings = 500;
/** Of all its meetings, with those that ask something of a unit. */
export const mostConclusions = 1_000;
