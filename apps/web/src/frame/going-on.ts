/** What was listed when somebody opened a piece of work, so that they can go on to the next. */
export interface WorkAhead {
  /** What the address of the list said, after `?`. */
  readonly search: string;
  readonly items: readonly AheadItem[];
}

export interface AheadItem {
  /** Procedure id. */
  readonly id: string;
  readonly title: string;
  /** Person id: for whom it is done; null for oneself. */
  readonly actingFor: string | null;
}

const keptList = 'tinhgon-ahead';
const keptSwitch = 'tinhgon-go-on';

/** In this tab: another may work off another list. */
export function keepAhead(ahead: WorkAhead): void {
  sessionStorage.setItem(keptList, JSON.stringify(ahead));
}

/** What is kept; null where there is nothing that can be read. */
export function readAhead(): WorkAhead | null {
  try {
    const read = JSON.parse(sessionStorage.getItem(keptList) ?? 'null') as Partial<WorkAhead> | null;
    return read && typeof read.search === 'string' && Array.isArray(read.items) ? { search: read.search, items: read.items } : null;
  } catch {
    return null;
  }
}

export interface Place {
  /** Counts from 1. */
  readonly at: number;
  readonly of: number;
  readonly next: AheadItem | null;
}

/** Where a procedure stands in the list; null where it is none of it. */
export function placeIn({ items }: WorkAhead, id: string, actingFor: string | null): Place | null {
  const exact = items.findIndex((item) => item.id === id && item.actingFor === actingFor);
  const index = exact === -1 ? items.findIndex((item) => item.id === id) : exact;
  return index === -1 ? null : { at: index + 1, of: items.length, next: items.slice(index + 1).find((item) => item.id !== id) ?? null };
}

/** Whether whoever has acted is led on to the next. (Default: no) */
export const goesOn = (): boolean => localStorage.getItem(keptSwitch) === 'yes';

export function setGoingOn(isOn: boolean): void {
  if (isOn) localStorage.setItem(keptSwitch, 'yes');
  else localStorage.removeItem(keptSwitch);
}
