import type { RecordedEvent } from '#event-store';
import type { View } from '../view.js';
import type { AnyDeclaration, Group, GroupDeclaration, GroupOf, RowDeclaration, Tables } from './declaration.js';
import { emptyGroup } from './projection-storage.js';
import { ProjectionWriter } from './projection-writer.js';
import type { Table } from './table.js';

/** A view that is told how its rows follow from the events, and does the rest: loading, remembering, writing, building anew. */
export interface Projection<Rows> extends View {
  /** Its rows after these events, the first of all, in order of position. For specifications. */
  rowsOf(events: readonly RecordedEvent[]): Rows;
}

/** Declares a view with at most one row for each subject. */
export function projection<Row extends object, Counted = never>(declaration: RowDeclaration<Row, Counted>): Projection<readonly Row[]> {
  const { table, tally, ...rest } = declaration;
  const group = groupProjection({
    ...rest,
    tables: { rows: table },
    subject: (event) => declaration.subject(event),
    rowsAfter: (before, event, { subject }) => {
      const [row = null] = before.rows;
      const after = declaration.rowAfter(row, event, subject);
      return after === row ? before : { rows: after ? [after] : [] };
    },
    ...(declaration.begins && { begins: (event: RecordedEvent) => declaration.begins?.(event) === true }),
    ...(tally && { tallies: [{ of: 'rows', as: tally }] }),
  });
  return { ...group, rowsOf: (events) => group.rowsOf(events).rows };
}

/** Declares a view with any number of rows for each subject. */
export function groupProjection<Of extends Tables, SharedRow = never, Shared = undefined>(
  declaration: GroupDeclaration<Of, SharedRow, Shared>,
): Projection<GroupOf<Of>> {
  const { name, codeVersion, prefixes, readsMetadata } = declaration;
  // What is written is what `rowsAfter` made of what was read, table by table.
  const any = declaration as unknown as AnyDeclaration;
  const tables = tablesOf(any);
  return {
    ...{ name, codeVersion, prefixes, readsMetadata },
    tables: tables.map((table) => table.name),
    create: async (transaction, full) => {
      for (const table of tables) await table.create(transaction, full(table.name));
    },
    index: async (transaction, full) => {
      for (const table of tables) await table.index(transaction, full(table.name));
    },
    writer: (full) => new ProjectionWriter(any, full),
    rowsOf: (events) => rowsOf(any, events) as GroupOf<Of>,
  };
}

function tablesOf({ tables, shared, tallies = [] }: AnyDeclaration): readonly Table<unknown>[] {
  return [...(shared ? [shared.table] : []), ...tallies.map(({ as }) => as.table), ...Object.values(tables)];
}

function rowsOf(declaration: AnyDeclaration, events: readonly RecordedEvent[]): Group {
  const { tables, links, shared } = declaration;
  const groups = new Map<string, Group>();
  const linked = new Map<string, string>();
  let sharedRows: readonly unknown[] = [];
  let read = shared?.read(sharedRows);
  const apply = (subject: string, event: RecordedEvent): void => {
    const after = declaration.rowsAfter(groups.get(subject) ?? emptyGroup(tables), event, { subject, shared: read });
    groups.set(subject, after);
    if (links) for (const row of after[links.table] ?? []) linked.set(tables[links.table]?.valueOf(row, links.column) ?? '', subject);
  };
  for (const event of events) {
    if (shared?.isOf(event) === true) {
      sharedRows = shared.rowsAfter(sharedRows, event);
      read = shared.read(sharedRows);
      if (shared.affects(event)) for (const subject of groups.keys()) apply(subject, event);
      continue;
    }
    const given = declaration.subject(event);
    const subject = typeof given === 'string' || given === null ? given : linked.get(given.link);
    if (typeof subject === 'string') apply(subject, event);
  }
  return Object.fromEntries(Object.keys(tables).map((name) => [name, [...groups.values()].flatMap((group) => group[name] ?? [])]));
}
