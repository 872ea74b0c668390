import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  base64,
  canonicalJson,
  checkpointText,
  decodeEntries,
  fromBase64,
  isConsistent,
  isIncluded,
  leafHash,
  noteVerifier,
  openLeaf,
  openNote,
  parseSignerKey,
  signNote,
  signatureLine,
  parseCheckpoint,
  parseTlogProof,
  parseVerifierKey,
  rootOf,
  utf8,
} from '#audit/verifier';
import type { Checkpoint } from '#audit/verifier';
import { startApp, tinhgon } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { fetchBundle, zipped } from './support/bundles.js';
import { Caller, decision, goodReview, order, registration, signInAs } from './support/client.js';
import type { Accepted, Problem } from './support/client.js';
import { textsOfZip } from './support/zip-texts.js';

/** All files of a small zip as text. */
async function unzipped(path: string): Promise<{ readonly names: readonly string[]; readonly texts: Readonly<Record<string, string>> }> {
  const texts = Object.fromEntries(await textsOfZip(await readFile(path)));
  return { names: Object.keys(texts), texts };
}

describe('The sealed log', () => {
  let app: StartedApp;
  let auditor: Caller;
  let officer: Caller;
  let registered: Accepted;

  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tinhgon-proofs-'));
    app = await startApp();
    auditor = await signInAs(app.url, 'auditor', 'ministry');
    officer = await signInAs(app.url, 'officer', 'service');
    registered = await order(officer, 'procedures', registration(officer));
  });
  afterAll(async () => {
    await app.stop();
    await rm(folder, { recursive: true });
  });

  const plain = async (path: string): Promise<string> => (await fetch(`${app.url}${path}`)).text();
  const octets = async (path: string, caller?: Caller): Promise<Uint8Array> => {
    const headers = caller ? { authorization: `Bearer ${caller.token}` } : undefined;
    const answer = await fetch(`${app.url}${path}`, headers && { headers });
    expect(answer.status).toBe(200);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const opened = async (note: string): Promise<Checkpoint> => {
    const key = parseVerifierKey((await plain('/audit/key')).trim());
    return parseCheckpoint(openNote(utf8(note), [noteVerifier(key)]).text);
  };
  const proofOf = async (query: string, caller = auditor): Promise<string> =>
    (await caller.get<string>(`/api/v1/audit/proof?${query}`)).body;

  it('proves what was answered a moment ago to whoever has the key, without a second question', async () => {
    const proof = parseTlogProof(utf8(await proofOf(`position=${registered.position}`)));
    const { size, root, origin } = await opened(new TextDecoder().decode(proof.checkpoint));
    const leaf = proof.extra ?? new Uint8Array();
    expect(openLeaf(leaf)).toMatchObject({ stream: `procedure-${registered.id}`, revision: 0, type: 'ProcedureRegistered' });
    expect(isIncluded({ index: proof.index, size, leaf: leafHash(leaf), proof: proof.hashes }, root)).toBe(true);
    expect(origin).toMatch(/^tinhgon\.local\/[0-9a-f-]{36}$/);
    expect(checkpointText({ origin, size, root })).toContain(base64(root));
  });

  it('gives its tiles to everybody and its leaves to auditors, and both make the tree that was signed', async () => {
    const { size, root } = await opened(await plain('/audit/checkpoint'));
    expect(size).toBeLessThan(256);
    const tile = await octets(`/audit/tile/0/000.p/${size}`);
    const leaves = decodeEntries(await octets(`/audit/tile/entries/000.p/${size}`, auditor)).map((leaf) => leafHash(leaf));
    expect(leaves.map(base64)).toEqual(Array.from({ length: size }, (_, at) => base64(tile.subarray(at * 32, at * 32 + 32))));
    expect(rootOf(leaves)).toEqual(root);
    const statuses = await Promise.all(
      ['tile/0/000', `tile/0/000.p/255`, 'tile/0/001.p/1', 'tile/9/000.p/1', 'tile/0/0.p/1', 'tile/entries/000.p/1'].map(
        async (path) => (await fetch(`${app.url}/audit/${path}`)).status,
      ),
    );
    expect(statuses).toEqual([404, 404, 404, 404, 404, 401]);
    expect((await fetch(`${app.url}/audit/tile/entries/000.p/1`, { headers: { authorization: `Bearer ${officer.token}` } })).status).toBe(
      403,
    );
    const disguised = ['tile/entries%2F000.p/1', 'tile/entries%2f000.p%2f1', 'tile/%65ntries/000.p/1', 'tile/%65ntries%2F000.p/1'];
    for (const path of disguised)
      expect([path, [401, 404].includes((await fetch(`${app.url}/audit/${path}`)).status)]).toEqual([path, true]);
    const cached = await fetch(`${app.url}/audit/tile/0/000.p/1`);
    expect(cached.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const again = await fetch(`${app.url}/audit/tile/0/000.p/1`, { headers: { 'if-none-match': cached.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('proves that it only grew', async () => {
    await proofOf(`position=${registered.position}`);
    const older = await opened(await plain('/audit/checkpoint'));
    await order(officer, `procedures/${registered.id}/actions/review`, goodReview);
    await proofOf(`position=${(await order(officer, 'procedures', registration(officer))).position}`);
    const newer = await opened(await plain('/audit/checkpoint'));
    const { body } = await auditor.get<{ hashes: string[] }>(`/api/v1/audit/consistency?from=${older.size}&to=${newer.size}`);
    expect(newer.size).toBeGreaterThan(older.size);
    expect(isConsistent(older, newer, body.hashes.map(fromBase64))).toBe(true);
    const early = parseTlogProof(utf8(await proofOf(`position=${registered.position}&size=${older.size}`)));
    expect((await opened(new TextDecoder().decode(early.checkpoint))).root).toEqual(older.root);
  });

  it('says of each entry of a history how far it is beyond doubt', async () => {
    const { body } = await officer.get<{ items: { proof: string }[] }>(`/api/v1/procedures/${registered.id}/history`);
    expect(body.items.map(({ proof }) => proof)).toEqual(['sealed', 'sealed']);
  });

  it('gives proofs of a procedure to whoever may open it, and refuses what makes no sense', async () => {
    expect(await proofOf(`position=${registered.position}`, officer)).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
    const refused = async (query: string, caller = auditor): Promise<readonly unknown[]> => {
      const { status, body } = await caller.get<Problem>(`/api/v1/audit/${query}`);
      return [status, body.code];
    };
    expect(await refused('proof?position=1', officer)).toEqual([404, 'not-found']);
    expect(await refused('proof?position=999999')).toEqual([404, 'not-found']);
    expect(await refused('proof')).toEqual([400, 'invalid-query']);
    expect(await refused('proof?position=1&event=00000000-0000-4000-8000-000000000000')).toEqual([400, 'invalid-query']);
    expect(await refused('proof?event=00000000-0000-4000-8000-000000000000')).toEqual([404, 'not-found']);
    expect(await refused('proof?position=1&size=0')).toEqual([404, 'not-found']);
    expect(await refused('consistency?from=2&to=1')).toEqual([400, 'invalid-query']);
    expect(await refused('consistency?from=1&to=9999999')).toEqual([404, 'not-found']);
  });

  /** The bundle as a file of its own. */
  const bundleOf = async (scope: object, name: string): Promise<string> => {
    await writeFile(join(folder, name), await fetchBundle(app.url, auditor, scope));
    return join(folder, name);
  };
  const verified = async (...args: readonly string[]): Promise<{ readonly code: number | null; readonly findings: readonly string[] }> => {
    const { code, stdout } = await tinhgon(['verify', '--json', ...args]);
    const { findings } = JSON.parse(stdout) as { findings: readonly { check: string; index: number | null; message: string }[] };
    return { code, findings: findings.map(({ check, index, message }) => `${check} ${String(index)} ${message}`) };
  };

  it('is handed out in bundles that verify without it, and name what was changed, left out or put in', async () => {
    const key = (await plain('/audit/key')).trim();
    const whole = await bundleOf({ all: true }, 'all.zip');
    const one = await bundleOf({ procedure: registered.id }, 'one.zip');
    const year = await bundleOf({ period: String(new Date().getUTCFullYear()) }, 'year.zip');
    for (const bundle of [whole, one, year])
      expect([bundle, await verified(bundle, '--key', key)]).toEqual([bundle, { code: 0, findings: [] }]);
    const inPython = (...bundles: readonly string[]): readonly string[] =>
      spawnSync('python3', ['test/audit/verify.py', 'bundle', ...bundles, '--key', key], { encoding: 'utf8' })
        .stdout.split('\n')
        .flatMap((line) => (line === '' ? [] : [line.slice(line.indexOf(': ') + 2)]));
    const withPython = inPython(whole).length > 0 ? 1 : 0;
    expect(inPython(whole, one, year)).toEqual(
      Array.from({ length: 3 * withPython }, () => expect.stringMatching(/ entries of .*: holds$/) as unknown),
    );

    const { names, texts } = await unzipped(one);
    expect(names).toEqual(expect.arrayContaining(['README.md', 'key.txt', 'checkpoint.txt', 'events.jsonl', 'manifest.txt']));
    const lines = (texts['events.jsonl'] ?? '').trimEnd().split('\n');
    const mine = lines.findIndex((line) => line.includes(`"stream":"procedure-${registered.id}","revision":1`));
    const indexAt = (place: number): number => (JSON.parse(lines[place] ?? '{}') as { index: number }).index;
    const withLines = async (changed: readonly string[]): Promise<readonly string[]> => {
      const path = join(folder, 'changed.zip');
      await zipped(path, { ...texts, 'events.jsonl': `${changed.join('\n')}\n` });
      const { code, findings } = await verified(path, '--key', key);
      expect(code).toBe(1);
      expect(inPython(path)).toEqual(Array.from({ length: withPython }, () => expect.stringMatching(/: DOES NOT HOLD$/) as unknown));
      return findings;
    };
    const changed = lines.with(mine, (lines[mine] ?? '').replace('"necessary":true', '"necessary":false'));
    expect(await withLines(changed)).toContain(
      `data ${String(indexAt(mine))} The data of the event at ${String(indexAt(mine))} is not what was sealed.`,
    );
    expect((await withLines(lines.toSpliced(mine, 1))).join()).toContain(
      `Of procedure-${registered.id} revisions from 1 to 1 are missing.`,
    );
    expect((await withLines(lines.toSpliced(mine - 1, 1))).join()).toContain(
      `missing ${String(indexAt(mine))} Of procedure-${registered.id} revision 0 is due, and 1 comes.`,
    );
    expect((await withLines([...lines, lines[0] ?? ''])).join()).toContain('The bundle was made with');
    const another = 'log.example/other+c1a4d0b5+AZ0xVzPoL9e6bFW0mVZ3EwBcPpQ1s8m0XNBkXgCY1T5C';
    expect((await tinhgon(['verify', one, '--key', another])).code).toBe(1);
    expect((await tinhgon(['verify', join(folder, 'nothing.zip')])).stderr).toContain('cannot be read');

    // What cannot be looked at is answered in the same form.
    const cut = join(folder, 'cut.zip');
    await writeFile(cut, (await readFile(one)).subarray(0, -30));
    expect(await verified(cut, '--key', key)).toEqual({ code: 1, findings: [`form null ${cut} is not a whole zip.`] });
  });

  it('is handed out to whoever goes away in the middle of it, and goes on without a warning', async () => {
    const { body } = await auditor.post<{ id: string }>('/api/v1/audit/bundles', { all: true });
    const headers = { authorization: `Bearer ${auditor.token}` };
    for (let begun = 0; begun < 3;) {
      const leaving = new AbortController();
      const { status, body: octets } = await fetch(`${app.url}/api/v1/audit/bundles/${body.id}`, { headers, signal: leaving.signal });
      await octets?.getReader().read();
      leaving.abort();
      if (status === 200) begun++;
      else expect(status).toBe(202);
    }
    expect((await fetchBundle(app.url, auditor, { all: true })).length).toBeGreaterThan(1_000);
    expect(app.stderr()).not.toContain('Warning');
  });

  it('is handed out as the inspection pack of a unit, with what the unit has and nothing of others', async () => {
    const [first, other] = [await signInAs(app.url, 'officer', 'unit', 1), await signInAs(app.url, 'officer', 'unit', 2)];
    const [one, two, theirs] = [
      await order(first, 'procedures', registration(first)),
      await order(first, 'procedures', registration(first)),
      await order(other, 'procedures', registration(other)),
    ];
    const secret = await order(officer, 'procedures', { ...registration(officer), classification: 'confidential' });
    const streamsIn = async (path: string): Promise<readonly string[]> => {
      const [, manifest = ''] = ((await unzipped(path)).texts['manifest.txt'] ?? '').split('\n');
      return Object.keys((JSON.parse(manifest) as { streams: object }).streams);
    };
    const pack = await bundleOf({ unit: first.person?.unit.id }, 'unit.zip');
    const procedures = (await streamsIn(pack)).filter((stream) => stream.startsWith('procedure-'));
    expect(procedures.sort()).toEqual([`procedure-${one.id}`, `procedure-${two.id}`].sort());
    const { names, texts } = await unzipped(pack);
    expect(texts['events.jsonl']).not.toContain(theirs.id);
    expect([names.includes('state.json'), texts['README.md']]).toEqual([
      false,
      expect.stringContaining(`unit ${first.person?.unit.id ?? ''} (2)`),
    ]);

    const key = (await plain('/audit/key')).trim();
    expect(await verified(pack, '--key', key)).toEqual({ code: 0, findings: [] });
    const inPython = spawnSync('python3', ['test/audit/verify.py', 'bundle', pack, '--key', key], { encoding: 'utf8' });
    if (inPython.error === undefined) expect(inPython.stdout).toMatch(/ entries of .*: holds\n$/);
    // Whoever leaves a procedure of the unit out, whole, is found by the manifest.
    const without = join(folder, 'without.zip');
    const lines = (texts['events.jsonl'] ?? '').split('\n').filter((line) => !line.includes(two.id));
    await zipped(without, { ...texts, 'events.jsonl': lines.join('\n') });
    expect((await verified(without, '--key', key)).findings.join()).toContain(`Of procedure-${two.id} revisions from 0 to `);

    // What is to be read with it stands beside, and says so.
    const sheetsOf = ['refusals', 'returns', 'funnel', 'overdue', 'on-time'];
    expect(names.filter((name) => name.startsWith('sheets/'))).toEqual(sheetsOf.map((name) => `sheets/${name}.csv`));
    expect(texts['README.md']).toContain('không được cây chứng minh');
    expect(texts['README.md']).toContain('they are not proven by the tree');
    const refused = (in_: Readonly<Record<string, string>>): readonly string[] =>
      (in_['sheets/refusals.csv'] ?? '')
        .split('\r\n')
        .slice(1)
        .filter((line) => line !== '');
    expect(refused(texts)).toEqual([]);
    // Refused are somebody of the unit elsewhere, and somebody from elsewhere with the unit's procedure; what concerns neither is in no sheet.
    await first.post(`/api/v1/procedures/${one.id}/actions/publish`, { decision });
    await officer.post(`/api/v1/procedures/${two.id}/actions/publish`, { decision });
    await other.post(`/api/v1/procedures/${theirs.id}/actions/publish`, { decision });
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const ofToday = await unzipped(await bundleOf({ unit: first.person?.unit.id, from: today, to: today }, 'today.zip'));
    expect(refused(ofToday.texts).map((line) => [one.id, two.id, theirs.id].filter((id) => line.includes(id)))).toEqual([
      [two.id],
      [one.id],
    ]);
    expect(ofToday.texts['sheets/funnel.csv']).toMatch(/^\ufeffLoại \/ Kind,[^\n]*\r\ninternal,D,registered,2\r\n$/);
    expect(await verified(join(folder, 'today.zip'), '--key', key)).toEqual({ code: 0, findings: [] });
    // Of a period in which nothing happened there is nothing but what it rests on.
    const past = await bundleOf({ unit: first.person?.unit.id, from: '2001-01-01', to: '2001-12-31' }, 'past.zip');
    expect([await streamsIn(past), refused((await unzipped(past)).texts)]).toEqual([[], []]);
    for (const wrong of [
      { from: today, all: true },
      { unit: first.person?.unit.id, from: today, to: '2001-01-01' },
    ])
      expect((await auditor.post('/api/v1/audit/bundles', wrong)).status).toBe(400);

    const above = await streamsIn(await bundleOf({ unit: officer.person?.unit.id }, 'above.zip'));
    expect(above).toEqual(expect.arrayContaining([one, two, theirs, registered].map(({ id }) => `procedure-${id}`)));
    // What is classified is there as far as the auditor may open it.
    expect(above.includes(`procedure-${secret.id}`)).toBe((await auditor.get(`/api/v1/procedures/${secret.id}`)).status === 200);
    const unknown = await auditor.post<Problem>('/api/v1/audit/bundles', { unit: registered.id });
    expect([unknown.status, unknown.body.errors?.map(({ path }) => path)]).toEqual([400, ['unit']]);
  });

  /** An auditor of the service, by the id of the person. */
  const newAuditor = async (username: string, clearance = 'none'): Promise<{ readonly id: string; readonly caller: Caller }> => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const password = 'mat-khau-dai-cua-kiem-toan';
    const { id } = await order(administrator, 'people', { name: 'Kiểm toán', username, password, clearance });
    await order(administrator, `people/${id}/roles`, { role: 'auditor', unit: officer.person?.unit.id });
    const signedIn = await new Caller(app.url, null).post<{ token: string }>('/api/v1/auth/login', { username, password });
    return { id, caller: new Caller(app.url, signedIn.body.token) };
  };
  const eventsIn = async (bundle: Buffer): Promise<string> => {
    const path = join(folder, 'about-what-is-classified.zip');
    await writeFile(path, bundle);
    expect((await verified(path, '--key', (await plain('/audit/key')).trim())).code).toBe(0);
    return (await unzipped(path)).texts['events.jsonl'] ?? '';
  };

  it('keeps what units said about something classified from an auditor who is not cleared', async () => {
    const colleague = await signInAs(app.url, 'officer', 'service', 1);
    const unit = officer.person?.unit.id;
    const secret = await order(officer, 'procedures', { ...registration(officer), code: '7.654321', classification: 'confidential' });
    const asked = await order(officer, `procedures/${secret.id}/consultations`, {
      ...{ units: [unit], question: 'Hỏi về trận địa', dueOn: '2027-12-01' },
    });
    const answered = await order(colleague, `tasks/${asked.id}/answer`, { unit, answer: 'Trận địa dời về phía bắc' });
    const { caller: uncleared } = await newAuditor('kiem-toan-khong-mat');
    const eventsFor = async (caller: Caller): Promise<string> => eventsIn(await fetchBundle(app.url, caller, { all: true }));
    for (const text of ['Hỏi về trận địa', 'Trận địa dời về phía bắc']) {
      expect(await eventsFor(auditor)).toContain(text);
      expect(await eventsFor(uncleared)).not.toContain(text);
    }
    // Nor do their leaves say what was asked, or that a code was taken, and by whom.
    for (const name of [`inquiry-${asked.id}`, 'code-7.654321']) {
      expect(await eventsFor(auditor)).toContain(`"stream":"${name}"`);
      expect(await eventsFor(uncleared)).not.toContain(name);
    }
    const trail = async (caller: Caller): Promise<boolean> =>
      (await caller.get<{ items: { position: string }[] }>('/api/v1/audit/events?limit=200')).body.items.some(
        ({ position }) => position === answered.position,
      );
    expect([await trail(auditor), await trail(uncleared)]).toEqual([true, false]);
  });

  it('has no bundle of what somebody is not cleared for, nor of what they are not cleared for any more, and no number of it', async () => {
    const administrator = await signInAs(app.url, 'administrator', 'service');
    const { person: below } = await signInAs(app.url, 'officer', 'unit');
    const [unit, field] = [officer.person?.unit.id, 'trận địa'];
    const secret = await order(officer, 'procedures', { ...registration(officer), field, classification: 'confidential' });
    await order(officer, 'procedures', { ...registration(officer), field });
    const [cleared, uncleared] = [await newAuditor('co-mat', 'confidential'), await newAuditor('khong-mat')];

    const asked = async ({ caller }: typeof cleared, procedure: string): Promise<unknown> =>
      (await caller.post('/api/v1/audit/bundles', { procedure })).status;
    expect([await asked(cleared, secret.id), await asked(uncleared, secret.id), await asked(cleared, cleared.id)]).toEqual([202, 404, 404]);

    // It was asked for while they were cleared.
    const { body } = await cleared.caller.post<{ id: string }>('/api/v1/audit/bundles', { procedure: secret.id });
    const subjects = async (): Promise<number> => {
      for (;;) {
        const headers = { authorization: `Bearer ${cleared.caller.token}` };
        const answer = await fetch(`${app.url}/api/v1/audit/bundles/${body.id}`, { headers });
        const octets = Buffer.from(await answer.arrayBuffer());
        if (answer.status === 200) return (await eventsIn(octets)).split('"of":"subject"').length - 1;
      }
    };
    expect(await subjects()).toBe(1);
    await order(administrator, `people/${cleared.id}/clearance`, { clearance: 'none' });
    expect(await subjects()).toBe(0);
    await order(administrator, `people/${cleared.id}/clearance`, { clearance: 'confidential' });

    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const steps = [{ kind: 'transfer', unit, to: below?.unit.id, fields: [field] }];
    const plan = { title: 'Giao xuống', decision: { number: '1/QĐ', date: today }, effectiveOn: today, steps };
    const { id } = await order(administrator, 'reorganisations', plan);
    const state = async (): Promise<string> => (await administrator.get<{ state: string }>(`/api/v1/reorganisations/${id}`)).body.state;
    while (['planned', 'running'].includes(await state())) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await state()).toBe('completed');
    const all = async ({ caller }: typeof cleared): Promise<string> => eventsIn(await fetchBundle(app.url, caller, { all: true }));
    expect(await all(cleared)).toContain('"moved":{"none":1,"confidential":1}');
    expect(await all(uncleared)).not.toContain('"moved"');
  });

  it('claims in a bundle the state that its events come to, and is found out where it claims another one', async () => {
    const key = (await plain('/audit/key')).trim();
    const path = await bundleOf({ procedure: registered.id }, 'stated.zip');
    const { stdout } = await tinhgon(['verify', path, '--key', key]);
    expect(stdout).toContain('the state that its events come to is the claimed one');
    const { texts } = await unzipped(path);
    const { state, steps, ...rest } = JSON.parse(texts['state.json'] ?? '') as {
      readonly state: { readonly title: string; readonly stage: string };
      readonly steps: readonly { readonly revision: number; readonly sha256: string }[];
    };
    const { body } = await auditor.get<{ title: string; stage: string }>(`/api/v1/procedures/${registered.id}`);
    expect([state.title, state.stage]).toEqual([body.title, body.stage]);
    const leafOf = (revision: number): string => {
      const line = (texts['events.jsonl'] ?? '')
        .split('\n')
        .find((one) => one.includes(`"stream":"procedure-${registered.id}","revision":${String(revision)}`));
      return String((JSON.parse(line ?? '{}') as { index: number }).index);
    };

    const withState = async (claim: object | null, sign: (manifest: object) => object): Promise<readonly string[]> => {
      const signer = parseSignerKey((await readFile(join(app.dataDir, 'audit.key'), 'utf8')).trim());
      const [header = '', said = ''] = (texts['manifest.txt'] ?? '').split('\n');
      const text = claim === null ? undefined : `${canonicalJson(claim)}\n`;
      // Canonical JSON has no field that is undefined.
      const promised = { state: text && createHash('sha256').update(text).digest('hex') };
      const manifest = `${header}\n${canonicalJson(sign({ ...(JSON.parse(said) as object), ...promised }))}\n`;
      const files = Object.fromEntries(Object.entries(texts).filter(([name]) => name !== 'state.json'));
      const changed = join(folder, 'stated-otherwise.zip');
      await zipped(changed, {
        ...files,
        ...(text !== undefined && { 'state.json': text }),
        'manifest.txt': `${manifest}\n${signatureLine(signNote(manifest, signer))}`,
      });
      return (await verified(changed, '--key', key)).findings;
    };
    const asSigned = (manifest: object): object => manifest;
    expect(await withState({ ...rest, steps, state }, asSigned)).toEqual([]);
    // Whoever has the key of the log claims what it likes.
    expect(await withState({ ...rest, steps, state: { ...state, title: 'Thủ tục khác' } }, asSigned)).toEqual([
      `state ${leafOf(1)} The claimed state is not what the events come to: title is "Thủ tục khác", and the events come to "${state.title}".`,
    ]);
    const [first, ...later] = steps;
    expect(await withState({ ...rest, steps: [{ ...first, sha256: '00' }, ...later], state }, asSigned)).toEqual([
      `state ${leafOf(0)} After revision 0 of procedure-${registered.id} the state is not the claimed one any more.`,
    ]);
    // Whoever has not is told by the manifest.
    const original = JSON.parse((texts['manifest.txt'] ?? '').split('\n')[1] ?? '') as object;
    expect(await withState(null, () => original)).toEqual([
      'state null The state that is claimed is not the one that the bundle was made with.',
    ]);
    expect(await withState({ ...rest, steps: 'none', state }, asSigned)).toEqual(['state null state.json is not a state.']);

    // Nor does a part pass for all there is.
    expect(await withState({ ...rest, steps, state }, (manifest) => ({ ...manifest, scope: { all: true } }))).toEqual([
      expect.stringMatching(/^missing \d+ A bundle of all has every entry/) as unknown,
    ]);
    const inPython = spawnSync('python3', ['test/audit/verify.py', 'bundle', join(folder, 'stated-otherwise.zip'), '--key', key]);
    expect(inPython.status).not.toBe(0);
  });

  it('tells auditors how far it is sealed, by which key, and that nobody is asked to witness it', async () => {
    await proofOf(`position=${(await order(officer, 'procedures', registration(officer))).position}`);
    const { size } = await opened(await plain('/audit/checkpoint'));
    const { body } = await auditor.get<{ size: number; behind: number; sealedAt: string }>('/api/v1/audit/state');
    expect(body).toMatchObject({ key: (await plain('/audit/key')).trim(), witnessedSize: null, witnesses: [] });
    expect(body.size).toBeGreaterThanOrEqual(size);
    expect(Date.parse(body.sealedAt)).toBeLessThanOrEqual(Date.now());
    expect((await officer.get<Problem>('/api/v1/audit/state')).body.code).toBe('not-authorised');
  });

  it('refuses bundles to whoever is no auditor, and of what is no scope', async () => {
    const refused = async (caller: Caller, body: object): Promise<unknown> =>
      (await caller.post<Problem>('/api/v1/audit/bundles', body)).body.code;
    expect(await refused(officer, { all: true })).toBe('not-authorised');
    expect(await refused(auditor, {})).toBe('invalid-body');
    expect(await refused(auditor, { all: true, period: '2026' })).toBe('invalid-body');
    expect(await refused(auditor, { period: '2026-13' })).toBe('invalid-body');
    expect((await auditor.get('/api/v1/audit/bundles/00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  it('is verified from afar, since a checkpoint that was kept', async () => {
    const kept = join(folder, 'kept');
    await writeFile(kept, await plain('/audit/checkpoint'));
    await proofOf(`position=${(await order(officer, 'procedures', registration(officer))).position}`);
    expect(await verified('--log', app.url, '--since', kept)).toEqual({ code: 0, findings: [] });
    const proof = join(folder, 'one.tlog-proof');
    await writeFile(proof, await proofOf(`position=${registered.position}`));
    expect(await verified(proof, '--key', (await plain('/audit/key')).trim())).toEqual({ code: 0, findings: [] });
  });

  it('gets a key from the command line, whose name is the origin', async () => {
    const { code, stdout, stderr } = await tinhgon(['audit', 'key', '--origin', 'log.example/navy']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PRIVATE\+KEY\+log\.example\/navy\+[0-9a-f]{8}\+[\w+/]+=*\n$/);
    expect(stderr).toMatch(/log\.example\/navy\+[0-9a-f]{8}\+/);
    expect((await tinhgon(['audit', 'key', '--origin', 'no spaces'])).code).toBe(1);
  });

  it('is held against its tree by the command line, which is refused while the server runs', async () => {
    const env = { DATA_DIR: app.dataDir };
    const busy = await tinhgon(['verify', '--database'], env);
    expect(busy.code).toBe(1);
    expect(busy.stderr).toMatch(/is in use|another process/i);
  });
});
