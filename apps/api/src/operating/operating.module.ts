import { Module } from '@nestjs/common';
import { over } from '../installation.module.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { ProcessorsController } from './processors.controller.js';
import { StreamController } from './stream.controller.js';

@Module({
  controllers: [ProcessorsController, StreamController, HealthController],
  providers: [over(Metrics, ({ processors, database }) => new Metrics(processors, database))],
})
export class OperatingModule {}
