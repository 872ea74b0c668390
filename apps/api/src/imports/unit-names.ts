import type { Directory } from '#identity';
import { tidyLine } from '#platform';
import type { UnitTree } from '#workflow';
import { isUuid } from '../http/sent.js';
import type { CellValue } from './cell-values.js';

/** Finds units by what sheets call them: open ones by their exact name, any by its id. */
export class UnitNames {
  private tree: UnitTree | null = null;
  private byName: ReadonlyMap<string, readonly string[]> = new Map();
  /** Of units that come before in the sheet. */
  private readonly added = new Map<string, Set<string>>();

  constructor(private readonly directory: Directory) {}

  add(name: string, id: string): void {
    this.added.set(name, (this.added.get(name) ?? new Set()).add(id));
  }

  find(text: string): CellValue {
    if (isUuid(text)) return { value: text.toLowerCase() };
    const name = tidyLine(text);
    const ids = new Set([...(this.names().get(name) ?? []), ...(this.added.get(name) ?? [])]);
    const [id] = ids;
    if (id === undefined) return { fault: { code: 'unknown-unit', message: 'is no unit: its exact name or its id is needed', vi: 'không phải là đơn vị: cần đúng tên hoặc định danh' } }; // prettier-ignore
    if (ids.size > 1) return { fault: { code: 'unit-ambiguous', message: 'is the name of several units: give the id', vi: 'là tên của nhiều đơn vị: hãy ghi định danh' } }; // prettier-ignore
    return { value: id };
  }

  private names(): ReadonlyMap<string, readonly string[]> {
    const tree = this.directory.units();
    if (tree === this.tree) return this.byName;
    const byName = new Map<string, string[]>();
    for (const { id, name, closed = false } of tree.all()) {
      if (closed) continue;
      const same = byName.get(name);
      if (same) same.push(id);
      else byName.set(name, [id]);
    }
    this.tree = tree;
    this.byName = byName;
    return byName;
  }
}
