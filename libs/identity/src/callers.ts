import type { Person } from './directory.js';
import type { Issuer } from './issuer.js';
import { isServiceKey } from './service-accounts.js';
import type { ServiceAccounts } from './service-accounts.js';
import type { SignIn } from './sign-in.js';
import { isLocal } from './tokens.js';

/** Who sends a request, and how they showed who they are. */
export interface Caller {
  readonly person: Person;
  /** Session id; null where there is no session to end. */
  readonly session: string | null;
  /** Of the key, without its secret; null where there is none. */
  readonly key: string | null;
  /** What a key covers; null covers all that the person may do. */
  readonly scopes: readonly string[] | null;
}

/** Tells by a bearer token who sends a request. Each kind is told by its form and checked by its own rules alone. */
export class Callers {
  constructor(
    private readonly signIn: SignIn,
    private readonly serviceAccounts: ServiceAccounts,
    /** (Default: none is believed) */
    private readonly issuer: Issuer | null = null,
  ) {}

  /** Null when the token is not good, or the person may not enter. @throws UnknownPerson, IssuerUnavailable */
  async whoIs(bearer: string): Promise<Caller | null> {
    if (isServiceKey(bearer)) {
      const holder = await this.serviceAccounts.holder(bearer);
      const person = holder && (await this.signIn.mayEnter(holder.person));
      return person ? { person, session: null, key: holder.key, scopes: holder.scopes } : null;
    }
    if (this.issuer && !isLocal(bearer)) {
      const id = await this.issuer.holder(bearer);
      const person = id === null ? null : await this.signIn.mayEnter(id);
      return person && { person, session: null, key: null, scopes: null };
    }
    const inSession = await this.signIn.whoIs(bearer);
    return inSession && { ...inSession, key: null, scopes: null };
  }
}
