import { createLocalJWKSet, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { isSafe } from '#platform';

/** The issuer of OpenID Connect does not answer, or not as it should; the message says what. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** What the product uses of the issuer's description (OpenID Connect Discovery 1.0, 3). */
export interface IssuerDescription {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly authorization_endpoint?: string;
  readonly token_endpoint?: string;
}

/** No answer of the issuer is waited for longer. */
const patienceMs = 3_000;
/** So often keys are looked up again, as they are changed in good time. */
const freshMs = 10 * 60_000;
/** A token of an unknown key makes them be looked up too, but not more often. */
const pauseMs = 10_000;
const pauseAfterFailureMs = 5_000;
/** Keys that could not be looked up again serve on for so long. */
const longestMs = 24 * 60 * 60_000;

/** The issuer's keys: found by discovery, kept, looked up again when they are old or a new one appears, and never waited for long. */
export class IssuerKeys {
  private found: { readonly description: IssuerDescription; readonly keyFor: JWTVerifyGetKey; readonly atMs: number } | undefined;
  private looking: Promise<void> | undefined;
  private failure: IssuerUnavailable | undefined;
  private notBeforeMs = -Infinity;

  /** @param now Milliseconds of a clock that does not jump. */
  constructor(
    private readonly issuer: string,
    private readonly now: () => number = performance.now.bind(performance),
  ) {}

  /** @throws IssuerUnavailable */
  async description(): Promise<IssuerDescription> {
    return (await this.current()).description;
  }

  /** The key that signed the token. @throws IssuerUnavailable, or JWKSNoMatchingKey when the issuer has no such key */
  readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    const { keyFor } = await this.current();
    try {
      return await keyFor(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // It may be newer than what is known.
      await this.lookAgain();
      return (await this.current()).keyFor(header, token);
    }
  };

  private async current(): Promise<NonNullable<typeof this.found>> {
    const ageMs = this.now() - (this.found?.atMs ?? -Infinity);
    if (ageMs > longestMs) await this.lookAgain();
    // Whoever asks just now need not wait for it.
    else if (ageMs > freshMs) this.lookAgain().catch(() => undefined);
    if (!this.found) throw this.failure ?? new IssuerUnavailable('The issuer was not asked yet.');
    return this.found;
  }

  /** Unless it was done a moment ago. @throws IssuerUnavailable when that failed */
  private async lookAgain(): Promise<void> {
    if (this.now() >= this.notBeforeMs || this.looking) {
      this.looking ??= this.look().finally(() => (this.looking = undefined));
      await this.looking;
    }
    if (this.failure) throw this.failure;
  }

  private async look(): Promise<void> {
    try {
      const description = await this.describe();
      const keySet = await fetchJson(description.jwks_uri);
      this.found = { description, keyFor: createLocalJWKSet(keySet as JSONWebKeySet), atMs: this.now() };
      this.failure = undefined;
      this.notBeforeMs = this.now() + pauseMs;
    } catch (error) {
      this.failure =
        error instanceof IssuerUnavailable ? error : new IssuerUnavailable('The keys of the issuer cannot be read.', { cause: error });
      this.notBeforeMs = this.now() + pauseAfterFailureMs;
    }
  }

  private async describe(): Promise<IssuerDescription> {
    const description = (await fetchJson(
      `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    )) as Partial<IssuerDescription>;
    // Else one issuer could speak for another (OpenID Connect Discovery 1.0, 4.3).
    if (description.issuer !== this.issuer) throw new IssuerUnavailable('The issuer describes itself as another one than OIDC_ISSUER.');
    const { jwks_uri } = description;
    if (jwks_uri === undefined || !isSafe(jwks_uri)) throw new IssuerUnavailable('The issuer names no keys at an https address.');
    return { ...description, issuer: description.issuer, jwks_uri };
  }
}

/** @throws IssuerUnavailable */
async function fetchJson(url: string): Promise<unknown> {
  const { status, body } = await askIssuer(url, { headers: { accept: 'application/json' } });
  if (status !== 200) throw new IssuerUnavailable(`The issuer answered with status ${String(status)}.`);
  return body;
}

/** Asks the issuer for JSON, within 3 s, and follows it nowhere else. @throws IssuerUnavailable */
export async function askIssuer(url: string, init: RequestInit): Promise<{ readonly status: number; readonly body: unknown }> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
    return { status: response.status, body: await response.json() };
  } catch (error) {
    throw new IssuerUnavailable('The issuer does not answer.', { cause: error });
  }
}
