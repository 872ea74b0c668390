import { Problem } from '../http/problem.js';
import type { ImportKind } from './kind.js';

/** What can be imported, by its name. */
export class ImportKinds {
  constructor(readonly all: Readonly<Record<string, ImportKind>>) {}

  /** @throws Problem for one that is not built */
  named(name: string): ImportKind {
    const kind = this.all[name];
    if (!kind) throw new Problem('not-built');
    return kind;
  }
}
