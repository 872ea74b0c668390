/** Something that stands below another of its kind. */
export interface Branch {
  readonly id: string;
  /** Id of what it stands below; null at the top. */
  readonly parent: string | null;
  readonly label: string;
}

/** One that can be seen, as a tree shows it. */
export interface TreeRow<One extends Branch = Branch> {
  readonly item: One;
  /** 1 at the top. */
  readonly level: number;
  /** Among those beside it, from 1. */
  readonly at: number;
  readonly of: number;
  /** Null where nothing stands below. */
  readonly isOpen: boolean | null;
  /** Closed, and the chosen one stands somewhere below. */
  readonly hidesChosen: boolean;
}

interface Shown {
  readonly open: ReadonlySet<string>;
  readonly chosen: string | undefined;
}

/** The rows that can be seen, from the top. What stands below nothing that is there stands at the top. */
export function treeRows<One extends Branch>(items: readonly One[], { open, chosen }: Shown): readonly TreeRow<One>[] {
  const ids = new Set(items.map(({ id }) => id));
  const below = new Map<string | null, One[]>();
  for (const item of items) {
    const parent = item.parent !== null && ids.has(item.parent) ? item.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), item]);
  }
  const above = new Set(chosen === undefined ? [] : pathUp(items, chosen));
  const rowsBelow = (parent: string | null, level: number): readonly TreeRow<One>[] =>
    (below.get(parent) ?? []).flatMap((item, index, beside) => {
      const isOpen = below.has(item.id) ? open.has(item.id) : null;
      const row = { item, level, at: index + 1, of: beside.length, isOpen, hidesChosen: isOpen === false && above.has(item.id) };
      return isOpen === true ? [row, ...rowsBelow(item.id, level + 1)] : [row];
    });
  return rowsBelow(null, 1);
}

/** Ids of what it stands below, the nearest first. */
export function pathUp(items: readonly Pick<Branch, 'id' | 'parent'>[], id: string): readonly string[] {
  const parents = new Map(items.map((one) => [one.id, one.parent]));
  const path: string[] = [];
  for (let at = parents.get(id) ?? null; at !== null && !path.includes(at); at = parents.get(at) ?? null) path.push(at);
  return path;
}

/** Those that are sought, with all that they stand below. */
export function withAbove<One extends Branch>(items: readonly One[], isSought: (item: One) => boolean): readonly One[] {
  const kept = new Set(items.filter(isSought).flatMap(({ id }) => [id, ...pathUp(items, id)]));
  return items.filter(({ id }) => kept.has(id));
}

/** What a key does at a row: goes to another one, opens it, or closes it. @returns null where it does nothing */
export function treeStep(
  rows: readonly TreeRow[],
  at: number,
  key: string,
): { readonly to: string } | { readonly open: string } | { readonly close: string } | null {
  const row = rows[at];
  const to = (index: number): { readonly to: string } | null => {
    const next = rows[index];
    return next ? { to: next.item.id } : null;
  };
  if (!row) return null;
  if (key === 'ArrowDown') return to(at + 1);
  if (key === 'ArrowUp') return to(at - 1);
  if (key === 'Home') return to(0);
  if (key === 'End') return to(rows.length - 1);
  if (key === 'ArrowRight') return row.isOpen === null ? null : row.isOpen ? to(at + 1) : { open: row.item.id };
  if (key !== 'ArrowLeft') return null;
  if (row.isOpen === true) return { close: row.item.id };
  return to(rows.slice(0, at).findLastIndex(({ level }) => level < row.level));
}
