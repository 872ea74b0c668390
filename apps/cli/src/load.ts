import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, CommandAnswer } from './client.js';
import { Interrupted } from './interruption.js';
import type { People } from './people.js';
import { table } from './table.js';
import { say } from './terminal.js';

export interface Load {
  /** Commands a second over all connections; 0 is as many as are answered. */
  readonly rate: number;
  readonly connections: number;
  readonly durationSeconds: number;
}

/**
 * Registers, reviews and proposes procedures for a while and prints what the server did. With a rate, times count from when
 * a command was due, so that a server that stalls does not look fast.
 */
export async function load(api: ApiClient, people: People, { rate, connections, durationSeconds }: Load): Promise<void> {
  const token = await people.token('officer', 'service');
  const service = (await people.knownUnits(api)).find(({ level }) => level === 'service');
  if (!service) throw new Error('No unit of the level service is known on this server.');
  const owningUnit = service.id;
  const timesMs: number[] = [];
  const errors = new Map<string, number>();
  const start = performance.now();
  const end = start + durationSeconds * 1000;
  let due = 0;

  const send = async (path: string, body: object): Promise<CommandAnswer | null> => {
    const dueAt = rate > 0 ? start + (due++ * 1000) / rate : performance.now();
    if (dueAt >= end) return null;
    if (dueAt > performance.now()) await sleep(dueAt - performance.now(), undefined, { signal: api.signal }).catch(() => undefined);
    if (api.signal.aborted) return null;
    try {
      const answer = await api.post<CommandAnswer>(path, body, { token, idempotencyKey: randomUUID(), retries: 0 });
      timesMs.push(performance.now() - dueAt);
      return answer;
    } catch (error) {
      if (error instanceof Interrupted) return null;
      const reason = error instanceof Error ? error.message : String(error);
      errors.set(reason, (errors.get(reason) ?? 0) + 1);
      return null;
    }
  };
  const connection = async (): Promise<void> => {
    while (!api.signal.aborted && performance.now() < end && (rate === 0 || start + (due * 1000) / rate < end)) {
      const registered = await send('/api/v1/procedures', {
        title: 'Thủ tục thử tải (dữ liệu mẫu)',
        kind: 'internal',
        group: 'D',
        field: 'thử tải',
        owningUnit,
      });
      const actions = registered ? `/api/v1/procedures/${registered.id}/actions` : null;
      const reviewed = actions && (await send(`${actions}/review`, review));
      if (actions && reviewed) await send(`${actions}/propose`, { document: { number: '01/TTr', date: '2023-01-09' } });
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));

  const seconds = (performance.now() - start) / 1000;
  timesMs.sort((one, other) => one - other);
  const failed = [...errors.values()].reduce((sum, count) => sum + count, 0);
  const figures = [timesMs.length / seconds, percentile(timesMs, 0.5), percentile(timesMs, 0.99)].map((figure) => figure.toFixed(1));
  say(
    table([
      ['commands', 'commands/s', 'p50 ms', 'p99 ms', 'errors'],
      [String(timesMs.length), ...figures, String(failed)],
    ]),
  );
  if (api.signal.aborted)
    throw new Interrupted(
      `Interrupted after ${seconds.toFixed(0)} of ${durationSeconds} s: the figures are of that time${failed > 0 ? `, in which ${failed} commands failed` : ''}.`,
    );
  if (failed > 0) throw new Error(`${failed} commands failed: ${[...errors].map(([reason, count]) => `${count} × ${reason}`).join(' ')}`);
}

const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Thử tải (dữ liệu mẫu).' };

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
