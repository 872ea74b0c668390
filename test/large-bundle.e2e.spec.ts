import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeSha256 } from '#audit';
import { Findings, checkBundle, policyOfKey, textOf, utf8, verifierKeyText } from '#audit/verifier';
import type { OpenedBundle, Verdict } from '#audit/verifier';
import { madeBundle } from '../libs/audit/src/verifier/testing/made-bundles.js';
import type { MadeBundle } from '../libs/audit/src/verifier/testing/made-bundles.js';
import { logKey } from '../libs/audit/src/verifier/testing/made-logs.js';
import { tinhgon } from './support/app.js';
import { zipped } from './support/bundles.js';

/** Of about 1,100 octets each: beyond what one thread verifies by itself. */
const size = 4_000;

describe('A bundle so large that several threads look at its lines', () => {
  let made: MadeBundle;
  let manifest: string;
  let folder: string;
  beforeAll(async () => {
    made = await madeBundle({ size });
    manifest = textOf(made.manifestOf(made.lines));
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-large-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What the command says, beside what one thread comes to. */
  async function verdicts(lines: readonly string[]): Promise<readonly [Verdict, Verdict]> {
    const events = lines.map((line) => `${line}\n`).join('');
    expect(events.length).toBeGreaterThan(4_000_000);
    const parts: Readonly<Record<string, string>> = {
      'checkpoint.txt': textOf(made.checkpoint),
      'manifest.txt': manifest,
      'events.jsonl': events,
    };
    const file = join(folder, 'bundle.zip');
    await zipped(file, parts);
    const { stdout } = await tinhgon(['verify', file, '--key', verifierKeyText(logKey()), '--json']);
    const bundle: OpenedBundle = {
      part: (name) => Promise.resolve(name in parts ? utf8(parts[name] ?? '') : null),
      events: () => Promise.resolve(ReadableStream.from([utf8(events)])),
    };
    const findings = new Findings();
    await checkBundle(bundle, policyOfKey(logKey()), findings, { running: createHash('sha256'), hash: nodeSha256 });
    return [JSON.parse(stdout) as Verdict, findings.verdict()];
  }

  const swapped = (lines: readonly string[]): readonly string[] => lines.with(2_000, lines[2_001] ?? '').with(2_001, lines[2_000] ?? '');
  const changed = (lines: readonly string[]): readonly string[] =>
    lines.with(3_777, (lines[3_777] ?? '').replace('"data":{"index":3777}', '"data":{"index":7}'));

  it.each([
    ['holds', (lines) => lines, []],
    ['is found out by the first that was changed', changed, ['foreign null', 'data 3777']],
    ['is found out by two that were swapped', swapped, ['foreign null', 'order 2000', 'order 2001']],
    ['is found out by one that was left out', (lines) => lines.toSpliced(1_321, 1), ['missing null', 'order 1321']],
    ['is found out by what is no line', (lines) => [...lines.slice(0, -1), '{"index":'], ['form null', 'foreign null']],
  ] as readonly (readonly [string, (lines: readonly string[]) => readonly string[], readonly string[]])[])(
    '%s',
    async (_, tampered, named) => {
      const [shared, alone] = await verdicts(tampered(made.lines));
      expect(shared).toMatchObject({ findings: alone.findings, more: alone.more });
      expect(shared.findings.map(({ check, index }) => `${check} ${String(index)}`)).toEqual(expect.arrayContaining([...named]));
      if (named.length === 0) expect(shared.findings).toEqual([]);
    },
  );
});
