import type { Person } from '#identity';

/** Who uses a page: administrators of any unit, those whose role governs what belongs to no unit, or administrators and auditors. */
const usedBy = {
  units: 'administrators',
  people: 'administrators',
  delegations: 'administrators',
  definitions: 'governing',
  calendars: 'governing',
  processors: 'governing',
  'dead-letters': 'governing',
  'service-accounts': 'administrators',
  webhooks: 'governing',
  'security-events': 'administrators and auditors',
  papers: 'governing',
  parameters: 'governing',
  reorganisations: 'administrators and auditors',
} as const;
export type AdministrationPage = keyof typeof usedBy;
export const administrationPages = Object.keys(usedBy) as readonly AdministrationPage[];

/** Pages whose calls the person may send; a program looks at none. */
export function administrationPagesOf({
  roles,
  governs,
  isProgram,
}: Pick<Person, 'roles' | 'governs' | 'isProgram'>): AdministrationPage[] {
  if (isProgram) return [];
  const has = (sought: string): boolean => roles.some(({ role }) => role === sought);
  const may = {
    administrators: has('administrator'),
    governing: governs !== null,
    'administrators and auditors': has('administrator') || has('auditor'),
  };
  return administrationPages.filter((page) => may[usedBy[page]]);
}
