import { Module } from '@nestjs/common';
import { InquiryDesk } from '#worklist';
import { ActOnInquiryHandler } from '#worklist/commands';
import { over } from '../installation.module.js';
import { TasksController } from './tasks.controller.js';

@Module({
  controllers: [TasksController],
  providers: [
    ActOnInquiryHandler,
    over(InquiryDesk, ({ store, database, directory, clock }) => new InquiryDesk(store, database, () => directory.units(), clock)),
  ],
})
export class TasksModule {}
