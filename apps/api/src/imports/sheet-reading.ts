import { createHash, createHmac } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { uuidv5 } from '#event-store';
import type { Person } from '#identity';
import { mostSheetRows } from '#imports';
import type { Import, RefusedCell } from '#imports';
import { rowsOfCsv, rowsOfXlsx, SheetRefused } from '#sheets';
import type { SheetBytes, SheetRow } from '#sheets';
import { inKeyOrder } from '#workflow';
import { readAs } from '../http/shape-pipe.js';
import { readHeader } from './header.js';
import type { Column } from './header.js';
import { faultsOf } from './kind.js';
import type { Fault, ImportKind, PreparedRow, RowSession } from './kind.js';
import { readRow, refusedFields } from './rows.js';

/** A row whose shape is right. */
export interface GoodRow {
  readonly row: number;
  readonly prepared: PreparedRow;
  /** Under which it is entered: the same for the same row of the same person. */
  readonly key: string;
}
export type RowRead = GoodRow | { readonly row: number; readonly refused: readonly RefusedCell[] };

/** The header of the sheet is not as it must be; nothing below it is looked at. */
export class HeaderRefused extends Error {
  override readonly name = 'HeaderRefused';
  constructor(readonly refused: readonly RefusedCell[]) {
    super('The header is not as it must be.');
  }
}

/** One reading of a sheet from its first line to its last, in batches. */
export class SheetReading {
  readonly session: RowSession;
  private columns: readonly Column[] = [];

  constructor(
    private readonly kind: ImportKind,
    private readonly imported: Pick<Import, 'kind' | 'format'>,
    private readonly person: () => Person,
    private readonly secret: Buffer,
    private readonly mostRows = mostSheetRows,
  ) {
    this.session = kind.begin(person);
  }

  /** Rows that are not empty, so many at once, each as soon as those before it are done with. @throws SheetRefused, HeaderRefused */
  async *batches(bytes: SheetBytes, most: number): AsyncGenerator<readonly RowRead[]> {
    const rows = this.imported.format === 'csv' ? rowsOfCsv(bytes) : rowsOfXlsx(bytes);
    let waiting: SheetRow[] = [];
    let isHeader = true;
    let count = -1;
    for await (const row of rows) {
      if (++count > this.mostRows) throw tooLong(row.row, this.mostRows);
      if (isHeader) this.readHeader(row);
      else waiting.push(row);
      isHeader = false;
      if (waiting.length < most) continue;
      yield await this.read(waiting);
      waiting = [];
    }
    if (isHeader) throw new SheetRefused('file-empty', 'The sheet is empty.', 'Bảng không có dòng nào.');
    if (waiting.length > 0) yield await this.read(waiting);
  }

  /** What stands against a row, told of its cells. */
  refusedCells(row: number, faults: readonly Fault[]): readonly RefusedCell[] {
    const { place } = this.kind;
    const placed = faults.map((one) =>
      one.path === '' && one.code === 'not-authorised' && place !== undefined ? { ...one, path: place } : one,
    );
    return refusedFields(row, placed, this.columns);
  }

  private readHeader(row: SheetRow): void {
    const { columns, refused } = readHeader(row, this.kind);
    if (row.row !== 1)
      throw new HeaderRefused([{ row: 1, column: '', code: 'header-missing', message: 'The first line must be the header.', vi: 'Dòng đầu phải là tiêu đề các cột.' }]); // prettier-ignore
    if (refused.length > 0) throw new HeaderRefused(refused);
    this.columns = columns;
  }

  private read(rows: readonly SheetRow[]): Promise<readonly RowRead[]> {
    return Promise.all(rows.map((row) => this.readOne(row)));
  }

  private async readOne(given: SheetRow): Promise<RowRead> {
    // The embedded database answers without a turn of the event loop; between two rows everybody else gets theirs.
    await turn();
    const { row, body, refused } = readRow(given, this.columns, (text) => this.session.unitOf(text));
    const besides = Object.fromEntries(this.kind.besides.map((name) => [name, textIn(body[name])]));
    const own = Object.fromEntries(Object.entries(body).filter(([name]) => !this.kind.besides.includes(name)));
    const missing = this.kind.besides.filter((name) => besides[name] === '').map((path): Fault => ({ path, message: 'is required', vi: 'là bắt buộc' })); // prettier-ignore
    const { shape, errors } = readAs(this.kind.make, own);
    const told = refusedFields(row, [...missing, ...errors], this.columns);
    // What could not be read is not said to be missing besides.
    const others = told.filter(({ column }) => column === '' || !refused.some((one) => one.column === column));
    if (refused.length + others.length > 0) return { row, refused: [...refused, ...others] };
    const prepared = await this.session.prepare(shape, besides).catch((error: unknown) => ({ faults: faultsOf(error) }));
    if ('faults' in prepared) return { row, refused: this.refusedCells(row, prepared.faults) };
    return { row, prepared, key: this.keyOf(prepared.content) };
  }

  private keyOf(content: object): string {
    // The same however the columns stand.
    const text = JSON.stringify(inKeyOrder(content));
    const hash = this.kind.isPersonal ? createHmac('sha256', this.secret) : createHash('sha256');
    return uuidv5(this.person().id, `import ${this.imported.kind} ${hash.update(text).digest('hex')}`);
  }
}

const tooLong = (row: number, most: number): SheetRefused =>
  new SheetRefused('file-too-long', `The sheet has more than ${String(most)} rows: part it.`, `Bảng có hơn ${String(most)} dòng: hãy chia thành nhiều bảng.`, row); // prettier-ignore

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
