import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY, openEventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import { SystemClock, openDatabase } from '#platform';
import { Processors } from '#processors';
import { newDataFolder } from '../../../test/support/data-folder.js';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { ErasuresUnderTree } from './bundle/erasures-under-tree.js';
import { linesOfEvents, linesOfRange } from './bundle/lines.js';
import type { BundleLine, LineSource } from './bundle/lines.js';
import { CheckpointSigner } from './checkpoint-signer.js';
import { copyTree } from './copy-tree.js';
import { erasingSalts } from './erasing-salts.js';
import { openIdentity } from './log-identity.js';
import { migrateAudit } from './migrate-audit.js';
import { sealer, sealerName } from './sealer.js';
import { findSignedTree } from './tree.js';
import { BundleCheck } from './verifier/bundle.js';
import { LineCheck } from './verifier/bundle-line.js';
import { ed25519Type, signerKey, verifierKeyText } from './verifier/note-keys.js';
import { utf8 } from './verifier/octets.js';
import { policyOfKey } from './verifier/policy.js';
import { Findings } from './verifier/verdict.js';
import type { Verdict } from './verifier/verdict.js';
import { verifyDatabase } from './verify-database.js';

const key = signerKey('log.example/erasing', ed25519Type, randomBytes(32));
const [person, stays] = [randomUUID(), randomUUID()];
const legalBasis = 'Luật số 91/2025/QH15';

describe('Salts of somebody who was erased', () => {
  let log: LogInstallation;
  const folders: string[] = [];
  const append = (stream: string, type: string, data: object = {}) =>
    log.store.append(stream, [{ ...anEvent(), type, data }], { expected: ANY });
  const seal = async (where: LogInstallation): Promise<void> => {
    const view = sealer(new CheckpointSigner([key]), { clock: new SystemClock(), classifies: () => null });
    const processors = new Processors({ ...where, views: [view] });
    await processors.start();
    expect(await processors.waitFor((await where.store.head()) ?? 0n, 30_000, [sealerName])).toBe(true);
    await processors.stop();
  };
  /** As the log says it of that person. */
  const round = async (where: LogInstallation): Promise<void> => {
    const said = (await where.store.read(`person-${person}`)).find(({ type }) => type === 'PersonErased');
    const erased = () => Promise.resolve(said ? [{ person, position: said.position }] : []);
    await erasingSalts({ ...where, view: 'directory', erased }).round({
      ...{ signal: new AbortController().signal, reached: () => Promise.resolve(true) },
    });
  };
  const withoutSalt = async ({ database }: LogInstallation): Promise<readonly number[]> => {
    const { rows } = await database.pool.query<{ index: string }>(
      'SELECT l.index FROM audit.leaves l LEFT JOIN audit.salts s USING (index) WHERE s.index IS NULL ORDER BY l.index',
    );
    return rows.map(({ index }) => Number(index));
  };
  const verdict = async (where = log): Promise<Verdict> => (await verifyDatabase(where)).verdict;
  const gaps = [{ stream: `person-${person}`, leaves: 2, permittedBy: 5, legalBasis }];

  beforeAll(async () => {
    log = await openLog('embedded');
    await migrateAudit(log.database);
    await openIdentity(log.store, key.name, verifierKeyText(key));
    await append(`person-${person}`, 'PersonRegistered', { commitment: 'c' });
    await append(`person-${stays}`, 'PersonRegistered', { commitment: 'd' });
    await append('thing-1', 'Done');
    await append(`person-${person}`, 'RoleGranted', { role: 'officer' });
    await seal(log);
    await append(`person-${person}`, 'PersonErased', { legalBasis });
    await append('thing-1', 'DoneAgain');
  });
  afterAll(async () => {
    await log.close();
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  it('stay until the event that permits it is sealed, and then go, but its own', async () => {
    await round(log);
    expect(await withoutSalt(log)).toEqual([]);
    await seal(log);
    await round(log);
    expect(await withoutSalt(log)).toEqual([1, 4]);
    await round(log);
    expect(await withoutSalt(log)).toEqual([1, 4]);
  });

  it('leave a gap that the check of the database tells with the event that permits it', async () => {
    expect(await verdict()).toMatchObject({ historyIsConsistent: true, dataMatchesLeaves: true, findings: [], gaps });
  });

  it('of others, or of the erasure itself, are found where they are gone', async () => {
    const foundWithout = async (index: number): Promise<unknown> => {
      const { pool } = log.database;
      await pool.query('BEGIN');
      try {
        await pool.query('DELETE FROM audit.salts WHERE index = $1', [index]);
        return (await verdict()).findings;
      } finally {
        await pool.query('ROLLBACK');
      }
    };
    for (const index of [2, 3, 5])
      expect(await foundWithout(index)).toEqual([{ check: 'salt', index, message: 'Its salt is gone, and no event permits that.' }]);
  });

  it('leave what stands in the leaf in clear proven: who, what, when and in which stream', async () => {
    const { pool } = log.database;
    await pool.query('BEGIN');
    await pool.query(`UPDATE event_log.events SET type = 'RoleRevoked' WHERE stream = $1 AND revision = 1`, [`person-${person}`]);
    const { findings } = await verdict();
    await pool.query('ROLLBACK');
    expect(findings).toEqual([expect.objectContaining({ check: 'event', index: 4 })]);
  });

  it('leave the tree as it was, also where it is laid anew', async () => {
    const before = await findSignedTree(log.database);
    await log.database.pool.query('DROP SCHEMA views, processors CASCADE');
    await log.database.pool.query(`DELETE FROM public.tinhgon_migrations WHERE scope = 'processors'`);
    await seal(log);
    expect((await findSignedTree(log.database))?.root).toEqual(before?.root);
    expect(await verdict()).toMatchObject({ findings: [], gaps });
  });

  it('go again in a tree that was copied with them', async () => {
    const dataDir = await newDataFolder();
    folders.push(dataDir);
    const database = await openDatabase({ dataDir });
    const store = await openEventStore(database);
    const moved: LogInstallation = { database, store, close: () => store.close() };
    await store.adopt((await log.store.readAll({ from: null, limit: 100 })).events);
    // As a copy from before the erasure has them.
    await copyTree(log.database, database);
    await database.pool.query('INSERT INTO audit.salts (index, salt) VALUES (1, $1), (4, $1)', [randomBytes(32)]);
    await round(moved);
    expect(await withoutSalt(moved)).toEqual([]);
    await database.pool.query('DELETE FROM audit.salts WHERE index IN (1, 4)');
    await seal(moved);
    await database.pool.query('INSERT INTO audit.salts (index, salt) VALUES (1, $1), (4, $1)', [randomBytes(32)]);
    await round(moved);
    expect(await withoutSalt(moved)).toEqual([1, 4]);
    expect(await verdict(moved)).toMatchObject({ findings: [], gaps });
    await store.close();
    await database.close();
  });

  describe('in a bundle', () => {
    const sourceOf = async (size: number): Promise<LineSource> => {
      expect((await findSignedTree(log.database))?.size).toBe(7);
      return { ...log, size, maySee: () => true, erasures: new ErasuresUnderTree(log, size) };
    };
    const linesOf = async (source: LineSource, from: number, to: number): Promise<readonly BundleLine[]> => {
      const lines: BundleLine[] = [];
      for await (const line of linesOfRange(source, { from, to })) lines.push(line);
      for await (const line of linesOfEvents(source, source.erasures.met(), 'context')) lines.push(line);
      return lines;
    };
    const checked = async (lines: readonly BundleLine[]): Promise<Verdict> => {
      const findings = new Findings();
      const note = (await findSignedTree(log.database))?.note ?? '';
      const check = new BundleCheck(utf8(note), policyOfKey(key), findings);
      const looked = new LineCheck(check.checkpoint).lookAt(utf8(lines.map((line) => JSON.stringify(line)).join('\n')));
      for (const line of looked) check.take(line);
      check.finish(new Uint8Array(), '');
      const { findings: found, ...rest } = findings.verdict();
      // There is no manifest here.
      return { ...rest, findings: found.filter(({ check: what }) => what !== 'form') };
    };

    it('are left out beside the event that permits it, which comes along where it is later', async () => {
      const lines = await linesOf(await sourceOf(7), 1, 3);
      expect(lines.map(({ index, of, event, salts }) => [index, of, event?.type, salts !== undefined])).toEqual([
        [1, 'range', 'PersonRegistered', false],
        [2, 'range', 'PersonRegistered', true],
        [5, 'context', 'PersonErased', true],
      ]);
      expect(await checked(lines)).toMatchObject({ dataMatchesLeaves: true, findings: [], gaps: [{ ...gaps[0], leaves: 1 }] });
      const [gap, whole] = lines as [BundleLine, BundleLine];
      expect((await checked([gap, whole])).findings).toMatchObject([{ check: 'salt', index: 1 }]);
      expect((await checked([{ ...whole, salts: {} }])).findings).toMatchObject([{ check: 'salt', index: 2 }]);
    });

    it('and what they were of are left out where the erasure is later than the tree of the bundle', async () => {
      const lines = await linesOf(await sourceOf(5), 1, 5);
      expect(lines.map(({ index, event }) => [index, event?.type])).toEqual([
        [1, undefined],
        [2, 'PersonRegistered'],
        [3, 'Done'],
        [4, undefined],
      ]);
    });
  });
});
