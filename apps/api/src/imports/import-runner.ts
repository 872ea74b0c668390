import { randomUUID } from 'node:crypto';
import type { OnApplicationBootstrap, BeforeApplicationShutdown } from '@nestjs/common';
import type { Import, Imports } from '#imports';
import type { Logger } from '#platform';
import { problemOf } from '../http/problem-filter.js';
import { ImportRun, somethingWrong } from './import-run.js';
import type { ImportKind } from './kind.js';

/** So many run at once in one process; others wait. */
const mostAtOnce = 2;
const lookEveryMs = 2_000;
/** After an outage. */
const againAfterSeconds = 5;

/** Runs imports, those too that another process has left. */
export class ImportRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly owner = randomUUID();
  private readonly ending = new AbortController();
  private readonly running = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly imports: Imports,
    private readonly kinds: Readonly<Record<string, ImportKind>>,
    private readonly on: Omit<ConstructorParameters<typeof ImportRun>[0], 'imports'>,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), lookEveryMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.ending.abort();
    await this.looking;
    await Promise.all(this.running.values());
  }

  /** Looks for work at once. */
  wake(): void {
    this.looking ??= this.look()
      .catch((error: unknown) => this.logger.debug({ err: error }, 'Imports cannot be looked for.'))
      .finally(() => (this.looking = undefined));
  }

  /** Waits until the import is not worked on here, but no longer than that. */
  async settled(id: string, withinMs: number): Promise<void> {
    await this.looking;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
    await Promise.race([this.running.get(id), patience]);
  }

  private async look(): Promise<void> {
    // What takes long to be unpacked is not said to have come further for a while.
    if (this.running.size > 0) await this.imports.hold([...this.running.keys()], this.owner);
    while (this.running.size < mostAtOnce && !this.ending.signal.aborted) {
      const imported = await this.imports.claim(this.owner);
      if (!imported) return;
      const work = this.work(imported).finally(() => {
        this.running.delete(imported.id);
        this.wake();
      });
      this.running.set(imported.id, work);
    }
  }

  private async work(imported: Import): Promise<void> {
    const { imports, owner, logger } = this;
    const { id, kind } = imported;
    try {
      const known = this.kinds[kind];
      if (!known) throw new Error(`No import is of the kind ${kind}.`);
      await new ImportRun({ ...this.on, imports }, known, imported, owner).work(this.ending.signal);
    } catch (error) {
      const status = problemOf(error)?.status ?? 500;
      if (status === 503 || status === 429) {
        // The log or the database is away; what was entered is found again.
        await imports.release(id, owner, againAfterSeconds).catch(() => undefined);
        return;
      }
      logger.error({ err: error, import: id }, 'An import failed unexpectedly.');
      const { rows, accepted, repeated, refusedRows, refused, doneTo } = (await imports.find(id)) ?? imported;
      const told = { rows, accepted, repeated, refusedRows, doneTo, refused: [...refused, somethingWrong] };
      if (await imports.advance(id, owner, told)) await imports.end(id, 'failed', owner);
    }
  }
}
