import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressBlock } from '#identity';
import type { Caller, Callers, Directory, Person } from '#identity';
import { TokenBuckets } from '#platform';
import type { ActingFor } from '#workflow';
import type { Permission } from './needs.js';
import { Problem } from './problem.js';
import { isCovered } from './needs.js';
import { isUuid, wrongHeader } from './sent.js';
import { anonymous, programsOf, SharedPlaces } from './shared-places.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, known before the body is read. */
    person: Person | null;
    /** Whom the person says to act for, with what a delegation allows. */
    actingFor: ActingFor | null;
    /** How they are. */
    caller: Caller | null;
  }
}

/**
 * Requests at once, from when their body has come until they are answered; one person has no more than a quarter of the places, and all their programs
 * together another.
 */
const ofPeople = { most: 2_000, mostOfOne: 500, mostOfPrograms: 500 } as const;
/** Of whoever is not signed in, in all and from one address, so that people go on working whatever is sent without a token. */
const ofAddresses = { most: 1_000, mostOfOne: 300, mostOfPrograms: 0 } as const;
const api = '/api/v1/';
const reading: readonly string[] = ['GET', 'HEAD'];

/** Whether the call needs no sign-in. */
export const isOpen = ({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): boolean => routeOptions.config.needs === 'open';

/** Stands before everything else: who asks, how often, and whether there is room. Runs before a body is read. */
export function addGate(fastify: FastifyInstance, callers: Callers, directory: Directory): void {
  const perPerson = new TokenBuckets(2_500, 5_000);
  // By call, so that a flood at one leaves the others open.
  const perAddress = new TokenBuckets(300, 600);
  // Pages and their files come from memory, some forty of them to a browser that has none, and an office shares an address.
  const pagesPerAddress = new TokenBuckets(3_000, 12_000);
  const take = ({ ip, routeOptions }: FastifyRequest): boolean =>
    routeOptions.config.pages === true
      ? pagesPerAddress.take(addressBlock(ip))
      : perAddress.take(`${addressBlock(ip)} ${routeOptions.url ?? 'none'}`);

  fastify.decorateRequest('person', null);
  fastify.decorateRequest('actingFor', null);
  fastify.decorateRequest('caller', null);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    // What was sent may be spelled in many ways (`/%61pi/…`); the route is where it leads.
    // What takes every path that nothing else takes leads nowhere but to pages.
    const route = request.routeOptions.config.pages === true ? undefined : request.routeOptions.url;
    const path = route ?? request.url.split('?', 1)[0] ?? '';
    if (path.startsWith('/health/')) return;
    const token = bearerOf(request);
    const caller =
      token === null
        ? null
        : await callers.whoIs(token).catch((error: unknown) => {
            throw take(request) ? error : tooMany();
          });
    const person = caller?.person ?? null;
    // All programs of one person are together as one person more.
    const mayCall = person ? [person.id, ...programsOf(person)].every((one) => perPerson.take(one)) : take(request);
    if (!mayCall) throw tooMany();
    if (path.startsWith(api)) {
      reply.header('cache-control', 'no-store');
      if (!person && !isOpen(request)) throw new Problem('not-signed-in', { headers: { 'www-authenticate': 'Bearer' } });
    }
    readParameters(request);
    request.caller = caller;
    request.person = person;
    request.actingFor = person && actingFor(request, person, directory);
    if (caller?.scopes && path.startsWith(api) && !isCovered(needsOf(request), caller.scopes)) throw new Problem('out-of-scope');
  });
  limitRunning(fastify);
}

/** What leads nowhere needs what most calls of its method do, so that a key learns nothing of what is not for it. */
const needsOf = ({ method, routeOptions }: FastifyRequest): Permission =>
  routeOptions.config.needs ?? (reading.includes(method) ? 'read' : 'administer');

/** Ids are the same in either case. The database takes no NUL, so a path that holds one leads nowhere. */
function readParameters({ params }: FastifyRequest): void {
  const parameters = params as Record<string, string>;
  for (const [name, value] of Object.entries(parameters)) {
    if (value.includes('\0')) throw new Problem('not-found');
    if (isUuid(value)) parameters[name] = value.toLowerCase();
  }
}

/** Counts what runs, and not what is still being sent: a request that never comes whole keeps nobody out. */
function limitRunning(fastify: FastifyInstance): void {
  const running = { of: 'requests are running', retryAfterSeconds: 1 } as const;
  const people = new SharedPlaces({ ...ofPeople, ...running });
  const addresses = new SharedPlaces({ ...ofAddresses, ...running });
  fastify.addHook('preValidation', (request, reply, done) => {
    const isHealth = request.routeOptions.url?.startsWith('/health/') === true;
    try {
      // Also comes when the client went away, which no hook for answers does; it came already where they went before this.
      if (!isHealth && !reply.raw.destroyed)
        reply.raw.once('close', request.person ? people.take(request.person) : addresses.take(anonymous(addressBlock(request.ip))));
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

/** @throws Problem for a header that cannot be read */
function actingFor({ headers }: FastifyRequest, by: Person, directory: Directory): ActingFor | null {
  const id = headers['acting-for'];
  if (id === undefined) return null;
  if (typeof id === 'string' && isUuid(id)) return directory.actingFor(id.toLowerCase(), by.id);
  throw wrongHeader('Acting-For', 'must be the id of a person');
}

const tooMany = (): Problem => new Problem('too-many-requests', { headers: { 'retry-after': '1' } });

/** The token that the request was sent with, in whichever form one may have. */
export function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]*|tgk_\w[\w-]*)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
