import { Module } from '@nestjs/common';
import { Directory } from '#identity';
import { ProcedureDesk } from '#procedures/commands';
import { InquiryDesk } from '#worklist';
import { over } from '../installation.module.js';
import { Settings } from '../settings.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { ProcessorsController } from './processors.controller.js';
import { StreamController } from './stream.controller.js';
import { StreamMessages } from './stream-messages.js';

@Module({
  imports: [TasksModule],
  controllers: [ProcessorsController, StreamController, HealthController],
  providers: [
    over(Metrics, ({ processors, database }) => new Metrics(processors, database)),
    {
      provide: StreamMessages,
      inject: [Directory, ProcedureDesk, InquiryDesk, Settings],
      useFactory: (...parts: ConstructorParameters<typeof StreamMessages>) => new StreamMessages(...parts),
    },
  ],
})
export class OperatingModule {}
