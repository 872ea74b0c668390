import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import './quiet-oidc-provider.js';
import { Provider } from 'oidc-provider';

/** Whom its access tokens are for. */
export const audience = 'urn:tinhgon:register';
/** A program with a secret of its own. */
export const program = { id: 'gateway', secret: 'a-secret-of-the-gateway-and-nobody-else' };

/** A browser's client, public, with PKCE. */
export const webClient = 'register-web';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** A real issuer of OpenID Connect (oidc-provider) on a socket of its own, whose keys and claims a test decides on. */
export class OidcIssuer {
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  /** By subject, added to its access tokens and ID tokens. */
  readonly claims = new Map<string, Record<string, unknown>>();
  /** Who signs in at it by a browser: a subject. */
  signsIn = 'somebody';
  /** Where it sends browsers back to. */
  redirectUri = 'http://127.0.0.1/signed-in';
  private handle: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;
  private isMute = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private signingKey: SigningKey,
  ) {}

  static async start(): Promise<OidcIssuer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const issuer = new OidcIssuer(server, url, await newKey('first'));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      issuer.asked.push(request.url ?? '');
      // Whoever is mute keeps the connection open and says nothing.
      if (!issuer.isMute) void issuer.handle(request, response);
    });
    issuer.serve();
    return issuer;
  }

  get key(): SigningKey {
    return this.signingKey;
  }

  /** Signs with a new key from now on; the one before is gone. */
  async rotate(kid: string): Promise<void> {
    this.signingKey = await newKey(kid);
    this.serve();
  }

  mute(): void {
    this.isMute = true;
  }

  speak(): void {
    this.isMute = false;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** An access token by the grant of client credentials. */
  async programToken(): Promise<string> {
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${program.id}:${program.secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'register' }),
    });
    const body = (await response.json()) as { readonly access_token?: string };
    if (body.access_token === undefined) throw new Error(`The issuer gave no token: ${JSON.stringify(body)}`);
    return body.access_token;
  }

  /** A token that the issuer's own key signs, good unless changed: a claim or header that is undefined is left out. */
  async sign(
    claims: Readonly<Record<string, unknown>>,
    header: Readonly<Record<string, unknown>> = {},
    key: CryptoKey | Uint8Array = this.key.privateKey,
  ): Promise<string> {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const good = { iss: this.url, aud: audience, sub: 'somebody', iat: nowSeconds, exp: nowSeconds + 300 };
    return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'RS256', kid: this.key.kid, typ: 'at+jwt', ...header }).sign(key);
  }

  /** Takes what was changed. */
  serve(): void {
    const provider: Provider = new Provider(this.url, {
      jwks: { keys: [this.signingKey.privateJwk] },
      clients: [
        {
          client_id: program.id,
          client_secret: program.secret,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
        },
        {
          client_id: webClient,
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code'],
          redirect_uris: [this.redirectUri],
          response_types: ['code'],
        },
      ],
      scopes: ['openid', 'profile', 'register'],
      claims: { profile: ['name', 'preferred_username', 'groups'] },
      conformIdTokenClaims: false,
      findAccount: (_context, accountId) => ({
        accountId,
        claims: () => Promise.resolve({ ...this.claims.get(accountId), sub: accountId }),
      }),
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      // Whoever signs in has agreed to everything.
      loadExistingGrant: async ({ oidc }) => {
        const accountId = oidc.session?.accountId;
        const clientId = oidc.client?.clientId;
        if (accountId === undefined || clientId === undefined) return undefined;
        const grant = new provider.Grant({ accountId, clientId });
        grant.addOIDCScope('openid profile');
        grant.addResourceScope(audience, 'register');
        await grant.save();
        return grant;
      },
      cookies: { keys: ['a key of this test'] },
      ttl: { AccessToken: 300, ClientCredentials: 300, Grant: 300, IdToken: 300, Interaction: 300, Session: 300 },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => audience,
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            scope: 'register',
            audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 300,
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
      extraTokenClaims: (_context, token) => this.claims.get('accountId' in token ? token.accountId : (token.clientId ?? '')),
    });
    const answer = provider.callback();
    this.handle = async (request, response) => {
      if (request.url?.startsWith('/interaction/') !== true) return answer(request, response);
      return provider.interactionFinished(request, response, { login: { accountId: this.signsIn } });
    };
  }
}

/** A key of its own for RS256. */
export async function newKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const more = { kid, alg: 'RS256', use: 'sig' };
  return {
    kid,
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), ...more },
    privateJwk: { ...(await exportJWK(privateKey)), ...more },
  };
}
