import { mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditConfig } from '#platform';
import { openLog } from '../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../test/support/log-installation.js';
import { openLogKeys } from './log-keys.js';
import type { LogKeys } from './log-keys.js';
import { present, readIdentity } from './log-identity.js';
import { ed25519Type, parseVerifierKey, signerKey, signerKeyText, verifierKeyText } from './verifier/note-keys.js';
import { noteVerifier, openNote } from './verifier/note.js';
import { utf8 } from './verifier/octets.js';

const nothing: AuditConfig = { origin: undefined, key: undefined, previousKey: undefined, policy: undefined };

describe('The key of a log', () => {
  let log: LogInstallation;
  let dataDir: string;
  beforeAll(async () => {
    log = await openLog('embedded');
  });
  afterAll(() => log.close());
  beforeEach(async () => {
    await log.database.pool.query('TRUNCATE event_log.events');
    dataDir = await mkdtemp(join(tmpdir(), 'tinhgon-keys-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));
  const opened = (audit: Partial<AuditConfig> = {}): Promise<LogKeys> =>
    openLogKeys(log.store, { audit: { ...nothing, ...audit }, dataDir });
  const newKey = (name = 'log.example/one'): { readonly text: string; readonly verifier: string } => {
    const key = signerKey(name, ed25519Type, randomBytes(32));
    return { text: signerKeyText(key), verifier: verifierKeyText(key) };
  };

  it('is made at the first start, for its owner alone, and stands in the log from then on', async () => {
    const first = await opened({ origin: 'log.example/one' });
    expect((await stat(join(dataDir, 'audit.key'))).mode & 0o777).toBe(0o600);
    expect((await readIdentity(log.store))?.origin).toBe('log.example/one');
    expect(first.identity && present(first.identity)).toBe((await opened()).identity?.keys.at(-1));
    expect((await opened()).signer).not.toBeNull();
    await expect(opened({ origin: 'log.example/two' })).rejects.toThrow('the tree of this log is called log.example/one for ever');
  });

  it('is one, whoever starts at the same time', async () => {
    const both = await Promise.all([opened(), opened()]);
    const [one, other] = both.map(({ identity }) => identity && present(identity));
    expect(one).toBe(other);
    expect(both.some(({ signer }) => signer !== null)).toBe(true);
  });

  it('is not made anew where it is missing: the process serves, and seals nothing', async () => {
    await opened();
    await unlink(join(dataDir, 'audit.key'));
    const without = await opened();
    expect([without.signer, without.identity?.keys.length]).toEqual([null, 1]);
    await writeFile(join(dataDir, 'audit.key'), newKey().text);
    expect((await opened()).signer).toBeNull();
  });

  it('is taken over from by another one that comes with it, and does not come back', async () => {
    const [old, next] = [newKey(), newKey()];
    await opened({ origin: 'log.example/one', key: old.text });
    await expect(opened({ key: next.text })).rejects.toThrow('The configured key is not that of the log');
    const { signer } = await opened({ key: next.text, previousKey: old.text });
    const note = utf8(signer?.sign({ size: 0, root: new Uint8Array(32) }) ?? '');
    for (const { verifier } of [old, next]) expect(openNote(note, [noteVerifier(parseVerifierKey(verifier))]).verified.length).toBe(1);
    expect((await opened({ key: next.text })).identity?.keys).toEqual([old.verifier, next.verifier]);
    await expect(opened({ key: old.text, previousKey: next.text })).rejects.toThrow('was replaced by another, and does not come back');
  });

  it('is refused where it is none or of another name, and never repeated in a sentence', async () => {
    const other = newKey('log.example/other');
    await opened({ origin: 'log.example/one' });
    await expect(opened({ key: other.text })).rejects.toThrow('is called log.example/other');
    for (const key of ['PRIVATE+KEY+x', `${other.text}x`, '']) {
      const refused = await opened({ key }).catch((error: unknown) => String(error));
      expect(refused).toContain('AUDIT_KEY or AUDIT_KEY_FILE must hold a signer key');
      expect(refused).not.toContain(key === '' ? 'PRIVATE+KEY+x' : key);
    }
    expect(await readFile(join(dataDir, 'audit.key'), 'utf8')).toMatch(/^PRIVATE\+KEY\+log\.example\/one\+/);
  });
});
