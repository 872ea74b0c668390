/** The one part of the libs that the pages share: checks of proofs, which know nothing of the server. */
export const verifierAlias = { '#audit/verifier': `${import.meta.dirname}/../../libs/audit/src/verifier/index.ts` };
