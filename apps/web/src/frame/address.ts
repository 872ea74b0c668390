const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that stands in the address. @returns undefined where it is none */
export const readId = (value: unknown): string | undefined => (typeof value === 'string' && uuid.test(value) ? value : undefined);

/** Words to search for; figures alone come as a number. @returns Nothing where they are none; at most 200 characters */
export const readWords = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 200) : '';
