import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckpointSigner, SealedLog, migrateAudit, sealer, sealerName } from '#audit';
import { ed25519Type, signerKey, verifierKeyText } from '#audit/verifier';
import { ANY } from '#event-store';
import { anEvent } from '#event-store/testing';
import { SystemClock } from '#platform';
import { Processors } from '#processors';
import { openLog } from '../../../../test/support/log-installation.js';
import type { LogInstallation } from '../../../../test/support/log-installation.js';
import { Imprints } from './imprints.js';

describe('what a page says of the log', () => {
  const key = signerKey('log.example/one', ed25519Type, new Uint8Array(32).fill(7));
  const signer = new CheckpointSigner([key]);
  let log: LogInstallation;
  let processors: Processors;
  let sealed: SealedLog;
  let imprints: Imprints;
  beforeEach(async () => {
    log = await openLog('embedded');
    await migrateAudit(log.database);
    processors = new Processors({ ...log, views: [sealer(signer, { clock: new SystemClock(), classifies: () => null })] });
    sealed = new SealedLog(log.database, { identity: { origin: key.name, keys: [verifierKeyText(key)] }, signer });
    imprints = new Imprints(sealed);
  });
  afterEach(async () => {
    await processors.stop();
    await log.close();
  });
  const happened = async (): Promise<bigint> => {
    await log.store.append('thing', [anEvent()], { expected: ANY });
    return (await log.store.head()) ?? 0n;
  };

  it('is that nothing is sealed, where nothing is', async () => {
    const position = await happened();
    expect(await imprints.of(String(position), 'vi')).toEqual({ line: 'Nhật ký chưa được niêm phong.', isSealed: false, code: null });
  });

  it('is the first kept checkpoint that holds the position, and where none does the newest, which then is said', async () => {
    const first = await happened();
    await processors.start();
    await processors.waitFor(first, 30_000, [sealerName]);
    const kept = await sealed.newest();
    await processors.stop();
    const second = await happened();

    const root = kept?.root.toString('hex').slice(0, 16) ?? '';
    const holding = await imprints.of(String(first), 'vi');
    expect(holding.code?.text).toBe(kept?.note);
    expect(holding.line).toMatch(new RegExp(`^Nhật ký đã niêm phong: 1 sự kiện, gốc ${root}…, ký lúc [^;]*\\.$`));
    expect(holding.isSealed).toBe(true);
    const ahead = await imprints.of(String(second), 'en');
    expect(ahead.code?.text).toBe(kept?.note);
    expect(ahead.line).toMatch(new RegExp(`^Log sealed: 1 events, root ${root}…, signed at .*; this position is sealed later\\.$`));
    expect(ahead.isSealed).toBe(false);
    // What was read as of no position is said nothing of.
    expect(await imprints.of(null, 'vi')).toEqual(holding);
  });
});
