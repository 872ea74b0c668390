import { Directory } from '#identity';
import type { Database } from '#platform';
import { countWork, heldWork, workFor, workerOf, worklist } from '#procedures';
import type { Worker } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import type { Processors } from '#processors';
import type { Definitions } from '#workflow';
import type { Asker } from '../http/sent.js';
import type { WorkCountsAnswer, WorklistAnswer, WorklistQuery } from './worklist.dto.js';

const pageSize = 50;

/** Tells people which work waits for them, their units and others. */
export class Worklist {
  constructor(
    private readonly log: { readonly database: Database; readonly processors: Processors },
    private readonly definitions: Definitions,
    private readonly directory: Directory,
    private readonly desk: ProcedureDesk,
  ) {}

  /** @throws InvalidCursor */
  async list({ scope = 'mine', cursor, limit }: WorklistQuery, by: Asker): Promise<WorklistAnswer> {
    const asOf = this.log.processors.asOf('work');
    const page = await worklist(this.log.database, await this.workerOf(by), { scope, cursor, limit: Number(limit ?? pageSize) });
    const items = await Promise.all(
      page.items.map(async ({ claim, ...item }) => ({
        ...item,
        actions: await this.actionsOn(item.id, item.revision, by),
        claim: claim && { ...claim, name: this.directory.person(claim.person)?.name ?? null },
      })),
    );
    // What somebody did since the view came so far is no longer theirs to do.
    return { items: items.filter(({ actions }) => scope !== 'mine' || actions.length > 0), nextCursor: page.nextCursor, asOf };
  }

  async counts(by: Asker): Promise<WorkCountsAnswer> {
    const asOf = this.log.processors.asOf('work');
    return { ...(await countWork(this.log.database, await this.workerOf(by))), asOf };
  }

  private async actionsOn(id: string, revision: number, by: Asker): Promise<string[]> {
    const found = await this.desk.find(id, revision);
    return found ? [...workFor(found.state, await this.desk.contextOf(found.state, by))] : [];
  }

  private async workerOf(by: Asker): Promise<Worker> {
    const lifecycles = await Promise.all(
      (await this.definitions.all()).map(async (definition) => {
        const { id, version } = definition.authority;
        return { definition, authority: await this.definitions.authority(id, version) };
      }),
    );
    const stranded = (await heldWork(this.log.database)).filter((held) => !this.directory.sees(held.person, held));
    return workerOf(by, lifecycles, { units: this.directory.units(), today: this.directory.date(), stranded });
  }
}
