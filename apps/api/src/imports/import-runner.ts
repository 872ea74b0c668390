import type { Import, Imports } from '#imports';
import type { Logger } from '#platform';
import { JobRunner } from '../jobs/job-runner.js';
import { Findings } from './findings.js';
import { ImportRun, somethingWrong, told } from './import-run.js';
import type { ImportKind } from './kind.js';

/** In one process. */
const mostAtOnce = 2;

/** Runs imports, those too that another process has left. */
export class ImportRunner extends JobRunner<Import> {
  constructor(
    private readonly imports: Imports,
    private readonly kinds: Readonly<Record<string, ImportKind>>,
    private readonly on: Omit<ConstructorParameters<typeof ImportRun>[0], 'imports'>,
    logger: Logger,
  ) {
    super(logger, mostAtOnce);
  }

  protected claim(): Promise<Import | null> {
    return this.imports.claim(this.owner);
  }

  protected hold(ids: readonly string[]): Promise<void> {
    return this.imports.hold(ids, this.owner);
  }

  protected async work(imported: Import, signal: AbortSignal): Promise<void> {
    const { imports, owner } = this;
    const known = this.kinds[imported.kind];
    if (!known) throw new Error(`No import is of the kind ${imported.kind}.`);
    await new ImportRun({ ...this.on, imports }, known, imported, owner).work(signal);
  }

  protected release({ id }: Import, afterSeconds: number): Promise<void> {
    return this.imports.release(id, this.owner, afterSeconds);
  }

  protected async fail(imported: Import, error: unknown): Promise<void> {
    const { imports, owner } = this;
    const { id } = imported;
    this.logger.error({ err: error, import: id }, 'An import failed unexpectedly.');
    const found = (await imports.find(id)) ?? imported;
    const findings = new Findings(found);
    findings.tellFirst(somethingWrong);
    if (await imports.advance(id, owner, { ...told(findings), doneTo: found.doneTo })) await imports.end(id, 'failed', owner);
  }
}
