import type { BundleRequest, Sheet } from '#audit';
import type { Directory, Person } from '#identity';
import { funnel, onTime, overdue } from '#reporting';
import type { Report, ReportRow } from '#reporting';
import { partiesOf } from '../http/shared-places.js';
import { endOf, startOf } from '../reading/reading.dto.js';
import { fileWriters } from '../reports/report-files.js';
import type { ReportTable } from '../reports/report-cells.js';
import type { ReportQuery, Reports } from '../reports/reports.js';
import { cutRow, mostLines, trailColumns, trailRow } from '../trail/trail-file.js';
import type { SheetQuestion, Trail } from '../trail/trail.js';

/** For whom sheets are read. */
interface Reader {
  readonly by: Person;
  /** Is asked again while they go out. @throws when they may not have them any more */
  readonly stillMay: () => Promise<void>;
}

/** What whoever inspects a unit reads beside its events, as far as they may see it: what was refused and returned, and how its procedures stand. */
export class UnitSheets {
  constructor(
    private readonly reports: Reports,
    private readonly trail: Trail,
    private readonly directory: Directory,
  ) {}

  /** None for what is no pack of a unit. They are as of the request, or as of the end of its period where that is over. */
  of({ scope, procedures, position, askedAt }: BundleRequest, { by, stillMay }: Reader): readonly Sheet[] {
    if (!('unit' in scope) || !procedures) return [];
    const { unit, from, to } = scope;
    const before = to === undefined ? undefined : endOf(to);
    const asOf = before && before <= askedAt ? new Date(before.getTime() - 1).toISOString() : String(position);
    const period = { from: from === undefined ? undefined : startOf(from), before, upTo: position };
    const units = this.directory.units().subtree(unit);
    const reader = { by, stillMay };
    const table = { asOf: { position: String(position), at: askedAt.toISOString() }, party: partiesOf(by)[0] };
    const ofTrail = (sheet: Omit<Sheet, 'read'>, question: SheetQuestion): Sheet => ({
      ...sheet,
      read: () => written({ ...table, ...sheet, columns: trailTitles, parts: this.rows({ ...period, ...question }, reader) }),
    });
    const ofReport = <Own extends object>(report: Report<Own>, own: ReportQuery & Own): Sheet => {
      const { name, title } = report;
      const columns = report.columns(own).map((column) => ({ ...column, title: inBoth(column.title) }));
      return { name, title, read: () => written({ ...table, name, title, columns, parts: this.answered(report, own, asOf, reader) }) };
    };
    return [
      ofTrail(
        { name: 'refusals', title: { vi: 'lệnh bị từ chối, về thủ tục của đơn vị hoặc do người của đơn vị', en: 'what was refused, about procedures of the unit or to its people' } },
        { results: ['refused'], concerning: { procedures, units } },
      ),
      ofTrail(
        { name: 'returns', title: { vi: 'thủ tục và phương án bị trả lại', en: 'procedures and options that were returned' } },
        { types: ['PublicationReturned', 'OptionReturned'], concerning: { procedures, units: [] } },
      ),
      ofReport(funnel, { unit }),
      ofReport(overdue, { unit }),
      ofReport(onTime, { unit, ...(from !== undefined && { signedFrom: from }), ...(to !== undefined && { signedTo: to }) }),
    ];
  } // prettier-ignore

  private async *answered<Own extends object>(report: Report<Own>, query: ReportQuery & Own, asOf: string, { by, stillMay }: Reader): AsyncGenerator<readonly ReportRow[]> {
    const present = this.directory.person(by.id) ?? by;
    yield* this.reports.parts(await this.reports.ask(report, { query, asOf }, present), stillMay);
  } // prettier-ignore

  private async *rows(question: SheetQuestion, { by, stillMay }: Reader): AsyncGenerator<readonly ReportRow[]> {
    const parts = this.trail.sheet(question, by, { most: mostLines, stillMay });
    for (;;) {
      const next = await parts.next();
      if (next.done !== true) yield next.value.map(trailRow);
      else {
        if (next.value) yield [cutRow];
        return;
      }
    }
  }
}

/** A sheet goes to people of either language, and comes out the same for both. */
const inBoth = ({ vi, en }: Sheet['title']): string => `${vi} / ${en}`;
const english = trailColumns('en');
/** All but how far each is beyond doubt, which goes on after the request. */
const trailTitles = trailColumns('vi')
  .map((column, at) => ({ ...column, title: inBoth({ vi: column.title, en: english[at]?.title ?? '' }) }))
  .filter(({ key }) => key !== 'proof');

const written = (
  table: Pick<ReportTable, 'name' | 'columns' | 'parts' | 'asOf' | 'party'> & Pick<Sheet, 'title'>,
): AsyncIterable<string | Uint8Array> =>
  fileWriters.csv.write({ ...table, title: inBoth(table.title), language: 'vi', separator: ',', parameters: {} });
