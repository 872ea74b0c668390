import type { Procedure } from '../procedure-queries';

/** How what is typed about a procedure is kept: what is classified is not left lying in a browser. */
export const draftOf = ({ classification, revision }: Procedure) => ({ mayKeep: () => classification === 'none', revision });
