import { useSyncExternalStore } from 'react';
import { useAccount } from './account';

const kept = 'tinhgon-unit';
const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const now = (): string | null => sessionStorage.getItem(kept);

interface ChosenUnit {
  /** Unit id; undefined for all. */
  readonly unit: string | undefined;
  /** Those at which the person has a role, the first role's first. */
  readonly own: readonly { readonly id: string; readonly name: string }[];
  /** In this tab. @param unit Unit id; undefined for all */
  readonly choose: (unit: string | undefined) => void;
}

/** For which of their units a person works now: the navigation leads to its lists. */
export function useChosenUnit(): ChosenUnit {
  const account = useAccount();
  const chosen = useSyncExternalStore(subscribe, now);
  const own = [...new Map(account?.roles.map(({ unit }) => [unit.id, unit])).values()];
  return {
    own,
    unit: own.find(({ id }) => id === chosen)?.id,
    choose: (unit) => {
      if (unit === undefined) sessionStorage.removeItem(kept);
      else sessionStorage.setItem(kept, unit);
      for (const listener of listeners) listener();
    },
  };
}
