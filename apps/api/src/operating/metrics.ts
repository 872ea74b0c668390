import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { measureWebhooks } from '#notifications';
import type { Database } from '#platform';
import { measureProcessors } from '#processors';
import type { Processors } from '#processors';

/** What Prometheus reads: the process, answers by route, commands, how far the views are, and how webhooks go. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly answers: Histogram;
  private readonly commands: Counter;

  constructor(processors: Processors, database: Database) {
    collectDefaultMetrics({ register: this.registry });
    this.answers = new Histogram({
      name: 'tinhgon_http_answer_seconds',
      help: 'Time to answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [this.registry],
    });
    this.commands = new Counter({
      name: 'tinhgon_commands_total',
      help: 'Commands on procedures, by what became of them.',
      labelNames: ['outcome'],
      registers: [this.registry],
    });
    for (const outcome of ['accepted', 'refused', 'failed']) this.commands.inc({ outcome }, 0);
    measureProcessors(this.registry, processors, database);
    measureWebhooks(this.registry, database);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Counts every answer from now on. */
  observe(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      this.answers.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
      if (['POST', 'PATCH'].includes(request.method) && route.startsWith('/api/v1/procedures'))
        this.commands.inc({ outcome: reply.statusCode < 300 ? 'accepted' : reply.statusCode < 500 ? 'refused' : 'failed' });
      done();
    });
  }
}
