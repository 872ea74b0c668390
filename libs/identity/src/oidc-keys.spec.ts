import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errors, exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import { IssuerKeys, IssuerUnavailable } from './oidc-keys.js';

const minute = 60_000;
const token = { payload: '', signature: '' };

describe('The keys of an issuer', () => {
  let server: Server;
  let url: string;
  /** By path: what is answered; 500 where there is nothing. */
  let answers: Record<string, unknown>;
  let asked: string[];
  let nowMs: number;
  let keys: IssuerKeys;
  const keyFor = async (kid: string): Promise<unknown> => keys.keyFor({ alg: 'RS256', kid }, token);
  const publicKey = async (kid: string): Promise<JWK> => ({
    ...(await exportJWK((await generateKeyPair('RS256')).publicKey)),
    kid,
    alg: 'RS256',
  });

  beforeEach(async () => {
    [asked, nowMs] = [[], 0];
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      const answer = answers[path];
      if (answer === 'elsewhere') response.writeHead(302, { location: `${url}/keys` }).end();
      else response.writeHead(answer === undefined ? 500 : 200).end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    answers = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
      '/keys': { keys: [await publicKey('first')] },
    };
    keys = new IssuerKeys(url, () => nowMs);
  });
  afterEach(() => void server.close());

  it('are looked up once for many who ask, and again after ten minutes, for which nobody waits', async () => {
    await Promise.all([keyFor('first'), keyFor('first'), keyFor('first')]);
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
    nowMs = 9 * minute;
    await keyFor('first');
    expect(asked).toHaveLength(2);
    nowMs = 11 * minute;
    await keyFor('first');
    await keyFor('unknown').catch(() => undefined);
    expect(asked).toHaveLength(4);
  });

  it('are looked up for a key that is not known, but not more than every ten seconds', async () => {
    await keyFor('first');
    await expect(keyFor('second')).rejects.toThrow(errors.JWKSNoMatchingKey);
    expect(asked).toHaveLength(2);
    answers['/keys'] = { keys: [await publicKey('second')] };
    nowMs = 11_000;
    await keyFor('second');
    await expect(keyFor('first')).rejects.toThrow(errors.JWKSNoMatchingKey);
    expect(asked).toHaveLength(4);
  });

  it('serve on for a day while the issuer fails, which is asked again every five seconds at most', async () => {
    await keyFor('first');
    delete answers['/keys'];
    nowMs = 60 * minute;
    await keyFor('first');
    await expect(keyFor('second')).rejects.toThrow(IssuerUnavailable);
    const before = asked.length;
    await expect(keyFor('second')).rejects.toThrow(IssuerUnavailable);
    expect(asked).toHaveLength(before);
    nowMs = 23 * 60 * minute;
    await keyFor('first');
    nowMs = 25 * 60 * minute;
    await expect(keyFor('first')).rejects.toThrow(IssuerUnavailable);
  });

  it.each([
    ['does not take the description of another issuer', (at: string) => ({ issuer: `${at}/`, jwks_uri: `${at}/keys` })],
    [
      'does not take keys from an address that others could speak for',
      (at: string) => ({ issuer: at, jwks_uri: 'http://keys.example.org' }),
    ],
    ['does not take a description without keys', (at: string) => ({ issuer: at })],
    ['does not take what is no description', () => null],
    ['does not take what is no JSON', () => '{'],
    ['does not follow to another place', () => 'elsewhere'],
  ])('%s', async (_what, description) => {
    answers['/.well-known/openid-configuration'] = description(url);
    await expect(keyFor('first')).rejects.toThrow(IssuerUnavailable);
  });

  it('does not take keys that are none', async () => {
    answers['/keys'] = { keys: 'none' };
    await expect(keyFor('first')).rejects.toThrow(IssuerUnavailable);
  });
});
