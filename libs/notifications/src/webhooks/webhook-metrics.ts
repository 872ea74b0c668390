import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Database } from '#platform';

/** Has Prometheus told how sending to webhooks goes, the same from every process: it stands in the database. */
export function measureWebhooks(registry: Registry, database: Database): void {
  // A database that is away shows in other metrics; these stay as they were.
  const rowsOf = async <Row extends object>(statement: string): Promise<readonly Row[]> => {
    try {
      return (await database.pool.query<Row>(statement)).rows;
    } catch {
      return [];
    }
  };
  new Counter({
    name: 'tinhgon_webhook_attempts_total',
    help: 'Attempts to deliver to webhooks, by what became of them: delivered, retried later, or failed for good.',
    labelNames: ['outcome'],
    registers: [registry],
    async collect() {
      const rows = await rowsOf<{ outcome: string; attempts: string }>('SELECT outcome, attempts FROM notifications.webhook_outcomes');
      if (rows.length > 0) this.reset();
      for (const { outcome, attempts } of rows) this.inc({ outcome }, Number(attempts));
    },
  });
  new Gauge({
    name: 'tinhgon_webhook_oldest_pending_seconds',
    help: 'For how long the oldest message that waits for a webhook has been waiting.',
    registers: [registry],
    async collect() {
      const [row] = await rowsOf<{ seconds: number }>(
        `SELECT coalesce(extract(epoch FROM now() - min(m.queued_at)), 0)::float8 AS seconds FROM notifications.webhook_messages m
         JOIN notifications.webhooks w ON w.id = m.webhook WHERE m.state = 'pending' AND w.enabled`,
      );
      if (row) this.set(Math.max(0, row.seconds));
    },
  });
  new Gauge({
    name: 'tinhgon_webhooks_given_up',
    help: 'Webhooks that were disabled because they are gone or have failed for days.',
    registers: [registry],
    async collect() {
      const [row] = await rowsOf<{ many: number }>('SELECT count(disabled_because)::int AS many FROM notifications.webhooks');
      if (row) this.set(row.many);
    },
  });
}
