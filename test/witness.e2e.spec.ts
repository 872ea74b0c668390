import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkpointText,
  consistencyProof,
  cosignatureVerifier,
  ed25519Type,
  encodeAddCheckpoint,
  encodeNote,
  leafHash,
  longestAddCheckpoint,
  noteVerifier,
  openNote,
  originHash,
  parseNote,
  parseSignatures,
  parseVerifierKey,
  rootOf,
  signerKey,
  signNote,
  TreeAppender,
  utf8,
  verifierKeyText,
} from '#audit/verifier';
import type { TileReader } from '#audit/verifier';
import { startApp, tinhgon } from './support/app.js';
import { order, registration, signInAs } from './support/client.js';

const log = signerKey('log.example/one', ed25519Type, new Uint8Array(32).fill(1));
const logArguments = ['--origin', log.name, '--key', verifierKeyText(log)] as const;

/** A past with its leaves, and what its log signs of it. Two pasts share their first four leaves. */
class Past {
  private readonly leaves: readonly Uint8Array[];

  constructor(word: string) {
    this.leaves = Array.from({ length: 40 }, (_, index) => leafHash(utf8(`${index < 4 ? 'both' : word} ${index}`)));
  }

  checkpoint(size: number): Uint8Array {
    const text = checkpointText({ origin: log.name, size, root: rootOf(this.leaves.slice(0, size)) });
    return encodeNote({ text, signatures: [signNote(text, log)] });
  }

  proof(from: number, to: number): Promise<readonly Uint8Array[]> {
    const appender = new TreeAppender();
    for (const leaf of this.leaves.slice(0, to)) appender.append(leaf);
    const tiles = appender.takeChanged();
    const read: TileReader = (level, index) =>
      Promise.resolve(tiles.find((tile) => tile.level === level && tile.index === index)?.hashes ?? new Uint8Array());
    return consistencyProof(from, to, read);
  }

  async request(from: number, to: number): Promise<Uint8Array> {
    return encodeAddCheckpoint({ oldSize: from, proof: await this.proof(from, to), checkpoint: this.checkpoint(to) });
  }
}
const past = new Past('one');
const otherPast = new Past('other');

interface StartedWitness {
  readonly url: string;
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
  readonly stderr: () => string;
}

const running = new Set<StartedWitness>();

async function startWitness(state: string, of: readonly string[] = logArguments): Promise<StartedWitness> {
  const launcher = join(process.cwd(), 'apps', 'cli', 'tinhgon.js');
  const child = spawn(process.execPath, [launcher, 'witness', ...of, '--state', state], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const found = /^The witness \S+ is ready at (http:\S+)\n$/.exec(stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exited.then(() => reject(new Error(`The witness ended before it was ready: ${stdout}${stderr}`)));
  });
  const started: StartedWitness = {
    url,
    end: (signal = 'SIGTERM') => {
      running.delete(started);
      child.kill(signal);
      return exited;
    },
    stderr: () => stderr,
  };
  running.add(started);
  return started;
}

const ask = async ({ url }: StartedWitness, body: Uint8Array) => {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: Buffer.from(body) });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

describe('A witness', () => {
  let folder: string;
  let witness: StartedWitness;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-witness-'));
    witness = await startWitness(join(folder, 'state'));
  });
  afterAll(async () => {
    await Promise.all([...running].map((started) => started.end()));
    await rm(folder, { recursive: true, force: true });
  });
  const state = (name: string) => join(folder, 'state', name);
  const ownKey = async () => parseVerifierKey((await readFile(state('witness.vkey'), 'utf8')).trim());

  it('makes a key of its own, which nobody else may read', async () => {
    expect((await stat(state('witness.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700);
    expect((await ownKey()).type).toBe(4);
  });

  it('cosigns the first tree and what goes on from it, and shows the newest', async () => {
    const hash = originHash(log.name);
    expect((await fetch(`${witness.url}/${hash}/checkpoint`)).status).toBe(404);
    for (const [from, to] of [
      [0, 2],
      [2, 2],
      [2, 4],
    ] as const) {
      const { status, text } = await ask(witness, await past.request(from, to));
      expect(status).toBe(200);
      const [signed] = parseSignatures(text.trimEnd());
      const note = new Uint8Array(await (await fetch(`${witness.url}/${hash}/checkpoint`)).arrayBuffer());
      const opened = openNote(note, [noteVerifier(log), cosignatureVerifier(await ownKey())]);
      expect(opened.verified).toHaveLength(2);
      expect(opened.verified).toContainEqual(signed);
      expect(opened.text.split('\n')[1]).toBe(String(to));
    }
    expect((await fetch(`${witness.url}/${'0'.repeat(64)}/checkpoint`)).status).toBe(404);
  });

  it('says which size it knows', async () => {
    expect(await ask(witness, await past.request(2, 6))).toEqual({ status: 409, type: 'text/x.tlog.size', text: '4\n' });
  });

  /** What the witness has come to know. */
  let known = { past, size: 4 };
  const other = () => (known.past === past ? otherPast : past);

  it('of two futures asked for at once cosigns one', async () => {
    const futures = [past, otherPast, otherPast, past];
    const answers = await Promise.all(futures.map(async (one, at) => ask(witness, await one.request(4, 8 + (at % 3)))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 200);
    known = { past: futures[winner] ?? past, size: 8 + (winner % 3) };
    expect(await ask(witness, await known.past.request(0, 30))).toMatchObject({ status: 409, text: `${known.size}\n` });
    expect((await ask(witness, await other().request(known.size, 12))).status).toBe(422);
    expect((await ask(witness, await known.past.request(known.size, 12))).status).toBe(200);
    known = { ...known, size: 12 };
  });

  it('is alarmed by a fork and by a rollback, and keeps what it was shown', async () => {
    const fork = await other().request(12, 12);
    expect((await ask(witness, fork)).status).toBe(422);
    expect((await ask(witness, await known.past.request(0, 7))).status).toBe(409);
    for (let times = 0; times < 3; times += 1) await ask(witness, fork);
    expect(witness.stderr()).toMatch(/^ALARM fork: /m);
    expect(witness.stderr()).toMatch(/^ALARM rollback: /m);
    const lines = (await readFile(state('alarms'), 'utf8')).trim().split('\n');
    expect(lines.filter((line) => line.includes(' fork: '))).toHaveLength(1);
    const kept = await Promise.all(lines.map(async (line) => new Uint8Array(await readFile(state(line.split(' ').at(-1) ?? '')))));
    expect(kept).toContainEqual(fork);
  });

  it('is one for its folder', async () => {
    const { code, stderr } = await tinhgon(['witness', ...logArguments, '--state', join(folder, 'state')], { PORT: '0' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('is in use by process')]);
  });

  it('knows after a kill all that it has cosigned, and signs no other future of it', async () => {
    for (const to of [16, 20]) {
      const promised = await ask(witness, await known.past.request(known.size, to));
      expect(promised.status).toBe(200);
      // Under way when it is killed: whether it was recorded nobody can say, but then the answer never left.
      const underWay = ask(witness, await known.past.request(to, to + 1)).catch(() => null);
      await witness.end('SIGKILL');
      const answered = await underWay;
      witness = await startWitness(join(folder, 'state'));
      const size = Number((await ask(witness, await known.past.request(0, 40))).text);
      expect(size === to + 1 || (size === to && answered?.status !== 200)).toBe(true);
      expect((await ask(witness, await other().request(size, 30))).status).toBe(422);
      known = { ...known, size };
    }
    expect(witness.stderr()).toMatch(/was alarmed \d+ times/);
  });

  it('answers garbage, and goes on', async () => {
    const request = await known.past.request(known.size, 30);
    const changed = fc
      .tuple(fc.nat(request.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([place, by]) => request.with(place, (request[place] ?? 0) ^ by));
    const path = fc.constantFrom(
      '/add-checkpoint',
      '/',
      '/add-checkpoint/',
      '/%',
      `/${'a'.repeat(64)}/checkpoint`,
      '/../../etc/passwd',
      '/sign-subtree',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 500 }), changed),
        path,
        fc.constantFrom('POST', 'PUT', 'DELETE'),
        async (body, at, method) => {
          const response = await fetch(`${witness.url}${at}`, { method, body: Buffer.from(body) });
          await response.text();
          expect([400, 403, 404, 405, 409, 422]).toContain(response.status);
        },
      ),
      { numRuns: 150 },
    );
    const { port } = new URL(witness.url);
    for (const sent of [
      '\0\0\0',
      'GET',
      'POST /add-checkpoint HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nold',
      'x'.repeat(100_000),
    ]) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined).resume();
      socket.end(sent);
      await new Promise((resolve) => socket.on('close', resolve));
    }
    const long = await ask(witness, new Uint8Array(longestAddCheckpoint + 1)).catch(() => ({ status: 413 }));
    expect(long.status).toBe(413);
    expect((await ask(witness, request)).status).toBe(200);
  });

  it('is not kept busy by one address, and answers it again a moment later', async () => {
    const flood = async (): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (let sent = 0; sent < 20; sent++)
        statuses.push((await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body: 'old 0' })).status);
      return statuses;
    };
    const statuses = (await Promise.all(Array.from({ length: 50 }, flood))).flat();
    expect(new Set(statuses)).toEqual(new Set([400, 429]));
    const refused = await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body: 'old 0' });
    if (refused.status === 429) expect(refused.headers.get('retry-after')).toBe('1');
    await sleep(1_500);
    expect((await ask(witness, await known.past.request(known.size, 30))).status).not.toBe(429);
  });

  it('signs nothing where what it remembers was changed', async () => {
    await witness.end();
    const name = (await readdir(join(folder, 'state'))).find((each) => each.endsWith('.checkpoint')) ?? '';
    const note = await readFile(state(name), 'utf8');
    await writeFile(state(name), note.replace(/\n\d+\n/, '\n39\n'));
    const start = () => tinhgon(['witness', ...logArguments, '--state', join(folder, 'state')], { PORT: '0' });
    expect(await start()).toMatchObject({ code: 1, stderr: expect.stringContaining('is not what this witness has cosigned') });
    await writeFile(state(name), '');
    expect((await start()).code).toBe(1);
  });
});

describe('A witness of carried files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-cosign-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const carried = async (name: string, content: Uint8Array | string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const proofFile = async (from: number, to: number, one = past) =>
    carried(
      `${from}-${to}`,
      JSON.stringify({ from, to, hashes: (await one.proof(from, to)).map((hash) => Buffer.from(hash).toString('base64')) }),
    );
  const cosign = (...given: readonly string[]) => tinhgon(['cosign', ...given, '--state', join(folder, 'state')]);

  it('cosigns what goes on from what it knows, and nothing else', async () => {
    const [five, nine, fork] = [
      await carried('5', past.checkpoint(5)),
      await carried('9', past.checkpoint(9)),
      await carried('f', otherPast.checkpoint(9)),
    ];
    expect(await cosign(five)).toMatchObject({ code: 1, stderr: expect.stringContaining('knows no log log.example/one') });
    const first = await cosign(five, '--key', verifierKeyText(log));
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const key = parseVerifierKey((await readFile(join(folder, 'state', 'witness.vkey'), 'utf8')).trim());
    const { text } = parseNote(past.checkpoint(5));
    const [signed] = parseSignatures(first.stdout.trimEnd());
    expect(signed && cosignatureVerifier(key).verify(text, signed.signature)).toBe(true);

    // Whoever slips with the key is refused, and what is known of the log stays.
    const wrong = verifierKeyText(signerKey(log.name, ed25519Type, new Uint8Array(32).fill(2)));
    expect(await cosign(nine, '--key', wrong)).toMatchObject({ code: 1, stderr: expect.stringContaining('are not kept') });
    expect(await cosign(nine)).toMatchObject({ code: 1, stderr: expect.stringContaining('Carry a proof from 5') });
    expect(await cosign(fork, '--old', five, '--proof', await proofFile(5, 9))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ALARM inconsistent'),
    });
    expect(await cosign(nine, '--old', five, '--proof', await proofFile(5, 9))).toMatchObject({ code: 0 });
    const later = await carried('12', past.checkpoint(12));
    expect(await cosign(later, '--old', fork, '--proof', await proofFile(9, 12))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not the one that this witness knows'),
    });
    expect(await cosign(five)).toMatchObject({ code: 1, stderr: expect.stringContaining('ALARM rollback') });
    expect(await cosign(await carried('x', 'nothing'))).toMatchObject({ code: 1, stderr: expect.stringContaining('is no checkpoint') });
  });
});

describe('The log of an installation', () => {
  it('is witnessed by whom its policy names, and entries of its histories say so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tinhgon-witnessed-'));
    const { stdout, stderr } = await tinhgon(['audit', 'key', '--origin', 'log.example/product']);
    const verifier = /log\.example\/product\S+/.exec(stderr)?.[0] ?? '';
    const witness = await startWitness(join(folder, 'state'), ['--origin', 'log.example/product', '--key', verifier]);
    const witnessKey = (await readFile(join(folder, 'state', 'witness.vkey'), 'utf8')).trim();
    const policy = join(folder, 'policy');
    await writeFile(policy, `log ${verifier}\nwitness inspectorate ${witnessKey} ${witness.url}\nquorum inspectorate\n`);
    const app = await startApp({ env: { DATA_DIR: join(folder, 'data'), AUDIT_KEY: stdout.trim(), AUDIT_POLICY_FILE: policy } });
    try {
      const officer = await signInAs(app.url, 'officer', 'service');
      const { id } = await order(officer, 'procedures', registration(officer));
      const proofs = async (): Promise<readonly string[]> =>
        (await officer.get<{ items: { proof: string }[] }>(`/api/v1/procedures/${id}/history`)).body.items.map(({ proof }) => proof);
      while ((await proofs())[0] !== 'witnessed') await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await tinhgon(['verify', '--log', app.url, '--policy', policy])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('cosigned by inspectorate'),
      });
      const auditor = await signInAs(app.url, 'auditor', 'ministry');
      const { body } = await auditor.get<{ witnessedSize: number; witnesses: { size: number; at: string }[] }>('/api/v1/audit/state');
      expect(body.witnesses).toEqual([
        {
          ...{ name: 'inspectorate', key: witnessKey.split('+', 2).join('+') },
          ...{ size: expect.any(Number), at: expect.stringMatching(/Z$/) },
        },
      ]);
      expect(body.witnesses[0]?.size).toBeGreaterThanOrEqual(body.witnessedSize);
    } finally {
      await app.stop();
      await witness.end();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
