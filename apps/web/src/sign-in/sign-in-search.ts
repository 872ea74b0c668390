export interface SignInSearch {
  /** Where to go on afterwards: an address of this application. */
  readonly next?: string;
  /** Why the issuer's sign-in did not end here signed in. */
  readonly failed?: string;
}

/** What the address says. Where to go on is never another site, however it is spelled. */
export function readSignInSearch({ next, failed }: Record<string, unknown>): SignInSearch {
  return {
    ...(typeof next === 'string' && /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(next) && { next }),
    ...(typeof failed === 'string' && { failed }),
  };
}
