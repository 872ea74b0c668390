import { Module } from '@nestjs/common';
import { AuthController } from './auth.controller.js';
import { OidcController } from './oidc.controller.js';
import { SecurityEventsController } from './security-events.controller.js';
import { ServiceAccountsController } from './service-accounts.controller.js';

@Module({ controllers: [AuthController, OidcController, SecurityEventsController, ServiceAccountsController] })
export class AuthModule {}
