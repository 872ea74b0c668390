import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiModule } from './api.module.js';
import type { Installation } from './installation.js';
import { Metrics } from './operating/metrics.js';
import { acceptFiles } from './attachments/upload.js';
import { acceptJson } from './http/body-intake.js';
import { boundConnections } from './http/connections.js';
import { addGate } from './http/gate.js';
import { bodyLimit } from './http/json-body.js';
import { answerFault } from './http/parser-faults.js';
import { everyCallSaysWhatItNeeds } from './http/needs.js';
import { ProblemFilter } from './http/problem-filter.js';
import { addStillSignedIn } from './http/still-signed-in.js';
import { addRecording } from './http/records.js';
import { addTrail } from './http/trail.js';
import { describeApi } from './openapi.js';
import { servePages } from './pages/pages.js';
import { readWebBuild } from './pages/web-build.js';

/** The HTTP application over what was opened, not listening yet. */
export async function createHttpServer(installation: Installation): Promise<NestFastifyApplication> {
  let methodsAt: (path: string) => readonly string[] = () => [];
  const { settings, callers, directory } = installation;
  const { trustedProxies } = settings;
  const filter = new ProblemFilter(settings.logger, (path) => methodsAt(path));
  const adapter = new FastifyAdapter({
    bodyLimit,
    skipMiddie: true,
    forceCloseConnections: 'idle',
    // A file has its own time, which is over before this one, so that it is refused with a problem document.
    requestTimeout: 35_000,
    // Nobody is known before the headers have come; bodies have a patience of their own.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    clientErrorHandler: answerFault,
    // Others may write into X-Forwarded-For what they like.
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // What still comes on an open connection while draining is answered, and the connection closed after it.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    // A path that cannot be decoded never reaches a route.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => filter.send(error, request, reply),
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  methodsAt = rememberRoutes(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.over(installation), adapter, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  fastify.removeAllContentTypeParsers();
  acceptJson(fastify);
  acceptFiles(fastify);
  boundConnections(fastify);
  addTrail(fastify, settings.logger);
  everyCallSaysWhatItNeeds(fastify);
  addGate(fastify, callers, directory);
  addRecording(fastify);
  addStillSignedIn(fastify, callers);
  app.get(Metrics).observe(fastify);
  app.useGlobalFilters(filter);
  const build = await readWebBuild(fileURLToPath(new URL('../../../web', import.meta.url)));
  if (build) servePages(fastify, build);
  // It takes as long as a third of the start, and few ask for it.
  SwaggerModule.setup('docs', app, () => describeApi(app), { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Tinh Gọn' });
  await app.init();
  return app;
}

/** Remembers which methods each route takes, which the router itself does not tell. */
function rememberRoutes(fastify: FastifyInstance): (path: string) => readonly string[] {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const pattern = new RegExp(`^${url.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`);
    routes.push({ pattern, methods: [method].flat() });
  });
  return (path) => [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))].sort();
}
