import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { cookieOf } from './cookies.js';

const name = 'tinhgon-refresh';

/** The refresh token that the browser keeps; null where it keeps none. */
export const keptRefreshToken = (request: Pick<FastifyRequest, 'headers'>): string | null => cookieOf(request, name) || null;

/** Has the browser keep it until it is closed, where no script reads it and no other site's request carries it. */
export function keepRefreshToken(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.header('set-cookie', `${name}=${token}; ${attributesOf(request)}`);
}

/** Has the browser forget it. */
export function forgetRefreshToken(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('set-cookie', `${name}=; Max-Age=0; ${attributesOf(request)}`);
}

function attributesOf({ protocol }: Pick<FastifyRequest, 'protocol'>): string {
  return `Path=/api/v1/auth; HttpOnly; SameSite=Strict${protocol === 'https' ? '; Secure' : ''}`;
}

/**
 * Refuses what a page of another site sent by the browser of somebody. Browsers say where a request comes from, by `Sec-Fetch-Site` or, where they
 * do not trust the connection, by `Origin`; programs say neither. A proxy may have changed the scheme, so hosts are compared.
 * @throws Problem
 */
export function refuseOtherSites({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const isOurs =
    site !== undefined ? site === 'same-origin' || site === 'none' : origin === undefined || hostOf(origin) === host.toLowerCase();
  if (!isOurs) throw new Problem('cross-site');
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
