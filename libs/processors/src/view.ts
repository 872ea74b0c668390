import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';

/** Gives the full name of one of a view's tables, such as `views.register_v2`. */
export type TableName = (table: string) => string;

/**
 * A read model that is computed from the log and nothing else. Its tables are made anew for each version and are read
 * through SQL views of the plain name (`views.register`), so a version replaces another at one moment.
 */
export interface View {
  readonly name: string;
  /** Change it with the tables or with what is written to them: the view is then rebuilt at the next start. */
  readonly codeVersion: string;
  /** Only streams whose name starts with one of these. */
  readonly prefixes: readonly string[];
  /** Whether it looks at the metadata of events. One that does not is handed `noMetadata`, and builds in half the time. */
  readonly readsMetadata: boolean;
  /**
   * Takes every event in the order of the log: none is put aside, and one that fails is tried until it succeeds. Its tables are its own
   * affair and outlive a rebuild, which hands it every event again. (Default: false)
   */
  readonly isGapless?: boolean;
  /** Whether this process has what it takes to keep it. One that has not waits for nobody who has. (Default: true) */
  readonly isKeptHere?: boolean;
  /** Plain names of its tables. */
  readonly tables: readonly string[];
  /** Creates the tables with what applying needs, such as primary keys. */
  create(transaction: Transaction, table: TableName): Promise<void>;
  /** Adds what only reading needs; runs after the bulk of a build, because an index is cheaper to build than to keep. */
  index(transaction: Transaction, table: TableName): Promise<void>;
  /** A writer into one version of the tables. */
  writer(table: TableName): ViewWriter;
}

export interface ViewWriter {
  /**
   * Applies events, in order of position, in few statements. An event that is applied already must change nothing, and a
   * stream may skip revisions that were discarded. A build calls it while the call before is still writing, so what it
   * remembers must hold as soon as it is computed; its first query waits for that writing.
   */
  apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void>;
  /** Drops what it remembers of the tables; called after a transaction that was rolled back. */
  forget(): void;
}

/** One version of a view: its tables and the writer into them. */
export class ViewVersion {
  readonly writer: ViewWriter;
  readonly table: TableName;

  constructor(
    readonly view: View,
    readonly version: number,
  ) {
    this.table = (table) => `views.${table}_v${String(version)}`;
    this.writer = view.writer(this.table);
  }
}
