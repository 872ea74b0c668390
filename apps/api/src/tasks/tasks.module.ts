import { Module } from '@nestjs/common';
import { Directory } from '#identity';
import { ProcedureDesk } from '#procedures/commands';
import { InquiryDesk } from '#worklist';
import { ActOnInquiryHandler } from '#worklist/commands';
import { over } from '../installation.module.js';
import { Settings } from '../settings.js';
import { ShownTasks } from './shown-tasks.js';
import { TasksController } from './tasks.controller.js';

@Module({
  controllers: [TasksController],
  providers: [
    ActOnInquiryHandler,
    {
      provide: ShownTasks,
      inject: [InquiryDesk, ProcedureDesk, Directory, Settings],
      useFactory: (...parts: ConstructorParameters<typeof ShownTasks>) => new ShownTasks(...parts),
    },
    over(InquiryDesk, ({ store, database, directory, clock }) => new InquiryDesk(store, database, () => directory.units(), clock)),
  ],
  exports: [InquiryDesk],
})
export class TasksModule {}
