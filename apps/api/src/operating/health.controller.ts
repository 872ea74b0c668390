import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Settings } from '../settings.js';
import { Metrics } from './metrics.js';
import { HealthAnswer } from './operating.dto.js';

@ApiTags('operating')
@Controller()
export class HealthController {
  constructor(
    private readonly settings: Settings,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('health/live')
  live(): HealthAnswer {
    return { status: 'ok' };
  }

  /** Commands and queries are served, and the views hold all that was in the log at start; 503 with the reason before. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthAnswer> {
    const reason = this.settings.notReady ?? (await this.settings.outage());
    if (reason === null) return { status: 'ok' };
    reply.status(503);
    return { status: 'not-ready', reason };
  }

  /** For Prometheus. */
  @Get('metrics')
  async prometheus(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
