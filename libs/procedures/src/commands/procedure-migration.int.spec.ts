import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventStore, handle, noMetadata } from '#event-store';
import { SystemClock, openDatabase } from '#platform';
import type { Database } from '#platform';
import { Processors } from '#processors';
import { Definitions, UnitTree, lifecycleVersions, roles } from '#workflow';
import type { LifecycleDefinition, Sent } from '#workflow';
import { register } from '../views/register.js';
import { ProcedureDesk } from './procedure-desk.js';
import { ProcedureMigration } from './procedure-migration.js';
import type { MigrationRequest } from './procedure-migration.js';
import { newDataFolder } from '../../../../test/support/data-folder.js';

const unit = randomUUID();
const units = new UnitTree([{ id: unit, name: 'Service', level: 'service', parent: null }]);
const sight = { units: null, clearance: 'none' } as const;
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'x' };

describe('Migrations', () => {
  let dataDir: string;
  let database: Database;
  let store: PostgresEventStore;
  let processors: Processors;
  let definitions: Definitions;
  let to: LifecycleDefinition;
  let current: number;
  const person = { id: randomUUID(), version: 1, commitment: '', roles: roles.map((role) => ({ role, unit })), unit };
  const sent = (idempotencyKey = randomUUID()): Sent => ({ by: person, requestHash: 'a'.repeat(64), idempotencyKey });
  const aDesk = (): ProcedureDesk => new ProcedureDesk(store, definitions, () => units, new SystemClock());
  const registered = async (desk: ProcedureDesk): Promise<string> =>
    (await desk.register({ title: 'T', kind: 'internal', group: 'D', field: 'f', owningUnit: unit }, sent())).id;
  const plan = (): MigrationRequest['plan'] => ({
    from: current,
    to,
    stages: { registered: 'registered' },
    clocks: 'restart',
    reason: 'x',
  });
  const caughtUp = async (): Promise<void> => {
    expect(await processors.waitFor((await store.head()) ?? 0n, 10_000)).toBe(true);
  };

  beforeAll(async () => {
    dataDir = await newDataFolder('migration');
    database = await openDatabase({ dataDir });
    store = await PostgresEventStore.open(database);
    processors = new Processors({ database, store, views: [register] });
    await processors.start();
    definitions = new Definitions(store);
    await definitions.publishInitial();
    // In the next version a review leads elsewhere; it is not taken for new procedures before the end of each test.
    const first = await definitions.current('internal');
    current = first.version;
    const transitions = first.transitions.map((one) => (one.action === 'review' ? { ...one, to: 'assessed' } : one));
    const stages = { ...first.stages, assessed: { title: { vi: 'x', en: 'x' } } };
    const commands = [
      { action: 'draft', document: { ...first, stages, transitions } },
      { action: 'publish', version: current + 1, findings: [], authority: first.authority },
      { action: 'retire', version: current + 1 },
    ] as const;
    for (const command of commands)
      await handle({ store, decider: lifecycleVersions, stream: 'lifecycle-internal', command, metadata: { ...noMetadata, commandId: randomUUID() } }); // prettier-ignore
    to = await definitions.lifecycle('internal', current + 1);
  });
  afterAll(async () => {
    await processors.stop();
    await store.close();
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  it('are decided anew by a process that knew the old version only', async () => {
    const [here, there] = [aDesk(), aDesk()];
    const id = await registered(here);
    const { outcomes } = await new ProcedureMigration(database, there).run(
      { plan: plan(), sight, dryRun: false, procedures: [id] },
      sent(),
    );
    expect(outcomes).toEqual([
      { outcome: 'migrated', count: 1 },
      { outcome: 'refused', count: 0 },
    ]);
    // Its own cache still has the procedure in version 1, where a review leads to "reviewed".
    expect(await here.act(id, { action: 'review', body: review }, sent())).toMatchObject({ revision: 2, stage: 'assessed' });
  });

  it('go on where they were when they are sent again, and migrate nothing twice', async () => {
    const desk = aDesk();
    const ids = await Promise.all(Array.from({ length: 12 }, () => registered(desk)));
    await caughtUp();
    const key = randomUUID();
    const half = await new ProcedureMigration(database, desk).run({ plan: plan(), sight, dryRun: false, limit: 5 }, sent(key));
    expect(half.outcomes[0]).toEqual({ outcome: 'migrated', count: 5 });
    // Another process that never saw the first half, with a view that does not hold it yet.
    const named = await new ProcedureMigration(database, aDesk()).run({ plan: plan(), sight, dryRun: false, procedures: ids }, sent(key));
    expect(named).toEqual({ outcomes: [{ outcome: 'migrated', count: 12 }, { outcome: 'refused', count: 0 }], refused: [] }); // prettier-ignore
    for (const id of ids) expect((await store.read(`procedure-${id}`)).map(({ type }) => type)).toEqual(['ProcedureRegistered', 'ProcedureMigrated']);
    const other = await new ProcedureMigration(database, desk).run({ plan: plan(), sight, dryRun: false, procedures: ids.slice(0, 1) }, sent());
    expect(other.refused).toMatchObject([{ unmet: [{ code: 'already-migrated' }] }]);
  }); // prettier-ignore

  it('let others go on working with the procedures meanwhile', async () => {
    const desk = aDesk();
    const ids = await Promise.all(Array.from({ length: 20 }, () => registered(desk)));
    await caughtUp();
    const migrating = new ProcedureMigration(database, desk).run({ plan: plan(), sight, dryRun: false }, sent());
    const amended = await Promise.all(ids.map((id) => aDesk().act(id, { action: 'amend-parts', body: { steps: 'x' } }, sent())));
    expect(amended).toHaveLength(20);
    expect((await migrating).outcomes).toEqual([
      { outcome: 'migrated', count: 20 },
      { outcome: 'refused', count: 0 },
    ]);
    for (const id of ids) expect((await store.read(`procedure-${id}`)).map(({ type }) => type).sort()).toEqual(['PartsAmended', 'ProcedureMigrated', 'ProcedureRegistered']);
    await caughtUp();
    const { rows } = await database.pool.query(`SELECT count(*)::integer AS count FROM views.register WHERE definition_id = 'internal' AND definition_version = 3 AND id = ANY ($1)`, [ids]);
    expect(rows).toEqual([{ count: 20 }]);
  }); // prettier-ignore

  it('neither touch nor name what the administrator may not see', async () => {
    const desk = aDesk();
    const body = { title: 'T', kind: 'internal', group: 'D', field: 'f', owningUnit: unit, classification: 'secret' } as const;
    const { id } = await desk.register(body, { ...sent(), by: { ...person, clearance: 'secret' } });
    await caughtUp();
    const migration = new ProcedureMigration(database, desk);
    expect((await migration.run({ plan: plan(), sight, dryRun: true }, sent())).refused).toEqual([]);
    const named = await migration.run({ plan: plan(), sight, dryRun: true, procedures: [id] }, sent());
    expect(named.refused).toMatchObject([{ unmet: [{ code: 'not-found' }] }]);
    const elsewhere = { units: new Set<string>(), clearance: 'topSecret' } as const;
    expect((await migration.run({ plan: plan(), sight: elsewhere, dryRun: true, procedures: [id] }, sent())).refused).toHaveLength(1);
    expect(await store.read(`procedure-${id}`)).toHaveLength(1);
  });

  it('name what is not there, and change nothing when they are only tried', async () => {
    const desk = aDesk();
    const [id, nowhere] = [await registered(desk), randomUUID()];
    const migration = new ProcedureMigration(database, desk);
    const tried = await migration.run({ plan: plan(), sight, dryRun: true, procedures: [id, nowhere] }, sent());
    expect(tried).toMatchObject({ outcomes: [{ count: 1 }, { count: 1 }], refused: [{ procedure: nowhere, unmet: [{ code: 'not-found' }] }] });
    expect(await store.read(`procedure-${id}`)).toHaveLength(1);
    const done = await migration.run({ plan: plan(), sight, dryRun: false, procedures: [id, nowhere] }, sent());
    expect(done).toEqual(tried);
  }); // prettier-ignore
});
