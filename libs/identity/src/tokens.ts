import { randomBytes } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import type { Database } from '#platform';

const algorithm = 'HS256';
const issuer = 'tinhgon';
const audience = 'tinhgon-api';
const lifetimeMs = 12 * 60 * 60 * 1000;
const mostRemembered = 10_000;

/** A bearer token and when it ends, ISO 8601 UTC. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** Issues and checks bearer tokens (JWT, HS256) with the key that all processes of an installation share. */
export class Tokens {
  /** Tokens that were found good, so that a signature is checked once and not at each request. */
  private readonly verified = new Map<string, { readonly person: string; readonly endsAtMs: number }>();

  constructor(
    private readonly key: Uint8Array,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Reads the installation's key, making it if nobody has. */
  static async open(database: Database): Promise<Tokens> {
    await database.pool.query('INSERT INTO identity.signing_keys (purpose, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      'tokens',
      randomBytes(32),
    ]);
    const { rows } = await database.pool.query<{ secret: Buffer }>('SELECT secret FROM identity.signing_keys WHERE purpose = $1', [
      'tokens',
    ]);
    const secret = rows[0]?.secret;
    if (!secret) throw new Error('The key for tokens is missing in identity.signing_keys.');
    return new Tokens(new Uint8Array(secret));
  }

  /** A token for the person, good for 12 hours. */
  async issue(person: string): Promise<IssuedToken> {
    const issuedAt = Math.floor(this.now().getTime() / 1000);
    const endsAt = issuedAt + lifetimeMs / 1000;
    const token = await new SignJWT()
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setSubject(person)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(endsAt)
      .sign(this.key);
    return { token, expiresAt: new Date(endsAt * 1000).toISOString() };
  }

  /** The person id that the token stands for, null for anything but a good token. */
  async verify(token: string): Promise<string | null> {
    const now = this.now();
    const known = this.verified.get(token);
    if (known) return known.endsAtMs > now.getTime() ? known.person : null;
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [algorithm],
        issuer,
        audience,
        requiredClaims: ['sub', 'iat', 'exp'],
        currentDate: now,
      });
      if (payload.sub === undefined || payload.exp === undefined) return null;
      this.remember(token, { person: payload.sub, endsAtMs: payload.exp * 1000 });
      return payload.sub;
    } catch {
      return null;
    }
  }

  private remember(token: string, entry: { readonly person: string; readonly endsAtMs: number }): void {
    if (this.verified.size >= mostRemembered) {
      const oldest = this.verified.keys().next();
      if (!oldest.done) this.verified.delete(oldest.value);
    }
    this.verified.set(token, entry);
  }
}
