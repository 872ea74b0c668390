import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Issuer, IssuerUnavailable, OidcSignIn, SignIn, UnknownPerson } from '#identity';
import type { SignedIn } from '#identity';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { LoginAnswer, loginAnswer } from './auth.dto.js';
import { cookieOf } from './cookies.js';
import { keepRefreshToken } from './refresh-cookie.js';

/** Signing in at the issuer of OpenID Connect, by a browser. Not found where OIDC_CLIENT_ID is not set. */
@ApiTags('sign-in')
@Controller('api/v1/auth/oidc')
export class OidcController {
  constructor(
    private readonly oidc: OidcSignIn,
    private readonly issuer: Issuer,
    private readonly signIn: SignIn,
  ) {}

  /** Sends the browser to the issuer, with a cookie for ten minutes that it has to bring back. */
  @Get('start')
  @Needs('open')
  async start(@Res() reply: FastifyReply): Promise<void> {
    const { location, kept } = await this.configured().start();
    await reply.header('set-cookie', this.cookie(kept, 600)).redirect(location, 302);
  }

  /**
   * Where the issuer sends the browser back to: begins a session. Somebody who looks at it comes to the first page, with the refresh token in a
   * cookie, or to the page for signing in, which is told the code of what failed; a program gets the answer of a sign-in.
   */
  @Get('callback')
  @Needs('open')
  @ApiResponse({ status: 302, description: 'To somebody who looks at it, by `Accept: text/html`.' })
  async callback(
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer | undefined> {
    const oidc = this.configured();
    const text = (name: string): string | undefined => (typeof query[name] === 'string' ? query[name] : undefined);
    // Good once, whatever comes of it.
    reply.header('set-cookie', this.cookie('', 0));
    const kept = cookieOf(request, this.cookieName) ?? '';
    const finish = async (): Promise<SignedIn | null> => {
      const claims = await oidc.finish(kept, { code: text('code'), state: text('state'), iss: text('iss') });
      return claims && this.signIn.enter(await this.issuer.personOf(claims));
    };
    if (request.headers.accept?.includes('text/html') === true) {
      const { signedIn, failed } = await finish().then((one) => ({ signedIn: one, failed: 'not-signed-in' }), failedBecause);
      if (signedIn) keepRefreshToken(request, reply, signedIn.refreshToken);
      reply.redirect(signedIn ? '/' : `/sign-in?failed=${failed}`, 302);
      return undefined;
    }
    const signedIn = await finish();
    if (!signedIn) throw new Problem('not-signed-in', { detail: 'Signing in at the issuer did not come to an end; start again.' });
    return loginAnswer(signedIn, { refreshToken: signedIn.refreshToken });
  }

  private configured(): OidcSignIn {
    // Nest hands over what there is, which is nothing without a client.
    const oidc = this.oidc as OidcSignIn | null;
    if (!oidc) throw new Problem('not-found');
    return oidc;
  }

  private get cookieName(): string {
    return `${this.configured().isSecure ? '__Host-' : ''}tinhgon-oidc`;
  }

  private cookie(value: string, seconds: number): string {
    const secure = this.configured().isSecure ? '; Secure' : '';
    return `${this.cookieName}=${value}; Path=/; Max-Age=${String(seconds)}; HttpOnly; SameSite=Lax${secure}`;
  }
}

/** @throws what is no answer of the issuer or about the person */
function failedBecause(error: unknown): { readonly signedIn: null; readonly failed: string } {
  if (error instanceof UnknownPerson) return { signedIn: null, failed: 'unknown-person' };
  if (error instanceof IssuerUnavailable) return { signedIn: null, failed: 'unavailable' };
  throw error;
}
