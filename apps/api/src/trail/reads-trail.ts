import type { Person } from '#identity';

/** Whether somebody reads the trail: auditors do, wherever they hold the role. */
export const readsTrail = ({ roles }: Pick<Person, 'roles'>): boolean => roles.some(({ role }) => role === 'auditor');
