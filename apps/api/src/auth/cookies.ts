import type { FastifyRequest } from 'fastify';

export const deviceCookie = 'tinhgon-device';
const mostDevices = 8;

/** The value of the request's cookie of that name. */
export function cookieOf(request: Pick<FastifyRequest, 'headers'>, name: string): string | undefined {
  return cookiesOf(request, name)[0];
}

/** The values of all cookies of that name: a browser sends those of several paths, in an order that others may have made. */
function cookiesOf({ headers }: Pick<FastifyRequest, 'headers'>, name: string): readonly string[] {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.flatMap(([given, value = '']) => (given === name ? [value] : []));
}

/** What the browser was given to keep; somebody may have written anything there. */
export function deviceOf(request: Pick<FastifyRequest, 'headers'>): string {
  // Another path or site may have set one too: a wrong one beside the right one takes nothing from it.
  const tokens = cookiesOf(request, deviceCookie).flatMap((given) => given.split('.').filter((token) => /^[\w-]{43}$/.test(token)));
  return [...new Set(tokens)].slice(0, mostDevices).join('.');
}
