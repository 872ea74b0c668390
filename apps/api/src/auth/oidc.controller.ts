import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Issuer, OidcSignIn, SignIn } from '#identity';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { LoginAnswer, loginAnswer } from './auth.dto.js';
import { cookieOf } from './cookies.js';

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

  /** Where the issuer sends the browser back to: begins a session. */
  @Get('callback')
  @Needs('open')
  async callback(
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer> {
    const oidc = this.configured();
    const text = (name: string): string | undefined => (typeof query[name] === 'string' ? query[name] : undefined);
    // Good once, whatever comes of it.
    reply.header('set-cookie', this.cookie('', 0));
    const kept = cookieOf(request, this.cookieName) ?? '';
    const claims = await oidc.finish(kept, { code: text('code'), state: text('state'), iss: text('iss') });
    const signedIn = claims && (await this.signIn.enter(await this.issuer.personOf(claims)));
    if (!signedIn) throw new Problem('not-signed-in', { detail: 'Signing in at the issuer did not come to an end; start again.' });
    return loginAnswer(signedIn);
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
