import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Processors } from '#processors';

/** What Prometheus reads: the process, answers by route, and how far the views are. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly answers: Histogram;

  constructor(processors: Processors) {
    collectDefaultMetrics({ register: this.registry });
    this.answers = new Histogram({
      name: 'tinhgon_http_answer_seconds',
      help: 'Time to answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [this.registry],
    });
    const lagEvents = new Gauge({
      name: 'tinhgon_processor_lag_events',
      help: 'Events that a processor has not applied.',
      labelNames: ['processor'],
      registers: [this.registry],
    });
    const lagSeconds = new Gauge({
      name: 'tinhgon_processor_lag_seconds',
      help: 'Age of the oldest event that a processor has not applied.',
      labelNames: ['processor'],
      registers: [this.registry],
      collect: async () => {
        for (const { name, lagEvents: events, lagMs } of await processors.status()) {
          lagSeconds.set({ processor: name }, lagMs / 1000);
          if (events !== null) lagEvents.set({ processor: name }, events);
        }
      },
    });
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
      done();
    });
  }
}
