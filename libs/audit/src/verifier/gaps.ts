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

/** What one leaf tells of salts that are gone. */
export interface GapNote {
  /** Of a person; null where nothing can permit that salts are gone. */
  readonly stream: string | null;
  readonly index: number;
  readonly revision: number;
  readonly isWithoutSalts: boolean;
  /** Where it is the event that permits it. */
  readonly erasure?: Pick<Gap, 'legalBasis'>;
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

/** Collects what leaves tell of salts that are gone. Holds little of each stream of a person. */
export class Gaps {
  private readonly missing = new Map<string, Missing>();
  private readonly erasures = new Map<string, Erasure>();

  constructor(private readonly findings: Findings) {}

  /** A leaf that stands in the tree, in the order of their indices or not. */
  note({ stream, index, revision, isWithoutSalts, erasure }: GapNote): void {
    if (stream === null) this.found(index);
    else {
      if (erasure) this.erasures.set(stream, { index, revision, ...erasure });
      if (isWithoutSalts) this.noteMissing(stream, index, revision);
    }
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

  private noteMissing(stream: string, index: number, revision: number): void {
    const missing = this.missing.get(stream) ?? { leaves: 0, first: index, last: { index, revision } };
    missing.leaves += 1;
    if (revision >= missing.last.revision) missing.last = { index, revision };
    this.missing.set(stream, missing);
  }

  private found(index: number): void {
    this.findings.data('salt', index, 'Its salt is gone, and no event permits that.');
  }
}

/** What a leaf tells of salts that are gone; null for nothing. @param event As it is shown; null where it is not */
export function gapNoteOf(leaf: Leaf, event: ShownEvent | null, salts: PartSalts): GapNote | null {
  const { index } = leaf;
  const isWithoutSalts = event !== null && lacksSalts(leaf, event, salts);
  if ('head' in leaf || !erasable.test(leaf.stream)) return isWithoutSalts ? { stream: null, index, revision: 0, isWithoutSalts } : null;
  const { stream, revision, type } = leaf;
  const erasure = type === erasureType ? { legalBasis: basisIn(event?.data) } : undefined;
  return isWithoutSalts || erasure ? { stream, index, revision, isWithoutSalts, ...(erasure && { erasure }) } : null;
}

const lacksSalts = (leaf: Leaf, { data, metadata }: ShownEvent, salts: PartSalts): boolean =>
  (data !== undefined && salts.data === undefined) ||
  (metadata !== undefined && (salts.metadata === undefined || ('head' in leaf && salts.head === undefined)));

function basisIn(data: object | undefined): string | null {
  const { legalBasis } = (data ?? {}) as { readonly legalBasis?: unknown };
  return typeof legalBasis === 'string' ? legalBasis : null;
}
