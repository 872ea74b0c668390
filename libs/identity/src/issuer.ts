import { jwtVerify } from 'jose';
import type { Clock } from '#platform';
import { IssuerUnavailable } from './oidc-keys.js';
import type { IssuerKeys } from './oidc-keys.js';
import type { SignedClaims } from './oidc-mapping.js';
import type { OidcPeople } from './oidc-people.js';

/** Which issuer is believed, and for what. */
export interface IssuerOptions {
  /** Its identifier, letter for letter. */
  readonly issuer: string;
  /** Whom its access tokens are for: this product. */
  readonly audience: string;
}

/** Signatures of key pairs only: with a shared secret, whoever checks a token could make one, and `none` is no signature. */
const algorithms = [
  'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519',
]; // prettier-ignore
/** By which clocks may differ. */
const skewSeconds = 60;
/** Access tokens say of themselves that they are (RFC 9068), or nothing; what says something else is something else. */
const types = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];
/** So long a token that was found good is not looked at again: the issuer may have withdrawn its key, or changed the claims of a new one. */
const longestRememberedMs = 5 * 60_000;
const mostRemembered = 10_000;

/** Bearer tokens of an issuer of OpenID Connect: JWT access tokens. */
export class Issuer {
  private readonly verified = new Map<string, { readonly person: string; readonly untilMs: number }>();

  constructor(
    private readonly options: IssuerOptions,
    private readonly keys: IssuerKeys,
    private readonly people: OidcPeople,
    private readonly clock: Clock,
  ) {}

  /**
   * Id of the person whom the token stands for; null when it is not good.
   * @throws UnknownPerson when it is, and nobody here is meant; IssuerUnavailable when its key cannot be had
   */
  async holder(token: string): Promise<string | null> {
    const nowMs = this.clock.now().getTime();
    const known = this.verified.get(token);
    if (known && known.untilMs > nowMs) return known.person;
    const claims = await this.verify(token, this.options.audience);
    if (!claims) return null;
    const person = await this.people.personOf(claims);
    this.remember(token, { person, untilMs: Math.min(claims.exp * 1000, nowMs + longestRememberedMs) });
    return person;
  }

  /** The claims of a token that the issuer signed for that audience; null when it is not good. @throws IssuerUnavailable */
  async verify(token: string, audience: string): Promise<SignedClaims | null> {
    const now = this.clock.now();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.keyFor, {
        algorithms,
        issuer: this.options.issuer,
        audience,
        requiredClaims: ['sub', 'iat', 'exp'],
        clockTolerance: skewSeconds,
        currentDate: now,
      });
      const { iss, sub, iat = Infinity, exp, cnf } = payload;
      // The library looks at `nbf` alone. A token that is bound to a key of its sender (`cnf`) is good with a proof only.
      const isFuture = iat > now.getTime() / 1000 + skewSeconds;
      const isOther = !types.includes(protectedHeader.typ?.toLowerCase());
      if (!iss || !sub || exp === undefined || isFuture || isOther || cnf !== undefined) return null;
      return { ...payload, iss, sub, iat, exp };
    } catch (error) {
      if (error instanceof IssuerUnavailable) throw error;
      return null;
    }
  }

  /** Whom the claims stand for. @throws UnknownPerson */
  personOf(claims: SignedClaims): Promise<string> {
    return this.people.personOf(claims);
  }

  private remember(token: string, entry: { readonly person: string; readonly untilMs: number }): void {
    if (this.verified.size >= mostRemembered) this.verified.clear();
    this.verified.set(token, entry);
  }
}
