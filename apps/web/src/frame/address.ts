import { readDate } from '../format/format';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that stands in the address. @returns undefined where it is none */
export const readId = (value: unknown): string | undefined => (typeof value === 'string' && uuid.test(value) ? value : undefined);

/** A day that stands in the address, YYYY-MM-DD. @returns undefined where it is none that there is, or none of these centuries */
export const readDay = (value: unknown): string | undefined =>
  typeof value === 'string' && /^(19|20|21)/.test(value) && readDate(value) === value ? value : undefined;

/** Words to search for; figures alone come as a number. @returns Nothing where they are none; at most 200 characters */
export const readWords = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 200) : '';
