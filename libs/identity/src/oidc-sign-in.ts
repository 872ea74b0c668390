import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { isSafe } from '#platform';
import type { Database, OidcClient } from '#platform';
import type { Issuer } from './issuer.js';
import { IssuerUnavailable, askIssuer } from './oidc-keys.js';
import type { IssuerKeys } from './oidc-keys.js';
import type { SignedClaims } from './oidc-mapping.js';
import { signingKey } from './tokens.js';

/** How long somebody may take at the issuer. */
const longestSeconds = 600;

/** Where to send the browser, and what it has to bring back. */
export interface StartedSignIn {
  readonly location: string;
  /** Sealed: nobody but this installation can read or make it. */
  readonly kept: string;
}

/** With what the issuer sends the browser back. */
export interface BroughtBack {
  readonly code?: string | undefined;
  readonly state?: string | undefined;
  readonly iss?: string | undefined;
}

interface Kept {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Signing in by a browser at the issuer: authorization code with PKCE (RFC 7636), state, nonce and issuer (RFC 9207) checked. */
export class OidcSignIn {
  private constructor(
    private readonly client: OidcClient,
    private readonly issuer: Issuer,
    private readonly keys: IssuerKeys,
    private readonly sealing: Uint8Array,
  ) {}

  /** Reads the key that seals what the browser keeps, making it if nobody has. */
  static async open(database: Database, client: OidcClient, issuer: Issuer, keys: IssuerKeys): Promise<OidcSignIn> {
    return new OidcSignIn(client, issuer, keys, await signingKey(database, 'oidc'));
  }

  /** Whether the browser is only to send the cookie over TLS. */
  get isSecure(): boolean {
    return this.client.redirectUri.startsWith('https:');
  }

  /** @throws IssuerUnavailable */
  async start(): Promise<StartedSignIn> {
    const { authorization_endpoint } = await this.keys.description();
    if (authorization_endpoint === undefined || !isSafe(authorization_endpoint))
      throw new IssuerUnavailable('The issuer names no place to sign in at.');
    const kept: Kept = { state: random(), nonce: random(), verifier: random() };
    const location = new URL(authorization_endpoint);
    const asked = {
      response_type: 'code',
      client_id: this.client.id,
      redirect_uri: this.client.redirectUri,
      scope: 'openid profile',
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: createHash('sha256').update(kept.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) location.searchParams.set(name, value);
    return { location: location.href, kept: await this.seal(kept) };
  }

  /** Whom the issuer vouches for; null when something does not fit. @throws IssuerUnavailable */
  async finish(sealed: string, { code, state, iss }: BroughtBack): Promise<SignedClaims | null> {
    const kept = await this.unseal(sealed);
    if (!kept || code === undefined || state === undefined || !isSame(state, kept.state)) return null;
    const { issuer, token_endpoint } = await this.keys.description();
    if (iss !== undefined && iss !== issuer) return null;
    if (token_endpoint === undefined || !isSafe(token_endpoint)) throw new IssuerUnavailable('The issuer names no place for tokens.');
    const idToken = await this.exchange(token_endpoint, code, kept.verifier);
    const claims = idToken === null ? null : await this.issuer.verify(idToken, this.client.id);
    if (!claims || typeof claims['nonce'] !== 'string' || !isSame(claims['nonce'], kept.nonce)) return null;
    return claims['azp'] === undefined || claims['azp'] === this.client.id ? claims : null;
  }

  private async exchange(endpoint: string, code: string, verifier: string): Promise<string | null> {
    const { id, secret, redirectUri } = this.client;
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: id, code_verifier: verifier };
    const credentials = [id, secret ?? ''].map((text) => encodeURIComponent(text)).join(':');
    const { status, body } = await askIssuer(endpoint, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        ...(secret !== undefined && { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
      },
      body: new URLSearchParams(form),
    });
    if (status >= 500) throw new IssuerUnavailable(`The issuer answered with status ${String(status)}.`);
    const { id_token } = (body ?? {}) as { readonly id_token?: unknown };
    return status === 200 && typeof id_token === 'string' ? id_token : null;
  }

  private seal(kept: Kept): Promise<string> {
    return new EncryptJWT({ ...kept })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setIssuedAt()
      .setExpirationTime(`${String(longestSeconds)} s`)
      .encrypt(this.sealing);
  }

  private async unseal(sealed: string): Promise<Kept | null> {
    try {
      const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], requiredClaims: ['exp'] };
      const { payload } = await jwtDecrypt(sealed, this.sealing, options);
      const { state, nonce, verifier } = payload as Partial<Kept>;
      return state === undefined || nonce === undefined || verifier === undefined ? null : { state, nonce, verifier };
    } catch {
      return null;
    }
  }
}

const random = (): string => randomBytes(32).toString('base64url');

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
