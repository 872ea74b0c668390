import { mostSelected } from '#bulk';
import type { Person } from '#identity';
import { selectedProcedures } from '#procedures';
import { Problem } from '../http/problem.js';
import { RegisterFilters, viewsOf } from '../reading/register-filters.js';
import type { Views } from '../reading/views.js';
import type { Settings } from '../settings.js';
import type { SelectionDto } from './bulk.dto.js';

/** Reads which procedures somebody selects. */
export class BulkSelection {
  constructor(
    private readonly views: Views,
    private readonly filters: RegisterFilters,
    private readonly settings: Settings,
  ) {}

  /** Ids, each once: those that are named, or what the list shows to that person now. @throws Problem */
  async of({ ids = [], filter, position: minPosition }: SelectionDto, person: Person): Promise<readonly string[]> {
    if (!filter) {
      await this.views.upTo(minPosition, ['register']);
      return [...new Set(ids)];
    }
    const { sort, unit } = filter;
    const { sight, units } = await this.views.open(viewsOf(filter), { minPosition, unit }, person);
    const narrowed = await this.filters.of(filter, sight).catch(inBody);
    const selected = await selectedProcedures(this.settings.database, { ...narrowed, sight, units, sort, limit: mostSelected + 1 });
    if (selected.length <= mostSelected) return selected;
    const message = `selects more than ${String(mostSelected)} procedures`;
    throw new Problem('invalid-body', { detail: `selection.filter ${message}.`, errors: [{ path: 'selection.filter', message }] });
  }
}

/** What the list calls a wrong parameter is a wrong field here. */
function inBody(error: unknown): never {
  const { errors } = error instanceof Problem && error.code === 'invalid-query' ? error.details : {};
  if (!errors) throw error;
  throw new Problem('invalid-body', { errors: errors.map((one) => ({ ...one, path: `selection.filter.${one.path}` })) });
}
