import { readFileSync } from 'node:fs';
import { costForm } from './cost-form.js';
import { optionDecision } from './option-decision.js';
import type { Paper, PaperKind } from './paper.js';
import { publicationDecision } from './publication-decision.js';
import { reviewForm } from './review-form.js';
import { reviewResultsPaper } from './review-results-paper.js';
import { submission } from './submission.js';
import { readTemplate } from './template.js';
import type { KnownPlaceholders, ReadTemplate } from './template.js';

export const everyPaper: Readonly<Record<PaperKind, Paper>> = {
  submission,
  'publication-decision': publicationDecision,
  'option-decision': optionDecision,
  'review-form': reviewForm,
  'cost-form': costForm,
  'review-results': reviewResultsPaper,
};

/** The wording that papers have until somebody replaces it. */
export const builtInTemplate = (kind: PaperKind): string => readFileSync(new URL(`./templates/${kind}.txt`, import.meta.url), 'utf8');

/** Reads a wording as that paper's. */
export function readTemplateOf(kind: PaperKind, text: string): ReadTemplate {
  const known: KnownPlaceholders = Object.fromEntries(
    Object.entries(everyPaper[kind].placeholders).map(([name, placeholder]) => [name, { isBlock: 'blocks' in placeholder }]),
  );
  return readTemplate(text, known);
}
