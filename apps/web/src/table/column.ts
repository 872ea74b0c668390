import type { ReactNode } from 'react';

/** What a table shows of each row. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Below what the cell shows; where the cell is a link it is not part of it. */
  readonly below?: (row: Row) => ReactNode;
  /** What the list is sorted by when this column is pressed. (Default: nothing) */
  readonly sort?: string;
  /** Whether something in it can be pressed, which the link of the row must not cover. (Default: false) */
  readonly acts?: boolean;
}

export interface Sorted {
  /** With a minus it descends. */
  readonly by: string;
  readonly change: (by: string) => void;
}

/** Where a row leads. */
export type RowLink =
  | ProcedureLink
  | {
      readonly to: '/administration/people/$id' | '/inspections/$id' | '/periods/$id' | '/steering-boards/$id';
      readonly params: { readonly id: string };
    };

interface ProcedureLink {
  readonly to: '/procedures/$id';
  readonly params: { readonly id: string };
  /** `for` is a person id: for whom it is the caller's. */
  readonly search?: { readonly for?: string };
}
