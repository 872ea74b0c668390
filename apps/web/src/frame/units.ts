import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import type { components } from '../api/schema';

export type Unit = components['schemas']['UnitsAnswer']['items'][number];

export interface Units {
  readonly all: readonly Unit[];
  readonly isKnown: boolean;
  /** Its name; nothing until that is known. */
  readonly nameOf: (id: string) => string;
}

export const unitsQuery = () => ({ ...api.queryOptions('get', '/api/v1/units'), staleTime: 300_000 });

/** All units, for their names; asked for once. */
export function useUnits(): Units {
  const { data } = useQuery(unitsQuery());
  const all = data?.items ?? [];
  return { all, isKnown: data !== undefined, nameOf: (id) => all.find((unit) => unit.id === id)?.name ?? (data ? id : '') };
}
