import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inLongForm } from '../support/long-form.js';
import type { Row } from './measure.js';

interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly rows: readonly Row[];
}

/** Runs the benchmark as `npm run bench` does, each work for a moment. */
async function bench(args: readonly string[], eventStore = ''): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'tinhgon-bench-'));
  const file = join(folder, 'rows.json');
  try {
    const child = spawn(process.execPath, [join('dist', 'test', 'bench', 'bench.js'), '--short', '--json', file, ...args], {
      env: { ...process.env, TEST_EVENTSTORE_URL: eventStore },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    const { rows } = JSON.parse(await readFile(file, 'utf8').catch(() => '{"rows":[]}')) as { rows: readonly Row[] };
    return { code, said, rows };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('The benchmark', () => {
  (inLongForm ? it : it.skip)(
    'runs every work',
    async () => {
      const { code, said, rows } = await bench([]);
      expect({ code, said }).toEqual({ code: 0, said: expect.not.stringContaining('failed') });
      const names = rows.map(({ work }) => work);
      const promised = ['append-32', 'append-128', 'command-32', 'http-64', 'catch-up', 'lag-500', 'read-one', 'read-page'];
      expect(names).toEqual(expect.arrayContaining([...promised, 'embedded-append-32', 'cold-start']));
      expect(rows.filter(({ ours }) => !(ours >= 0)).map(({ work }) => work)).toEqual([]);
    },
    600_000,
  );

  it('names a work that fails, and goes on to the others, beside the baselines', async () => {
    const nowhere = 'esdb://127.0.0.1:9?tls=false';
    // One of each kind: on the log, by a command, over HTTP.
    const others = ['append-32', 'command-32', 'read-one'];
    const { code, said, rows } = await bench(['--only', ['eventstore-append-1', ...others].join(',')], nowhere);
    expect(said).toMatch(
      /eventstore-append-1 failed: its process ended with 1 and said[^]*127\.0\.0\.1:9[^]*Not measured: eventstore-append-1\./,
    );
    expect(code).toBe(1);
    expect(rows.map(({ work }) => work)).toEqual(others);
    expect(rows.filter(({ ours }) => !(ours >= 0)).map(({ work }) => work)).toEqual([]);
    expect(rows.find(({ work }) => work === 'command-32')?.ratios).toEqual({ emmett: expect.any(Number), dbos: expect.any(Number) });
  });
});
