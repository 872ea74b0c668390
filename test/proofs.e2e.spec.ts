import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  base64,
  checkpointText,
  decodeEntries,
  fromBase64,
  isConsistent,
  isIncluded,
  leafHash,
  noteVerifier,
  openLeaf,
  openNote,
  parseCheckpoint,
  parseTlogProof,
  parseVerifierKey,
  rootOf,
  utf8,
} from '#audit/verifier';
import type { Checkpoint } from '#audit/verifier';
import { startApp, tinhgon } from './support/app.js';
import type { StartedApp } from './support/app.js';
import { goodReview, order, registration, signInAs } from './support/client.js';
import type { Accepted, Caller, Problem } from './support/client.js';

const slow = 180_000;

describe('The sealed log', () => {
  let app: StartedApp;
  let auditor: Caller;
  let officer: Caller;
  let registered: Accepted;

  beforeAll(async () => {
    app = await startApp();
    auditor = await signInAs(app.url, 'auditor', 'ministry');
    officer = await signInAs(app.url, 'officer', 'service');
    registered = await order(officer, 'procedures', registration(officer));
  }, slow);
  afterAll(() => app.stop(), slow);

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
    const cached = await fetch(`${app.url}/audit/tile/0/000.p/1`);
    expect(cached.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const again = await fetch(`${app.url}/audit/tile/0/000.p/1`, { headers: { 'if-none-match': cached.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('proves that it only grew', async () => {
    const older = await opened(await plain('/audit/checkpoint'));
    await order(officer, `procedures/${registered.id}/actions/review`, goodReview);
    await proofOf(`position=${(await order(officer, 'procedures', registration(officer))).position}`);
    const newer = await opened(await plain('/audit/checkpoint'));
    const { body } = await auditor.get<{ hashes: string[] }>(`/api/v1/audit/consistency?from=${older.size}&to=${newer.size}`);
    expect(newer.size).toBeGreaterThan(older.size);
    expect(isConsistent(older, newer, body.hashes.map(fromBase64))).toBe(true);
    const early = parseTlogProof(utf8(await proofOf(`position=1&size=${older.size}`)));
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

  it('is held against its tree by the command line, which is refused while the server runs', async () => {
    const env = { DATA_DIR: app.dataDir };
    const busy = await tinhgon(['verify', '--database'], env);
    expect(busy.code).toBe(1);
    expect(busy.stderr).toMatch(/is in use|another process/i);
  });
});
