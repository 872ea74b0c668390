/** How much is kept of the versions of one lifecycle or calendar, about: all of them are held in memory, and read again for each command. */
export const mostOfVersions = { count: 1_000, characters: 16_000_000 } as const;
