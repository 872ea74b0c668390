import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { everyCallSaysWhatItNeeds, isCovered, scopes } from './needs.js';

describe('What a call needs', () => {
  it('is said at its handler, else nothing is served', () => {
    const fastify = Fastify();
    everyCallSaysWhatItNeeds(fastify);
    expect(() => fastify.post('/api/v1/forgotten', () => 'done')).toThrow(/POST \/api\/v1\/forgotten does not say what it needs/);
    expect(() => fastify.post('/api/v1/thought-of', { config: { needs: 'administer' } }, () => 'done')).not.toThrow();
    expect(() => fastify.get('/health/elsewhere', () => 'done')).not.toThrow();
  });

  it('is in a key by its own name, and commands on procedures together too', () => {
    expect(isCovered('publish', ['publish'])).toBe(true);
    expect(isCovered('publish', ['commands'])).toBe(true);
    expect(isCovered('publish', ['read', 'administer', 'propose'])).toBe(false);
    expect(isCovered('commands', ['publish'])).toBe(false);
    expect(isCovered('administer', ['read', 'commands'])).toBe(false);
  });

  it('is never in a key where it takes a person, or nobody who is known', () => {
    expect(isCovered('in-person', scopes)).toBe(false);
    expect([['publish'], ['commands'], ['read', 'administer']].map((held) => isCovered('some-command', held))).toEqual([true, true, false]);
    expect(isCovered('open', scopes)).toBe(false);
  });
});
