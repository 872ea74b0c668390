import { createHash } from 'node:crypto';
import { openEventStore, uuidv5 } from '#event-store';
import { openDatabase, SystemClock } from '#platform';
import { counts } from '#reporting';
import { register } from '#procedures';
import { ProcedureDesk } from '#procedures/commands';
import type { AcceptedOnProcedure } from '#procedures/commands';
import { Processors } from '#processors';
import { Definitions, UnitTree } from '#workflow';

/** A command as it was sent, and what it was answered. */
export interface Acknowledged {
  readonly step: 'register' | 'review' | 'propose';
  readonly key: string;
  readonly answer: AcceptedOnProcedure;
}

const unit = { id: '22222222-2222-4222-8222-222222222222', name: 'Quân chủng', level: 'service', parent: null } as const;
const officer = {
  id: '11111111-1111-4111-8111-111111111111',
  version: 1,
  commitment: 'c'.repeat(64),
  roles: [{ role: 'officer', unit: unit.id }],
  unit: unit.id,
} as const;
const review = { necessary: true, withinPowers: true, reasonable: true, lawful: true, findings: 'Cần thiết và hợp lý' };

/** Where an installation stands. */
export interface Target {
  /** A data folder or a database URL. */
  readonly database: string;
  /** (Default: the log stands in the database) */
  readonly eventStore?: string;
  readonly streamPrefix?: string;
}

/** Opens the product: its log, its commands, and the views that follow in the same process. */
export async function openDesk(target: Target) {
  const url = target.database.includes('://') ? target.database : undefined;
  const database = await openDatabase({ dataDir: target.database, url });
  const store = await openEventStore(database, target);
  const definitions = new Definitions(store);
  await definitions.publishInitial();
  const processors = new Processors({ database, store, views: [register, counts] });
  await processors.start();
  const tree = new UnitTree([unit]);
  const desk = new ProcedureDesk(store, definitions, () => tree, new SystemClock());
  /** The same step, key and procedure are the same command. */
  const send = (step: Acknowledged['step'], key: string, id?: string): Promise<AcceptedOnProcedure> => {
    const requestHash = createHash('sha256')
      .update(`${step} ${id ?? ''}`)
      .digest('hex');
    const sent = { by: officer, idempotencyKey: key, requestHash };
    const title = `Thủ tục ${key.slice(0, 4)}`;
    // An official code is reserved first, so a kill may fall between the two appends.
    const body = { title, kind: 'internal', group: 'D', field: key.slice(0, 1), owningUnit: unit.id, code: `1.${key}` } as const;
    if (id === undefined) return desk.register(body, sent);
    if (step === 'review') return desk.act(id, { action: 'review', body: review }, sent);
    return desk.act(id, { action: 'propose', body: { document: { number: '01/TTr', date: '2023-01-09' } } }, sent);
  };
  const close = async (): Promise<void> => {
    await processors.stop();
    await store.close();
    await database.close();
  };
  return { database, store, processors, send, close };
}

export const commandIdOf = (key: string): string => uuidv5(officer.id, key);
