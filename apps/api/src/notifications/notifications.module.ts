import { Module } from '@nestjs/common';
import { MailPreferences, SmtpMailer } from '#notifications';
import { over } from '../installation.module.js';
import { MailController } from './mail.controller.js';
import { NotificationsController } from './notifications.controller.js';

@Module({
  controllers: [NotificationsController, MailController],
  providers: [over(MailPreferences, ({ database, config: { mail } }) => new MailPreferences(database, mail ? new SmtpMailer(mail) : null))],
})
export class NotificationsModule {}
