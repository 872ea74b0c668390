import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { demoPeople, SignIn } from '#identity';
import { Problem } from '../http/problem.js';
import { Settings } from '../settings.js';
import { DemoPersonAnswer, LoginAnswer, LoginDto } from './auth.dto.js';

@ApiTags('sign-in')
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    private readonly signIn: SignIn,
    private readonly settings: Settings,
  ) {}

  /** A token for twelve hours. */
  @Post('login')
  @HttpCode(200)
  async login(@Body() { username, password }: LoginDto): Promise<LoginAnswer> {
    const signedIn = await this.signIn.signIn(username, password);
    if (!signedIn) throw new Problem('not-signed-in', { detail: 'The username or the password is wrong.' });
    const { token, expiresAt, person } = signedIn;
    const { id, name, unit } = person;
    return { token, expiresAt, person: { id, name, roles: [...new Set(person.roles.map(({ role }) => role))], unit } };
  }

  /** The sample people, in demo mode only. */
  @Get('demo')
  demo(): DemoPersonAnswer[] {
    if (!this.settings.demo) throw new Problem('not-found');
    return [...demoPeople];
  }
}
