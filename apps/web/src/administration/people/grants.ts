import { today } from '../../format/format';

interface Days {
  /** YYYY-MM-DD. (Default: since it was given) */
  readonly from?: string;
  /** The last day. (Default: without end) */
  readonly to?: string;
}

export type Standing = 'coming' | 'now' | 'past' | 'closed';

/** Whether a role counts on a day. @param on YYYY-MM-DD (Default: today in Vietnam) */
export function standingOf({ from = '', to = '9999' }: Days, on: string = today()): Standing {
  if (on < from) return 'coming';
  return on > to ? 'past' : 'now';
}

interface UnitThere {
  readonly id: string;
  readonly closed: boolean;
  /** Unit id. */
  readonly mergedInto: string | null;
}

/** Whether a role counts, also by what became of its unit: what was merged goes on where it went, what is closed ends. */
export function standingAt(units: readonly UnitThere[], grant: Days & { readonly unit: string }, on: string = today()): Standing {
  const standing = standingOf(grant, on);
  return standing !== 'past' && isClosed(units, grant.unit) ? 'closed' : standing;
}

function isClosed(units: readonly UnitThere[], id: string): boolean {
  let unit = units.find((one) => one.id === id);
  // As many steps as there are units: one is never merged into itself by a longer way.
  for (let steps = units.length; unit !== undefined && unit.mergedInto !== null && steps > 0; steps -= 1) {
    const { mergedInto } = unit;
    unit = units.find((one) => one.id === mergedInto);
  }
  return unit?.closed === true;
}
