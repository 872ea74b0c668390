import { randomBytes } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Database } from '#platform';

const algorithm = 'HS256';
const header = { alg: algorithm, typ: 'JWT' } as const;
const issuer = 'tinhgon';
/** What a token is for; one for the one purpose is none for the other. */
const audiences = { access: 'tinhgon-api', refresh: 'tinhgon-refresh' } as const;
const mostRemembered = 10_000;

const localPrefix = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.`;

/** Whether the token says that it was signed here. Nothing is believed by it: it only chooses who checks. */
export const isLocal = (token: string): boolean => token.startsWith(localPrefix);

/** What an access token says. */
export interface AccessToken {
  readonly person: string;
  /** Session id. */
  readonly session: string;
  readonly endsAtMs: number;
}

/** What a refresh token says. */
export interface RefreshToken {
  readonly session: string;
  /** 0 for the one from sign-in, one more at each refresh. */
  readonly generation: number;
}

/** Signs and checks the tokens of local sessions (JWT, HS256) with the key that all processes of an installation share. */
export class Tokens {
  /** Access tokens whose signature was found good, so that it is checked once and not at each request. */
  private readonly verified = new Map<string, AccessToken>();

  constructor(
    private readonly key: Uint8Array,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Reads the installation's key, making it if nobody has. */
  static async open(database: Database): Promise<Tokens> {
    return new Tokens(await signingKey(database, 'tokens'));
  }

  access({ person, session, endsAtMs }: AccessToken): Promise<string> {
    return this.sign('access', { sub: person, sid: session }, endsAtMs);
  }

  refresh({ session, generation }: RefreshToken, endsAtMs: number): Promise<string> {
    return this.sign('refresh', { sid: session, gen: generation }, endsAtMs);
  }

  /** What the access token says, null for anything but a good one. Whether its session was ended is not looked at. */
  async readAccess(token: string): Promise<AccessToken | null> {
    const known = this.verified.get(token);
    if (known) return known.endsAtMs > this.now().getTime() ? known : null;
    const payload = await this.verify('access', token);
    const { sub, sid, exp } = payload ?? {};
    if (sub === undefined || typeof sid !== 'string' || exp === undefined) return null;
    const read = { person: sub, session: sid, endsAtMs: exp * 1000 };
    this.remember(token, read);
    return read;
  }

  /** What the refresh token says, null for anything but a good one. Whether it was used before is not looked at. */
  async readRefresh(token: string): Promise<RefreshToken | null> {
    const { sid, gen } = (await this.verify('refresh', token)) ?? {};
    return typeof sid === 'string' && typeof gen === 'number' ? { session: sid, generation: gen } : null;
  }

  private sign(purpose: keyof typeof audiences, claims: JWTPayload, endsAtMs: number): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader(header)
      .setIssuer(issuer)
      .setAudience(audiences[purpose])
      .setIssuedAt(this.now())
      .setExpirationTime(Math.floor(endsAtMs / 1000))
      .sign(this.key);
  }

  private async verify(purpose: keyof typeof audiences, token: string): Promise<JWTPayload | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [algorithm],
        issuer,
        audience: audiences[purpose],
        requiredClaims: ['iat', 'exp'],
        currentDate: this.now(),
      });
      return payload;
    } catch {
      return null;
    }
  }

  private remember(token: string, read: AccessToken): void {
    if (this.verified.size >= mostRemembered) {
      const oldest = this.verified.keys().next();
      if (!oldest.done) this.verified.delete(oldest.value);
    }
    this.verified.set(token, read);
  }
}

/** The installation's key of 256 bits for that purpose; makes it if nobody has. */
export async function signingKey(database: Database, purpose: 'tokens' | 'oidc' | 'drafts'): Promise<Uint8Array> {
  await database.pool.query('INSERT INTO identity.signing_keys (purpose, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    purpose,
    randomBytes(32),
  ]);
  const { rows } = await database.pool.query<{ secret: Buffer }>('SELECT secret FROM identity.signing_keys WHERE purpose = $1', [purpose]);
  const secret = rows[0]?.secret;
  if (!secret) throw new Error(`The key for ${purpose} is missing in identity.signing_keys.`);
  return new Uint8Array(secret);
}
