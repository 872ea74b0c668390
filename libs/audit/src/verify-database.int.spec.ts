import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY } from '#event-store';
import { anEvent } from '#event-store/testing';
import { SystemClock, openDatabase } from '#platform';
import type { Database } from '#platform';
import { Processors } from '#processors';
import { openEventStore } from '#event-store';
import { newDataFolder } from '../../../test/support/data-folder.js';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { CheckpointSigner } from './checkpoint-signer.js';
import { copyTree } from './copy-tree.js';
import { openIdentity } from './log-identity.js';
import { migrateAudit } from './migrate-audit.js';
import { SealedLog } from './sealed-log.js';
import { sealer, sealerName } from './sealer.js';
import { findSignedTree } from './tree.js';
import { leafOf } from './verifier/leaf.js';
import { leafHash } from './verifier/merkle.js';
import { ed25519Type, signerKey, verifierKeyText } from './verifier/note-keys.js';
import { dataChecks } from './verifier/verdict.js';
import { verifyDatabase } from './verify-database.js';

const key = signerKey('log.example/one', ed25519Type, randomBytes(32));
const signer = new CheckpointSigner([key]);
const seal = async (log: LogInstallation): Promise<void> => {
  const processors = new Processors({ ...log, views: [sealer(signer, { clock: new SystemClock(), classifies: () => null })] });
  await processors.start();
  expect(await processors.waitFor((await log.store.head()) ?? 0n, 30_000, [sealerName])).toBe(true);
  await processors.stop();
};

let log: LogInstallation;

beforeAll(async () => {
  log = await openLog('embedded');
  await migrateAudit(log.database);
  await openIdentity(log.store, key.name, verifierKeyText(key));
  for (let stream = 0; stream < 6; stream++)
    await log.store.append(
      `thing-${stream}`,
      Array.from({ length: 100 }, () => anEvent()),
      { expected: ANY },
    );
  await seal(log);
});

afterAll(() => log.close());

/** What is found after the statements, which are undone. The embedded database has one connection. */
async function foundAfter(...statements: readonly (string | ((database: Database) => Promise<void>))[]): Promise<readonly string[]> {
  const { database } = log;
  await database.pool.query('BEGIN');
  try {
    for (const statement of statements) await (typeof statement === 'string' ? database.pool.query(statement) : statement(database));
    const {
      verdict: { findings },
    } = await verifyDatabase(log);
    return findings.map(
      ({ check, index, message }) =>
        `${(dataChecks as readonly string[]).includes(check) ? 'data' : 'history'} ${String(index)} ${message}`,
    );
  } finally {
    await database.pool.query('ROLLBACK');
  }
}

const changed = 'The event in the log is not the one that was sealed: another';

describe('verifying a database', () => {
  it('finds nothing in what nobody touched', async () => {
    expect(await verifyDatabase(log)).toMatchObject({ size: 601, events: 601, unsealed: 0, verdict: { findings: [] } });
  });

  it('says how many events are not sealed yet', async () => {
    await log.store.append('later', [anEvent(), anEvent()], { expected: ANY });
    expect(await verifyDatabase(log)).toMatchObject({ size: 601, events: 603, unsealed: 2, verdict: { findings: [] } });
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['a changed byte', [`UPDATE event_log.events SET data = '{"amount":2}' WHERE position = 42`], [`data 41 ${changed} data.`]],
    [
      'the first event deleted',
      ['DELETE FROM event_log.events WHERE position = 1'],
      [
        'history null What was signed of 601 leaves: Nobody who is known here signed this.',
        'data 0 Its event is not in the log any more: revision ',
      ],
    ],
    [
      'one in the middle deleted',
      ['DELETE FROM event_log.events WHERE position = 300'],
      ['data 299 Its event is not in the log any more: revision '],
    ],
    [
      'the newest deleted',
      ['DELETE FROM event_log.events WHERE position >= 601', 'UPDATE event_log.head SET position = 600'],
      ['data 600 Its event is not in the log any more: revision '],
    ],
    [
      'two swapped',
      [
        'UPDATE event_log.events SET position = -1 WHERE position = 10',
        'UPDATE event_log.events SET position = 10 WHERE position = 11',
        'UPDATE event_log.events SET position = 11 WHERE position = -1',
      ],
      [
        `data 9 ${changed} id, another revision, another command, another causation, another correlation, another metadata.`,
        `data 10 ${changed} id,`,
      ],
    ],
    [
      'another actor',
      [`UPDATE event_log.events SET metadata = jsonb_set(metadata::jsonb, '{actor,id}', '"somebody-else"')::json WHERE position = 77`],
      [`data 76 ${changed} actor, another metadata.`],
    ],
    [
      'another time',
      [`UPDATE event_log.events SET recorded_at = recorded_at - interval '1 day' WHERE position = 78`],
      [`data 77 ${changed} recordedAt.`],
    ],
    [
      'a forged salt',
      [`UPDATE audit.salts SET salt = decode(repeat('00', 32), 'hex') WHERE index = 5`],
      [`data 5 ${changed} data, another metadata.`],
    ],
    [
      'a cut tile',
      ['UPDATE audit.tiles SET hashes = substring(hashes FROM 1 FOR 320) WHERE level = 0 AND number = 0'],
      ['history 10 The hash of the leaf is gone.'],
    ],
    [
      'a tile above changed',
      [`UPDATE audit.tiles SET hashes = decode(repeat('00', 64), 'hex') WHERE level = 1`],
      ['history 0 Tile 0 of level 1 does not follow from the leaves below it.'],
    ],
    [
      'a leaf deleted',
      ['DELETE FROM audit.leaves WHERE index = 400'],
      ['history 400 The leaf is gone.', 'data 401 Revision 99 of thing-3, at position 401, was never sealed.'],
    ],
  ])('names %s', async (_, statements, found) => {
    const all = await foundAfter(...statements);
    for (const [place, start] of found.entries()) expect(all[place]).toContain(start);
  });

  it('finds who signed with another key', async () => {
    const another = new CheckpointSigner([signerKey(key.name, ed25519Type, randomBytes(32))]);
    const newest = await findSignedTree(log.database);
    const note = another.sign({ size: 601, root: newest?.root ?? new Uint8Array(32) });
    const put = async ({ pool }: Database): Promise<void> => {
      await pool.query('UPDATE audit.checkpoints SET note = $1 WHERE size = 601', [note]);
    };
    expect(await foundAfter(put)).toEqual(['history null What was signed of 601 leaves: Nobody who is known here signed this.']);
  });

  it('finds by what was signed that event, salt, leaf and hash were all changed to agree', async () => {
    const [event] = (await log.store.readAll({ from: 99n, limit: 1 })).events;
    if (!event) throw new Error('There is no such event.');
    const salt = Buffer.alloc(32, 7);
    const entry = Buffer.from(leafOf({ ...event, data: { amount: 99 } }, 99, salt, { classified: false }));
    const found = await foundAfter(`UPDATE event_log.events SET data = '{"amount":99}' WHERE position = 100`, async ({ pool }) => {
      await pool.query('UPDATE audit.salts SET salt = $1 WHERE index = 99', [salt]);
      await pool.query('UPDATE audit.leaves SET entry = $1 WHERE index = 99', [entry.toString()]);
      await pool.query('UPDATE audit.tiles SET hashes = overlay(hashes PLACING $1 FROM 99 * 32 + 1) WHERE level = 0 AND number = 0', [
        Buffer.from(leafHash(entry)),
      ]);
    });
    expect(found).toContain('history 0 From here to 600 something is not what was signed of 601 leaves.');
    expect(found.filter((one) => one.startsWith('data'))).toEqual([]);
  });

  const movedTo = async (database: Database, prefix: string): Promise<LogInstallation> => {
    const store = await openEventStore(database, { streamPrefix: prefix });
    const { events } = await log.store.readAll({ from: null, limit: 1_000 });
    await store.adopt(events);
    return { database, store, close: () => store.close() };
  };

  it('keeps the tree through moves, and sealing goes on from there', async () => {
    const dataDir = await newDataFolder();
    const database = await openDatabase({ dataDir });
    const moved = await movedTo(database, '');
    expect(await copyTree(log.database, database)).toBe(601);
    expect(await copyTree(log.database, database)).toBe(0);
    const before = await findSignedTree(database);
    await seal(moved);
    const sealed = new SealedLog(database, { identity: null, signer });
    const newest = await moved.store.read('later', { from: 1 });
    expect((await sealed.prove({ id: newest[0]?.id ?? '' })).index).toBe(602);
    expect((await sealed.prove({ position: 601n }, 601)).tree.root).toEqual(before?.root);
    expect(await verifyDatabase(moved)).toMatchObject({ size: 603, events: 603, unsealed: 0, verdict: { findings: [] } });
    await moved.close();

    // The log stands elsewhere while its tree stays: its views are made anew, as the guide says.
    await database.pool.query('TRUNCATE event_log.events');
    const elsewhere = await movedTo(database, '');
    await database.pool.query('DROP SCHEMA views, processors CASCADE');
    await database.pool.query(`DELETE FROM public.tinhgon_migrations WHERE scope = 'processors'`);
    await seal(elsewhere);
    const position = (await elsewhere.store.read('later', { from: 1 }))[0]?.position ?? 0n;
    expect(position).toBe(1206n);
    expect((await sealed.prove({ position })).index).toBe(602);
    expect(await verifyDatabase(elsewhere)).toMatchObject({ size: 603, events: 603, verdict: { findings: [] } });
    await elsewhere.close();
    await database.close();
  });
});
