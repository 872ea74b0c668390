import type { Unmet } from '#event-store';
import type { Level } from './lifecycle.js';

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly level: Level;
  /** Null for a ministry. */
  readonly parent: string | null;
  /** Takes nothing on any more; what it has stays with the units above it. (Default: false) */
  readonly closed?: boolean;
  /** The unit that it has become part of, with all that it had; it is closed then. */
  readonly mergedInto?: string | null;
}

/** The units of an installation as they stand at one moment. */
export class UnitTree {
  private readonly byId: ReadonlyMap<string, Unit>;
  private readonly children = new Map<string | null, string[]>();

  constructor(units: readonly Unit[]) {
    this.byId = new Map(units.map((unit) => [unit.id, unit]));
    for (const { id, parent, mergedInto } of units) {
      const above = mergedInto ?? parent;
      const siblings = this.children.get(above);
      if (siblings) siblings.push(id);
      else this.children.set(above, [id]);
    }
  }

  get(id: string): Unit | undefined {
    return this.byId.get(id);
  }

  all(): readonly Unit[] {
    return [...this.byId.values()];
  }

  /** The unit that a merged one has become part of, however often; else the unit itself. */
  present(id: string): Unit | undefined {
    let unit = this.byId.get(id);
    for (let steps = 0; unit?.mergedInto != null && steps < this.byId.size; steps++) unit = this.byId.get(unit.mergedInto);
    return unit;
  }

  /** The unit itself first, or what it was merged into, then its parent and so on up; empty for an unknown unit. */
  pathUp(id: string): readonly Unit[] {
    const path: Unit[] = [];
    for (let unit = this.present(id); unit && !path.includes(unit); unit = unit.parent === null ? undefined : this.present(unit.parent))
      path.push(unit);
    return path;
  }

  /** The unit itself and all below it, those that were merged into one of them included. */
  subtree(id: string): readonly string[] {
    const found = new Set(this.byId.has(id) ? [id] : []);
    for (const next of found) for (const child of this.children.get(next) ?? []) found.add(child);
    return [...found];
  }

  /** The unit itself and what was merged into it, which is answered for there; those below are not among them. */
  standingFor(id: string): readonly string[] {
    return this.subtree(id).filter((one) => this.present(one)?.id === id);
  }

  /** Whether an open unit stands below, also by way of one that was merged or closed. */
  hasOpenBelow(id: string): boolean {
    return this.subtree(id).some((one) => one !== id && this.byId.get(one)?.closed !== true);
  }

  /** Who looks after what a closed unit had: what it has become part of, or the nearest open one above; undefined where none is open. */
  successor(id: string): Unit | undefined {
    return this.pathUp(id).find(({ closed }) => closed !== true);
  }
}

/**
 * What stands against naming the unit for anything that begins: an owner, a parent, somebody who is asked, a place of a role. A closed one
 * is named no more, whoever asks; what it had before goes on. Nothing where it is open, or unknown.
 */
export function unitClosed(units: UnitTree, id: string, path?: string): readonly (Unmet & { readonly code: 'unit-closed' })[] {
  const unit = units.get(id);
  if (unit?.closed !== true) return [];
  const successor = units.successor(id);
  const instead = unit.mergedInto == null ? 'the unit above it is' : 'it has become part of';
  const message = `"${unit.name}" is closed and takes nothing on${successor ? `; ${instead} "${successor.name}" (${successor.id})` : ''}.`;
  return [{ code: 'unit-closed', message, ...(path !== undefined && { path }) }];
}
