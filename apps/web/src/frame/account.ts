import { useQuery } from '@tanstack/react-query';
import { useMatches, useNavigate } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { acting } from '../api/acting';
import { api, queries } from '../api/client';
import type { components } from '../api/schema';
import { readId } from './address';

export type Account = components['schemas']['AccountAnswer'];
type Other = Account['mayActFor'][number];
export type AdministrationPage = Account['administration'][number];

/** Who the person is here, for whom they may act, and what is of use to them. */
export const accountQuery = () => ({ ...api.queryOptions('get', '/api/v1/account'), staleTime: 60_000 });

/** Undefined until it is known. */
export const useAccount = (): Account | undefined => useQuery(accountQuery()).data;

/** Whether a page below `/administration` is of use to the person. */
export async function mayAdminister(page: string): Promise<boolean> {
  const { administration } = await queries.query(accountQuery());
  return administration.some((one) => one === page);
}

/** For whom the page that is shown is. @returns a person id; null for oneself */
export function useActingFor(): string | null {
  const chosen = useSyncExternalStore(acting.subscribe, acting.chosen);
  const named = useMatches({
    select: (matches) => matches.map(({ search }) => ('for' in search ? readId(search.for) : undefined)).findLast(Boolean),
  });
  return named ?? chosen;
}

/** Has all be read and done for somebody, here and on every page. @returns takes a person id; null for oneself */
export function useActFor(): (person: string | null) => void {
  const navigate = useNavigate();
  return (person) => {
    acting.choose(person);
    // What the address names goes before what is chosen.
    void navigate({ to: '.', search: (before: object) => ({ ...before, for: undefined }) });
  };
}

export interface ActingFor {
  /** Person id. */
  readonly id: string;
  /** Undefined until it is known; null where they may act for them no more. */
  readonly other: Other | null | undefined;
  /** Acts for oneself again, here and on every page. */
  readonly stop: () => void;
}

/** For whom all is read and done on this page. @returns null for oneself */
export function useActing(): ActingFor | null {
  const id = useActingFor();
  const account = useAccount();
  const actFor = useActFor();
  if (id === null) return null;
  return { id, other: account && (account.mayActFor.find((one) => one.id === id) ?? null), stop: () => actFor(null) };
}
