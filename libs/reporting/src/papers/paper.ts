import type { Placeholders } from './fill-template.js';
import type { PaperFacts } from './paper-facts.js';

export const paperKinds = ['submission', 'publication-decision', 'option-decision', 'review-form', 'cost-form', 'review-results'] as const;
export type PaperKind = (typeof paperKinds)[number];

/** A paper that is made of procedures: its placeholders; its wording is a template. */
export interface Paper {
  readonly kind: PaperKind;
  readonly title: { readonly vi: string; readonly en: string };
  /** By what its procedures are selected besides their ids. (Default: by nothing) */
  readonly selectedBy?: 'publication' | 'approval' | 'filters';
  /** Most procedures in one. */
  readonly mostProcedures: number;
  readonly placeholders: Placeholders<PaperFacts>;
  /** The name of the file that it is kept as, without its ending. */
  fileName(facts: PaperFacts): string;
}
