import 'reflect-metadata';
import { createHash, randomUUID } from 'node:crypto';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CommandHandler, CqrsModule } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { NO_STREAM, PostgresEventStore, StateCache, handle } from '#event-store';
import { openDatabase } from '#platform';
import { procedure } from '#procedures';
import type { DecisionContext, Procedure } from '#procedures';
import { UnitTree, authorityPolicies, lifecycleDefinitions } from '#workflow';
import { dbosSteps, emmettCommand } from '../baselines.js';
import { inParallel, row, sideBySide } from '../measure.js';
import type { Row } from '../measure.js';
import { registration, sampleActor, sampleMetadata } from '../samples.js';
import type { Server } from '../server.js';

const procedures = 2000;

class AmendParts {
  constructor(
    readonly stream: string,
    readonly index: number,
  ) {}
}

/** The product's path from the bus to the log: look up, read and fold (or the cached fold), decide, append. */
function busModule(store: PostgresEventStore) {
  const cache = new StateCache<Procedure>();
  const context = sampleContext();

  @CommandHandler(AmendParts)
  class AmendPartsHandler implements ICommandHandler<AmendParts> {
    async execute({ stream, index }: AmendParts): Promise<number> {
      const metadata = sampleMetadata(
        randomUUID(),
        createHash('sha256')
          .update(`${stream}:${String(index)}`)
          .digest('hex'),
      );
      const body = { agency: `Phòng ${String(index)}` };
      const command = { action: 'amend-parts' as const, body, context: { ...context, newId: randomUUID() } };
      return (await handle({ store, decider: procedure, stream, command, metadata, cache })).revision;
    }
  }

  @Module({ imports: [CqrsModule.forRoot()], providers: [AmendPartsHandler] })
  class BusModule {}
  return BusModule;
}

function sampleContext(): DecisionContext {
  const definition = lifecycleDefinitions.find(({ id }) => id === 'internal');
  const authority = authorityPolicies[0];
  if (!definition || !authority) throw new Error('The initial definitions lack the internal lifecycle.');
  const ministry = randomUUID();
  const units = new UnitTree([
    { id: ministry, name: 'Bộ Quốc phòng', level: 'ministry', parent: null },
    { id: sampleActor.unit, name: 'Quân chủng Hải quân', level: 'service', parent: ministry },
  ]);
  const actor = { id: sampleActor.id, roles: [{ role: 'officer' as const, unit: sampleActor.unit }] };
  return { actor, definition, authority, units, today: '2025-06-01', newId: randomUUID() };
}

/** One amendment to each of 2,000 registered procedures in turn, 32 in flight. */
export async function command(server: Server): Promise<Row> {
  const database = await openDatabase({ url: await server.database(), dataDir: '' });
  const store = await PostgresEventStore.open(database);
  const registered = Array.from({ length: procedures }, (_, index) => registration(index));
  const streams = registered.map(({ id }) => `procedure-${id}`);
  await inParallel(procedures, 256, (index) =>
    store.append(streams[index] ?? '', registered.slice(index, index + 1), { expected: NO_STREAM }),
  );

  Logger.overrideLogger(false);
  const application = await NestFactory.createApplicationContext(busModule(store));
  const bus = application.get(CommandBus);
  const emmett = await emmettCommand(await server.database(), procedures);
  const dbos = await dbosSteps(await server.database());
  try {
    const rates = await sideBySide(
      {
        ours: (index) => bus.execute(new AmendParts(streams[index % procedures] ?? '', index)),
        emmett: emmett.once,
        dbos: dbos.once,
      },
      { inFlight: 32 },
    );
    return row(
      'command-32',
      'commands/s',
      rates.ours,
      { emmett: rates.emmett, dbos: rates.dbos * dbos.steps },
      { dbosStepsInAWorkflow: dbos.steps },
    );
  } finally {
    await Promise.all([emmett.close(), dbos.close(), application.close()]);
    await store.close();
    await database.close();
  }
}
