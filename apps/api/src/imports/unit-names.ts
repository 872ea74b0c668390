import type { Directory } from '#identity';
import { tidyLine } from '#platform';
import type { Unit, UnitTree } from '#workflow';
import { isUuid } from '../http/sent.js';
import type { CellValue } from './cell-values.js';

/**
 * Finds units by what sheets call them: by their exact name, or by their id. Where no open one has the name, it is that of a closed one: a row that was
 * entered for it before is known again by that, and the rules say of any other what became of the unit.
 */
export class UnitNames {
  private tree: UnitTree | null = null;
  private open: ReadonlyMap<string, readonly string[]> = new Map();
  private closed: ReadonlyMap<string, readonly string[]> = new Map();
  /** Of units that come before in the sheet. */
  private readonly added = new Map<string, Set<string>>();

  constructor(private readonly directory: Directory) {}

  add(name: string, id: string): void {
    this.added.set(name, (this.added.get(name) ?? new Set()).add(id));
  }

  find(text: string): CellValue {
    if (isUuid(text)) return { value: text.toLowerCase() };
    const name = tidyLine(text);
    this.read();
    const open = new Set([...(this.open.get(name) ?? []), ...(this.added.get(name) ?? [])]);
    const ids = open.size > 0 ? open : new Set(this.closed.get(name));
    const [id] = ids;
    if (id === undefined) return { fault: { code: 'unknown-unit', message: 'is no unit: its exact name or its id is needed', vi: 'không phải là đơn vị: cần đúng tên hoặc định danh' } }; // prettier-ignore
    if (ids.size > 1) return { fault: { code: 'unit-ambiguous', message: 'is the name of several units: give the id', vi: 'là tên của nhiều đơn vị: hãy ghi định danh' } }; // prettier-ignore
    return { value: id };
  }

  private read(): void {
    const tree = this.directory.units();
    if (tree === this.tree) return;
    const all = tree.all();
    this.tree = tree;
    this.open = idsByName(all.filter(({ closed }) => closed !== true));
    this.closed = idsByName(all.filter(({ closed }) => closed === true));
  }
}

function idsByName(units: readonly Unit[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, name } of units) {
    const same = ids.get(name);
    if (same) same.push(id);
    else ids.set(name, [id]);
  }
  return ids;
}
