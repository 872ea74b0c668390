import { Waiting } from '#worklist';
import type { WaitingChange } from '#worklist';
import { presentUnit } from '../placed.js';
import { afterContribution, contributed } from './explained.js';
import { NotReported } from './report.js';
import type { Asked, Explanation, PageAsked, Report, ReportColumn, ReportRows, Sources } from './report.js';

const columns = [
  { key: 'unit', title: { vi: 'Đơn vị', en: 'Unit' }, type: 'unit' },
  { key: 'owner', title: { vi: 'Cơ quan, đơn vị chủ trì', en: 'Owning unit' }, type: 'unit' },
  { key: 'waiting', title: { vi: 'Đang chờ', en: 'Waiting' }, type: 'count' },
  { key: 'claimed', title: { vi: 'Đã có người nhận', en: 'Claimed' }, type: 'count' },
] as const satisfies readonly ReportColumn[];

/** How much work waits for people at which unit, and whose procedures it is about. What either of two units may do stands at both. */
export const workload: Report = {
  name: 'workload',
  title: { vi: 'Việc đang chờ', en: 'Work that waits' },
  views: ['work'],
  pasts: ['past_work'],
  columns: () => columns,
  rows,
  explain,
};

async function rows({ filters: { sight, units, owner, keeper }, tree, past }: Asked, { database, definitions }: Sources): Promise<ReportRows> {
  const found = await new Waiting(database, definitions).report({ sight, units, owner, keeper, position: past?.position }, tree);
  const nameOf = (unit: string): string => tree.get(unit)?.name ?? unit;
  return { rows: found.map((row) => ({ key: keyOf(row.unit, row.owner), ...row, unitName: nameOf(row.unit), ownerName: nameOf(row.owner) })) };
} // prettier-ignore

const keyOf = (unit: string, owner: string): string => `${unit}/${owner}`;

/** Events that are looked through for a page at most. */
const lookedThrough = 2_000;
const list = 'workload-explained';

/** Each event by which work came to the cell or left it. */
async function explain(asked: Asked, { row, column }: { readonly row: string; readonly column: string }, sources: Sources, page: PageAsked): Promise<Explanation> {
  const found = (await rows(asked, sources)).rows.find(({ key }) => key === row);
  if (!found) throw new NotReported('row');
  const { filters: { sight, units, owner, keeper }, tree, past } = asked;
  const waiting = new Waiting(sources.database, sources.definitions);
  const unitsOf = await waiting.unitsFor(tree);
  const isIn = (work: WaitingChange['now']): number =>
    work && (column !== 'claimed' || work.claimed) && [...unitsOf(work)].some((unit) => keyOf(unit, presentUnit(tree, work.owner)) === row) ? 1 : 0;
  const changes = await waiting.changes({ sight, units, owner, keeper }, { after: afterContribution(page, list), upTo: past?.position, limit: lookedThrough });
  const seen = changes.map((change) => ({ ...change, contributes: isIn(change.now) - isIn(change.before) }));
  return contributed(found[column], seen, { limit: page.limit, list, most: lookedThrough });
} // prettier-ignore
