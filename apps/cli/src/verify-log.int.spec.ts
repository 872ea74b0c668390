import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  TreeAppender,
  checkpointText,
  ed25519Type,
  encodeNote,
  leafHash,
  parseTilePath,
  policyOfKey,
  rootOf,
  signNote,
  signerKey,
  utf8,
} from '#audit/verifier';
import { verifyLog } from './verify-log.js';

const key = signerKey('log.example/afar', ed25519Type, new Uint8Array(32).fill(7));
const policy = policyOfKey(key);

const leaves = (size: number, word = 'leaf'): readonly Uint8Array[] =>
  Array.from({ length: size }, (_, index) => leafHash(utf8(`${word} ${String(index)}`)));
const checkpoint = (of: readonly Uint8Array[], by = key): Uint8Array => {
  const text = checkpointText({ origin: key.name, size: of.length, root: rootOf(of) });
  return encodeNote({ text, signatures: [signNote(text, by)] });
};

describe('verifying a log from afar', () => {
  let server: Server;
  let url: string;
  let answers: ReadonlyMap<string, Uint8Array>;
  beforeEach(async () => {
    server = createServer((request, response) => {
      const [, level = '', rest = ''] = /^\/audit\/tile\/(\d)\/(.*)$/.exec(request.url ?? '') ?? [];
      const tile = level === '' ? undefined : parseTilePath(`tile/${level}/${rest}`);
      const octets = tile
        ? answers.get(`${String(tile.level)}/${String(tile.index)}`)?.subarray(0, tile.width * 32)
        : answers.get(request.url ?? '');
      response.writeHead(octets ? 200 : 404).end(octets);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  /** Serves the tiles of a tree under what was signed of it, or of another one. */
  const serve = (
    of: readonly Uint8Array[],
    signed = checkpoint(of),
    change: (tiles: Map<string, Uint8Array>) => void = () => undefined,
  ): void => {
    const tree = new TreeAppender();
    for (const leaf of of) tree.append(leaf);
    const tiles = new Map(tree.takeChanged().map(({ level, index, hashes }) => [`${String(level)}/${String(index)}`, hashes]));
    change(tiles);
    answers = new Map([...tiles, ['/audit/checkpoint', signed]]);
  };
  const found = async (since?: Uint8Array): Promise<readonly string[]> => {
    const { verdict } = await verifyLog(url, { policy, since });
    expect(verdict.historyIsConsistent).toBe(verdict.findings.length === 0);
    return verdict.findings.map(({ check, message }) => `${check}: ${message}`);
  };

  it('finds nothing in one that only grew, or stands where it stood', async () => {
    serve(leaves(700));
    expect(await found()).toEqual([]);
    expect(await found(checkpoint(leaves(300)))).toEqual([]);
    expect(await found(checkpoint(leaves(700)))).toEqual([]);
  });

  it('names one that was set back to an older backup, and the older checkpoint that is shown again', async () => {
    serve(leaves(300));
    expect(await found(checkpoint(leaves(700)))).toEqual([expect.stringMatching(/^consistency: .*300.*700|^consistency: .*700.*300/)]);
  });

  it('names two checkpoints of one size, though each is signed and has its tree', async () => {
    serve(leaves(300, 'other'));
    expect(await found()).toEqual([]);
    expect(await found(checkpoint(leaves(300)))).toEqual([expect.stringMatching(/^consistency: /)]);
  });

  it('names one whose past is another, though it grew', async () => {
    serve([...leaves(10, 'other'), ...leaves(700).slice(10)]);
    expect(await found(checkpoint(leaves(300)))).toEqual([expect.stringMatching(/^consistency: /)]);
  });

  it('names tiles that were changed or cut, and what another key signed', async () => {
    const of = leaves(700);
    serve(of, checkpoint(of), (tiles) => tiles.set('0/2', new Uint8Array(188 * 32)));
    expect(await found()).toEqual([expect.stringMatching(/^root: /)]);
    serve(of, checkpoint(of), (tiles) => tiles.set('0/2', tiles.get('0/2')?.subarray(0, 320) ?? new Uint8Array()));
    expect(await found()).toEqual([expect.stringMatching(/^(root|form): /)]);
    serve(of, checkpoint(of, signerKey(key.name, ed25519Type, new Uint8Array(32).fill(8))));
    expect(await found()).toEqual([expect.stringMatching(/^signature: /)]);
  });
});
