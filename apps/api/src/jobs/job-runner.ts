import { randomUUID } from 'node:crypto';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '#platform';
import { problemOf } from '../http/problem-filter.js';

const lookEveryMs = 2_000;
/** After an outage. */
const againAfterSeconds = 5;

/** Works in the background on what people left for it, also on what another process has left when it went down. */
export abstract class JobRunner<Job extends { readonly id: string }> implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Names this process where it claims something. */
  protected readonly owner = randomUUID();
  private readonly ending = new AbortController();
  private readonly running = new Map<string, { readonly stopping: AbortController; readonly done: Promise<void> }>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  /** Something came while it was looked for. */
  private isWoken = false;

  /** @param mostAtOnce So many run at once in one process; others wait. */
  protected constructor(
    protected readonly logger: Logger,
    private readonly mostAtOnce: number,
  ) {}

  /** One that nobody works on; null where there is none. */
  protected abstract claim(): Promise<Job | null>;
  /** Works on it until it ends, or the signal says that it is left. @throws what nobody expected, such as an outage */
  protected abstract work(job: Job, signal: AbortSignal): Promise<void>;
  /** Says that these are worked on, though nothing was said of how far they have come for a while. */
  protected abstract hold(ids: readonly string[]): Promise<void>;
  /** Leaves it to whoever takes it up then. */
  protected abstract release(job: Job, afterSeconds: number): Promise<void>;
  /** Ends it where something nobody expected went wrong. */
  protected abstract fail(job: Job, error: unknown): Promise<void>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), lookEveryMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.ending.abort();
    await this.looking;
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  /** Looks for work at once. */
  wake(): void {
    this.isWoken = true;
    this.looking ??= this.look()
      .catch((error: unknown) => this.logger.debug({ err: error }, 'Work in the background cannot be looked for.'))
      .finally(() => {
        this.looking = undefined;
        if (this.isWoken && !this.ending.signal.aborted) this.wake();
      });
  }

  /** Waits until it is not worked on here, but no longer than that. */
  async settled(id: string, withinMs: number): Promise<void> {
    await this.looking;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
    await Promise.race([this.running.get(id)?.done, patience]);
  }

  /** Begins nothing more of it here. */
  stop(id: string): void {
    this.running.get(id)?.stopping.abort();
  }

  private async look(): Promise<void> {
    if (this.running.size > 0) await this.hold([...this.running.keys()]);
    // What came after the last look found nothing is looked for once more.
    while (this.isWoken) {
      this.isWoken = false;
      await this.takeUp();
    }
  }

  private async takeUp(): Promise<void> {
    while (this.running.size < this.mostAtOnce && !this.ending.signal.aborted) {
      const job = await this.claim();
      // One that is worked on here was claimed again because its last step took long.
      if (!job || this.running.has(job.id)) return;
      const stopping = new AbortController();
      const done = this.attempt(job, AbortSignal.any([stopping.signal, this.ending.signal])).finally(() => {
        this.running.delete(job.id);
        this.wake();
      });
      this.running.set(job.id, { stopping, done });
    }
  }

  private async attempt(job: Job, signal: AbortSignal): Promise<void> {
    try {
      await this.work(job, signal);
    } catch (error) {
      const status = problemOf(error)?.status ?? 500;
      // The log or the database is away; what was done is found again.
      const isOutage = status === 503 || status === 429;
      await (isOutage ? this.release(job, againAfterSeconds) : this.fail(job, error)).catch((failed: unknown) =>
        this.logger.error({ err: failed, job: job.id }, 'What became of work in the background cannot be kept.'),
      );
    }
  }
}
