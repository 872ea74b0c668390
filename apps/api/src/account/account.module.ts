import { Module } from '@nestjs/common';
import { Personal } from '#identity';
import { over } from '../installation.module.js';
import { AccountController } from './account.controller.js';

@Module({
  controllers: [AccountController],
  providers: [over(Personal, ({ database }) => new Personal(database))],
})
export class AccountModule {}
