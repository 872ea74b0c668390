import { useQuery } from '@tanstack/react-query';
import { api, client, queries } from './client';
import type { components } from './schema';
import { sessions, useSession } from './session';

/** How a person likes the screens, on whatever device; what is left out was never chosen. */
export type Preferences = components['schemas']['PreferencesDto'];

const path = '/api/v1/account/preferences';
export const preferencesQuery = { ...api.queryOptions('get', path), staleTime: 300_000 };

/** What was chosen before anybody had signed in. */
let before: Preferences = {};
let sending: Promise<unknown> = Promise.resolve();

/** What the signed-in person chose. @returns undefined while that is not known */
export function usePreferences(): Preferences | undefined {
  const isIn = useSession().state === 'in';
  return useQuery({ ...preferencesQuery, enabled: isIn }).data;
}

/** Keeps what is named beside what was kept, and shows it at once; before the sign-in it waits for that. */
export function prefer(changed: Preferences): void {
  if (sessions.now().state !== 'in') {
    before = { ...before, ...changed };
    return;
  }
  const { queryKey } = preferencesQuery;
  queries.setQueryData(queryKey, (kept: Preferences | undefined) => ({ ...kept, ...changed }));
  // One after the other, and each upon what another device may have kept meanwhile: a write takes the place of all of it.
  sending = sending
    .then(async () => {
      const { data } = await client.GET(path);
      await client.PUT(path, { body: { ...data, ...changed } });
    })
    .catch(() => queries.invalidateQueries({ queryKey }));
}

/** What was chosen on the way to the sign-in, once. */
export function chosenBefore(): Preferences {
  const chosen = before;
  before = {};
  return chosen;
}
