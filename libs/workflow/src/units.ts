import type { Level } from './lifecycle.js';

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly level: Level;
  readonly parent: string | null;
}

/** The units of an installation as they stand at one moment. */
export class UnitTree {
  private readonly byId: ReadonlyMap<string, Unit>;
  private readonly children = new Map<string | null, string[]>();

  constructor(units: readonly Unit[]) {
    this.byId = new Map(units.map((unit) => [unit.id, unit]));
    for (const unit of units) {
      const siblings = this.children.get(unit.parent);
      if (siblings) siblings.push(unit.id);
      else this.children.set(unit.parent, [unit.id]);
    }
  }

  get(id: string): Unit | undefined {
    return this.byId.get(id);
  }

  all(): readonly Unit[] {
    return [...this.byId.values()];
  }

  /** The unit itself first, then its parent and so on up; empty for an unknown unit. */
  pathUp(id: string): readonly Unit[] {
    const path: Unit[] = [];
    for (let unit = this.byId.get(id); unit && !path.includes(unit); unit = unit.parent === null ? undefined : this.byId.get(unit.parent))
      path.push(unit);
    return path;
  }

  /** The unit itself and all below it. */
  subtree(id: string): readonly string[] {
    const found = this.byId.has(id) ? [id] : [];
    for (let next = 0; next < found.length; next++) found.push(...(this.children.get(found[next] ?? '') ?? []));
    return found;
  }
}
