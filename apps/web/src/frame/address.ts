const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that stands in the address. @returns undefined where it is none */
export const readId = (value: unknown): string | undefined => (typeof value === 'string' && uuid.test(value) ? value : undefined);
