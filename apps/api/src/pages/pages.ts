import { randomBytes } from 'node:crypto';
import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nonceMark } from './web-build.js';
import type { WebBuild } from './web-build.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes every path that nothing else takes. */
    readonly pages?: boolean;
  }
}

/** Below these nothing is a page, whether there is a call or not. */
const ownPaths = /^(api|health|metrics|docs|openapi\.json|audit\/(tile|checkpoint|key))(\/|$)/;
/** Names of built files hold a hash of what is in them. */
const aYear = 'public, max-age=31536000, immutable';

/** Serves the web application on every path that is not the API's: each page can be opened by its address. */
export function servePages(fastify: FastifyInstance, { page, assets }: WebBuild): void {
  const [head = '', ...rest] = page.split(nonceMark);

  fastify.get('/*', { config: { pages: true } }, (request: FastifyRequest, reply: FastifyReply) => {
    const path = (request.params as { readonly '*': string })['*'];
    if (ownPaths.test(path)) throw new NotFoundException();
    const asset = assets.get(path);
    if (asset) {
      const accepted = request.headers['accept-encoding'] ?? '';
      const encoding =
        (['br', 'gzip'] as const).find((one) => asset.bodies.has(one) && new RegExp(`\\b${one}\\b`).test(accepted)) ?? 'identity';
      if (encoding !== 'identity') reply.header('content-encoding', encoding);
      return reply
        .headers({ 'cache-control': path.startsWith('assets/') ? aYear : 'no-cache', vary: 'accept-encoding' })
        .type(asset.type)
        .send(asset.bodies.get(encoding));
    }
    // What looks like a built file and is none any more is not a page: a browser with an older page shall notice.
    if (path.startsWith('assets/')) throw new NotFoundException();
    const nonce = randomBytes(18).toString('base64');
    return reply
      .headers({ ...pageHeaders(nonce), 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send([head, ...rest].join(nonce));
  });
}

/** What a page may load and who may frame it: nothing from elsewhere, and nobody. */
function pageHeaders(nonce: string): Record<string, string> {
  const policy = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}'`,
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data: blob:",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'cross-origin-opener-policy': 'same-origin',
  };
}
