import 'reflect-metadata';
import { createHash, randomUUID } from 'node:crypto';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { NO_STREAM, PostgresEventStore } from '#event-store';
import type { EventStore } from '#event-store';
import { Files } from '#files';
import { SystemClock, openDatabase } from '#platform';
import type { Database } from '#platform';
import { ActOnProcedure, ProcedureDesk, procedureCommandHandlers } from '#procedures/commands';
import { Definitions, UnitTree } from '#workflow';
import { dbosSteps, emmettCommand } from '../baselines.js';
import { inParallel, row, sideBySide, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { registration, sampleActor } from '../samples.js';
import type { Server } from '../server.js';

// More than the short form commands, as Emmett's handler does not try again where two meet on one stream.
const procedures = sized(2000, 500);

/** The product's command handlers, as its API has them behind the door of HTTP. */
async function openBus(database: Database, store: EventStore): Promise<{ readonly bus: CommandBus; close(): Promise<void> }> {
  const definitions = new Definitions(store);
  await definitions.publishInitial();
  const ministry = randomUUID();
  const units = new UnitTree([
    { id: ministry, name: 'Bộ Quốc phòng', level: 'ministry', parent: null },
    { id: sampleActor.unit, name: 'Quân chủng Hải quân', level: 'service', parent: ministry },
  ]);
  const desk = new ProcedureDesk(store, definitions, () => units, new SystemClock());

  const files = await Files.open(database);
  const desks = [
    { provide: ProcedureDesk, useValue: desk },
    { provide: Files, useValue: files },
  ];
  @Module({ imports: [CqrsModule.forRoot()], providers: [...procedureCommandHandlers, ...desks] })
  class BusModule {}
  Logger.overrideLogger(false);
  // What is missing is thrown; else Nest ends the process, and says nothing of it.
  const application = await NestFactory.createApplicationContext(BusModule, { abortOnError: false });
  return { bus: application.get(CommandBus), close: () => application.close() };
}

/** A command as a controller makes it: by an officer, under a key of its own, with the hash of its request. */
function amendment(procedure: string, index: number): ActOnProcedure<'amend-parts'> {
  const requestHash = createHash('sha256')
    .update(`PATCH /procedures/${procedure}/parts ${String(index)}`)
    .digest('hex');
  const { id, version, commitment, unit } = sampleActor;
  const by = { id, version, commitment, roles: [{ role: 'officer' as const, unit }], unit };
  return new ActOnProcedure(
    procedure,
    'amend-parts',
    { agency: `Phòng ${String(index)}` },
    { by, idempotencyKey: randomUUID(), requestHash },
  );
}

/** One amendment to each of 2,000 registered procedures in turn, 32 in flight. */
export async function command(server: Server): Promise<Row> {
  const database = await openDatabase({ url: await server.database(), dataDir: '' });
  const store = await PostgresEventStore.open(database);
  const registered = Array.from({ length: procedures }, (_, index) => registration(index));
  await inParallel(procedures, 256, (index) =>
    store.append(`procedure-${registered[index]?.id ?? ''}`, registered.slice(index, index + 1), { expected: NO_STREAM }),
  );

  const ours = await openBus(database, store);
  const emmett = await emmettCommand(await server.database(), procedures);
  const dbos = await dbosSteps(await server.database());
  try {
    const rates = await sideBySide(
      {
        ours: (index) => ours.bus.execute(amendment(registered[index % procedures]?.id ?? '', index)),
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
    await Promise.all([emmett.close(), dbos.close(), ours.close()]);
    await store.close();
    await database.close();
  }
}
