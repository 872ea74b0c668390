import type { Leaf } from './leaf.js';
import type { PartSalts, ShownEvent } from './leaf-match.js';
import type { Findings } from './verdict.js';

/** The event that permits that the salts of what stands before it in the stream of a person are gone. */
export const erasureType = 'PersonErased';
const erasable = /^person-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Salts that are gone, and what permits it. */
export interface Gap {
  readonly stream: string;
  /** How many leaves whose events are shown have none. */
  readonly leaves: number;
  /** Of the leaf of the event that permits it. */
  readonly permittedBy: number;
  /** What that event says; null where it is not shown. */
  readonly legalBasis: string | null;
}

interface Missing {
  leaves: number;
  readonly first: number;
  last: { readonly index: number; readonly revision: number };
}

interface Erasure {
  readonly index: number;
  readonly revision: number;
  readonly legalBasis: string | null;
}

/** Collects the leaves without salts whose events are shown, and the erasures among all leaves. Holds little of each stream of a person. */
export class Gaps {
  private readonly missing = new Map<string, Missing>();
  private readonly erasures = new Map<string, Erasure>();

  constructor(private readonly findings: Findings) {}

  /** A leaf that stands in the tree, in the order of their indices or not. @param event As it is shown; null where it is not */
  take(leaf: Leaf, event: ShownEvent | null, salts: PartSalts): void {
    if (!('head' in leaf) && leaf.type === erasureType && erasable.test(leaf.stream))
      this.erasures.set(leaf.stream, { index: leaf.index, revision: leaf.revision, legalBasis: basisIn(event?.data) });
    if (event && isWithoutSalts(leaf, event, salts)) this.note(leaf);
  }

  /** After the last leaf: what is permitted is told, and all else found. */
  finish(): void {
    for (const [stream, { leaves, first, last }] of this.missing) {
      const erasure = this.erasures.get(stream);
      if (!erasure) this.found(first);
      else if (last.revision >= erasure.revision) this.found(last.index);
      else this.findings.gap({ stream, leaves, permittedBy: erasure.index, legalBasis: erasure.legalBasis });
    }
  }

  private note(leaf: Leaf): void {
    const { index } = leaf;
    if ('head' in leaf || !erasable.test(leaf.stream)) {
      this.found(index);
      return;
    }
    const { stream, revision } = leaf;
    const missing = this.missing.get(stream) ?? { leaves: 0, first: index, last: { index, revision } };
    missing.leaves += 1;
    if (revision >= missing.last.revision) missing.last = { index, revision };
    this.missing.set(stream, missing);
  }

  private found(index: number): void {
    this.findings.data('salt', index, 'Its salt is gone, and no event permits that.');
  }
}

const isWithoutSalts = (leaf: Leaf, { data, metadata }: ShownEvent, salts: PartSalts): boolean =>
  (data !== undefined && salts.data === undefined) ||
  (metadata !== undefined && (salts.metadata === undefined || ('head' in leaf && salts.head === undefined)));

function basisIn(data: object | undefined): string | null {
  const { legalBasis } = (data ?? {}) as { readonly legalBasis?: unknown };
  return typeof legalBasis === 'string' ? legalBasis : null;
}
