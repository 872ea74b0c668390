import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { keepRefreshToken } from './refresh-cookie.js';

describe('The cookie that holds a refresh token', () => {
  it('is sent over TLS alone where it was given out by TLS, also through a proxy that is trusted, and no other', async () => {
    const givenOut = async (trustProxy: false | string[]): Promise<unknown> => {
      const fastify = Fastify({ trustProxy });
      fastify.get('/', (request, reply) => {
        keepRefreshToken(request, reply, 'x');
        return 'done';
      });
      return (await fastify.inject({ url: '/', headers: { 'x-forwarded-proto': 'https' } })).headers['set-cookie'];
    };
    expect(await givenOut(['127.0.0.1'])).toBe('tinhgon-refresh=x; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Secure');
    expect(await givenOut(false)).toBe('tinhgon-refresh=x; Path=/api/v1/auth; HttpOnly; SameSite=Strict');
  });
});
