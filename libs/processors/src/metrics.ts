import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Database } from '#platform';
import { deadLetters } from './dead-letters.js';
import type { Processors } from './processors.js';
import type { ProcessorStatus } from './status.js';

/** Has Prometheus told how the processors stand, as this process sees them. */
export function measureProcessors(registry: Registry, processors: Processors, database: Database): void {
  // Prometheus asks all gauges at once, and each waits for the one look at all of them.
  let looking: Promise<void> | undefined;
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({
      name: `tinhgon_${name}`,
      help,
      labelNames: ['processor'],
      registers: [registry],
      collect: () => (looking ??= look().finally(() => (looking = undefined))),
    });
  const gauges: readonly (readonly [Gauge, (status: ProcessorStatus) => number | null])[] = [
    [gauge('processor_lag_events', 'Events that a processor has not applied.'), ({ lagEvents }) => lagEvents],
    [gauge('processor_lag_seconds', 'Age of the oldest event that a processor has not applied.'), ({ lagMs }) => lagMs / 1000],
    [gauge('processor_position', 'Position of the log up to which a processor has applied all.'), ({ position }) => Number(position)],
    [
      gauge('processor_events_per_second', 'Events that a processor applied in a second, of late.'),
      ({ eventsPerSecond }) => eventsPerSecond,
    ],
    [
      gauge('processor_unhealthy', 'Whether a processor fails, or is behind and does not move.'),
      ({ unhealthy }) => (unhealthy === undefined ? 0 : 1),
    ],
    [gauge('processor_owned', 'Whether this process runs the processor.'), ({ owner }) => (owner === processors.owner ? 1 : 0)],
  ];
  const letters = gauge('dead_letters', 'Events that could not be applied, and those that wait behind them.');

  async function look(): Promise<void> {
    const waiting = (await deadLetters(database).catch(() => null))?.filter(({ status }) => status !== 'discarded');
    for (const status of await processors.status()) {
      for (const [one, valueOf] of gauges) {
        const value = valueOf(status);
        if (value !== null) one.set({ processor: status.name }, value);
      }
      if (waiting) letters.set({ processor: status.name }, waiting.filter(({ processor }) => processor === status.name).length);
    }
  }
}
