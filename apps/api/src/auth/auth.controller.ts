import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressBlock, demoPeopleIn, Directory, passwordFault, SignIn, Turns } from '#identity';
import type { InSession } from '#identity';
import { Needs } from '../http/needs.js';
import { Problem } from '../http/problem.js';
import { CallingInSession, isUuid } from '../http/sent.js';
import { Settings } from '../settings.js';
import {
  ChangePasswordDto,
  DemoPersonAnswer,
  LoginAnswer,
  LoginDto,
  loginAnswer,
  LogoutEverywhereDto,
  RefreshDto,
  SessionsAnswer,
  WaysInAnswer,
} from './auth.dto.js';
import { deviceCookie, deviceOf } from './cookies.js';
import { forgetRefreshToken, keepRefreshToken, keptRefreshToken, refuseOtherSites } from './refresh-cookie.js';

/** The longest that browsers keep one. */
const deviceSeconds = 400 * 24 * 3600;

@ApiTags('sign-in')
@Controller('api/v1/auth')
export class AuthController {
  /** By address: tries of one that floods keep nobody elsewhere waiting. Some 100 a second are checked on two cores. */
  private readonly tries = new Turns({ atOnce: 4, mostWaitingOfOne: 200, mostWaiting: 400 });

  constructor(
    private readonly signIn: SignIn,
    private readonly directory: Directory,
    private readonly settings: Settings,
  ) {}

  /** Begins a session: a token for two hours, and one to get the next with. */
  @Post('login')
  @Needs('open')
  @HttpCode(200)
  async login(
    @Body() { username, password, device, cookie = false }: LoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer> {
    if (cookie) refuseOtherSites(request);
    const from = { address: request.ip, device: device ?? deviceOf(request) };
    const signedIn = await this.tries.take(addressBlock(request.ip), () => this.signIn.signIn(username, password, from));
    if (!signedIn) throw new Problem('not-signed-in', { detail: 'The username or the password is wrong.' });
    if (device === undefined) {
      const secure = request.protocol === 'https' ? '; Secure' : '';
      const kept = `Path=/api/v1/auth; Max-Age=${String(deviceSeconds)}; HttpOnly; SameSite=Strict${secure}`;
      reply.header('set-cookie', `${deviceCookie}=${signedIn.device}; ${kept}`);
    }
    const { refreshToken } = signedIn;
    if (cookie) keepRefreshToken(request, reply, refreshToken);
    return loginAnswer(signedIn, { ...(!cookie && { refreshToken }), ...(device !== undefined && { device: signedIn.device }) });
  }

  /**
   * The next tokens of the session. A refresh token is good once: used again, by whomever, it ends the session. One that the browser keeps in a
   * cookie is answered again within 15 seconds, so that an answer that was lost, or another tab, ends nothing. 204 where there is neither.
   */
  @Post('refresh')
  @Needs('open')
  @HttpCode(200)
  @ApiNoContentResponse({ description: 'There is no refresh token, in the body or in a cookie.' })
  async refresh(
    @Body() { refreshToken }: RefreshDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer | undefined> {
    if (refreshToken !== undefined) {
      const signedIn = await this.signIn.refresh(refreshToken);
      if (!signedIn) throw sessionOver();
      return loginAnswer(signedIn, { refreshToken: signedIn.refreshToken });
    }
    refuseOtherSites(request);
    const kept = keptRefreshToken(request);
    if (kept === null) {
      reply.status(204);
      return undefined;
    }
    const signedIn = await this.signIn.refresh(kept, 'cookie');
    if (!signedIn) {
      forgetRefreshToken(request, reply);
      throw sessionOver();
    }
    keepRefreshToken(request, reply, signedIn.refreshToken);
    return loginAnswer(signedIn);
  }

  /** Which ways there are to sign in, besides a password. */
  @Get('ways')
  @Needs('open')
  ways(): WaysInAnswer {
    return { demo: this.settings.demo, issuer: this.settings.hasIssuer };
  }

  /** Ends the session: its tokens are refused from now on, and the browser forgets what it keeps. */
  @Post('logout')
  @Needs('in-person')
  @HttpCode(204)
  @ApiBearerAuth()
  async logout(
    @CallingInSession() caller: InSession,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signIn.signOut(caller);
    forgetRefreshToken(request, reply);
  }

  /** The caller's open sessions, the newest first. */
  @Get('sessions')
  @Needs('in-person')
  @ApiBearerAuth()
  async sessions(@CallingInSession() { person, session }: InSession): Promise<SessionsAnswer> {
    const open = await this.signIn.sessionsOf(person);
    return { items: open.map((one) => ({ ...one, current: one.id === session })) };
  }

  /** Ends another session of the caller. */
  @Post('sessions/:id/logout')
  @Needs('in-person')
  @HttpCode(204)
  @ApiBearerAuth()
  async logoutSession(@Param('id') id: string, @CallingInSession() { person }: InSession): Promise<void> {
    if (!isUuid(id) || !(await this.signIn.signOut({ person, session: id }))) throw new Problem('not-found');
  }

  /** Ends all sessions of the caller, or of another person where their administrator asks. */
  @Post('logout-everywhere')
  @Needs('in-person')
  @HttpCode(204)
  @ApiBearerAuth()
  async logoutEverywhere(
    @Body() { person: id }: LogoutEverywhereDto,
    @CallingInSession() { person }: InSession,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (id === undefined || id.toLowerCase() === person.id) {
      await this.signIn.signOutEverywhere(person);
      forgetRefreshToken(request, reply);
      return;
    }
    const other = this.directory.person(id.toLowerCase());
    if (!person.roles.some(({ role }) => role === 'administrator') || (other && !this.directory.roleOver(person, other)))
      throw new Problem('not-authorised', { detail: 'This is for the person’s administrators.' });
    if (!other) throw new Problem('not-found');
    await this.signIn.signOutEverywhere(other, person);
  }

  /** Gives the caller another password, and ends their other sessions. */
  @Post('password')
  @Needs('in-person')
  @HttpCode(204)
  @ApiBearerAuth()
  async password(
    @Body() { currentPassword, newPassword }: ChangePasswordDto,
    @CallingInSession() caller: InSession,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const fault = passwordFault(newPassword, caller.person.username);
    if (fault !== null) throw new Problem('invalid-body', { detail: fault.message, errors: [{ path: 'newPassword', ...fault }] });
    const isRight = await this.signIn.changePassword(caller, currentPassword, newPassword, deviceOf(request));
    if (!isRight) throw new Problem('wrong-password');
  }

  /** The sample people who can sign in, in demo mode only. */
  @Get('demo')
  @Needs('open')
  demo(): DemoPersonAnswer[] {
    if (!this.settings.demo) throw new Problem('not-found');
    return [...demoPeopleIn(this.directory)];
  }
}

const sessionOver = (): Problem => new Problem('not-signed-in', { detail: 'The session is over; sign in again.' });
