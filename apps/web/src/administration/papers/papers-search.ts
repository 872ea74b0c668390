import type { PaperName } from './paper-templates-queries';

const known: Readonly<Record<PaperName, true>> = {
  submission: true,
  'publication-decision': true,
  'option-decision': true,
  'review-form': true,
  'cost-form': true,
  'review-results': true,
};
const paperNames = Object.keys(known) as readonly PaperName[];

interface PapersSearch {
  readonly paper?: PaperName | undefined;
}

/** Which paper's template is shown. */
export const readPapersSearch = ({ paper }: Readonly<Record<string, unknown>>): PapersSearch => ({
  paper: paperNames.find((one) => one === paper),
});
