import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { row, sized } from '../measure.js';
import type { Row } from '../measure.js';
import { send, signInAll, startProduct } from '../product.js';
import type { SignedIn } from '../product.js';
import type { Server } from '../server.js';
import { acceptedCalls, handsOf, longestCalendar } from './accepted-bodies.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly maxItems?: number;
  readonly maxLength?: number;
}
interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> } }>>>>; // prettier-ignore
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const mostBytes = 1024 * 1024 - 1_000;
const mostValues = 31_900;
/** They do not answer until they end, end the session, or stop what the others need. */
const leftOut = /\/stream$|\/auth\/logout|\/processors\/\{name\}/;
/** A hold is looked at again from here on: it may have been the machine. */
const suspiciousMs = 40;

/**
 * The longest that one request holds the event loop of the product: every call of the API description gets the largest body that it takes and three
 * that it refuses late, and those that can do much get one that is about as large as can be and is accepted, of fields that are not known, of small elements and of long texts. What holds long is tried again, and the least counts.
 */
export async function doors(server: Server): Promise<Row> {
  const product = await startProduct({ DATABASE_URL: await server.database(), DEMO: '1', LOG_LEVEL: 'error' });
  try {
    const [officer] = await signInAll(product.url, 'officer');
    const [administrator] = await signInAll(product.url, 'administrator');
    const title = { title: 'Đo', kind: 'internal', group: 'D', field: 'Đo', owningUnit: officer.unit };
    const { id } = await send<{ readonly id: string }>(`${product.url}/api/v1/procedures`, officer.token, title);
    const described = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as Described;
    const held: { readonly door: string; readonly ms: number }[] = [];
    let accepted = 0;
    let calls = 0;
    for (const { method, path, schema } of doorsOf(described)) {
      const { token } = /procedures|compliance|tasks|notifications/.test(path) ? officer : administrator;
      const query = path.endsWith('/attachments') && method === 'POST' ? '?name=a.pdf' : '';
      const address = product.url + addressed(path, id, officer) + query;
      for (const [kind, body] of bodiesFor(path, method, { schema, schemas: described.components.schemas, unit: officer.unit })) {
        let ms = Infinity;
        for (let tries = 0; tries < 5 && ms > suspiciousMs; tries++) {
          await holdMs(product.url);
          const headers = {
            authorization: `Bearer ${token}`,
            ...(body !== undefined && { 'content-type': typeof body === 'string' ? 'application/json' : 'application/pdf' }),
          };
          const answer = await fetch(address, { method, headers, ...(body !== undefined && { body }) });
          await answer.arrayBuffer();
          calls++;
          if (answer.ok) accepted++;
          await sleep(15);
          ms = Math.min(ms, await holdMs(product.url));
          if (sized(1, 0) === 0) break;
        }
        held.push({ door: `${method} ${path} ${kind}`, ms });
      }
    }
    const hands = await handsOf(product.url, administrator);
    const least = new Map<string, number>();
    for (let round = 0; round < sized(4, 1); round++)
      for (const { door, by, method, path, body } of await acceptedCalls(product.url, round, hands)) {
        await holdMs(product.url);
        const headers = { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' };
        const answer = await fetch(`${product.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
        const said = await answer.text();
        if (!answer.ok) throw new Error(`${door} was to be accepted, and was answered ${String(answer.status)}: ${said.slice(0, 500)}`);
        calls++;
        accepted++;
        await sleep(15);
        const name = `${door.replace(/bench-\d+/, '{id}')} accepted`;
        least.set(name, Math.min(least.get(name) ?? Infinity, await holdMs(product.url)));
      }
    held.push(...[...least].map(([door, ms]) => ({ door, ms })));
    const [worstAccepted] = [...least].sort((one, other) => other[1] - one[1]).map(([door, ms]) => ({ door, ms }));
    const [worst, second, third] = held.sort((one, other) => other.ms - one.ms);
    const named = (one: (typeof held)[number] | undefined): string => (one ? `${one.door} ${String(Math.round(one.ms))} ms` : '');
    return row(
      'doors',
      'ms',
      worst?.ms ?? NaN,
      {},
      { calls, accepted, worst: named(worst), worstAccepted: named(worstAccepted), second: named(second), third: named(third) },
    );
  } finally {
    await product.stop();
  }
}

/** The longest hold since it was asked last, as the product itself measures it. */
async function holdMs(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return 1000 * Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(metrics)?.[1]);
}

interface Door {
  readonly method: string;
  readonly path: string;
  readonly schema: Schema | undefined;
}

const doorsOf = ({ paths }: Described): readonly Door[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => !leftOut.test(path) && path.startsWith('/api/'))
      .map(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        schema: requestBody?.content['application/json']?.schema,
      })),
  );

function addressed(path: string, procedure: string, { unit }: SignedIn): string {
  const known: Readonly<Record<string, string>> = { calendars: 'vn', definitions: 'internal', units: unit, procedures: procedure };
  const resource = path.split('/')[3] ?? '';
  return path.replace('{id}', known[resource] ?? procedure).replace('{version}', '1').replace(/\{\w+\}/g, 'x'); // prettier-ignore
}

interface Filling {
  readonly schema: Schema | undefined;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly unit: string;
}

function bodiesFor(path: string, method: string, filling: Filling): readonly (readonly [string, string | Uint8Array | undefined])[] {
  if (method === 'GET') return [['read', undefined]];
  if (path.endsWith('/attachments')) return [['largest', file()]];
  const names = Object.keys(resolved(filling.schema ?? {}, filling.schemas).properties ?? { title: {} });
  const each = (value: (share: number) => string): string =>
    `{${names.map((name) => `${JSON.stringify(name)}:${value(1 / names.length)}`).join(',')}}`;
  const list = (share: number, item: string): string => `[${Array<string>(Math.floor((mostValues * share) / 2) - 2).fill(item).join(',')}]`; // prettier-ignore
  const flood = Array.from({ length: mostValues }, (_, index) => `"${String(index).padEnd(24, '.')}":"x"`).join(',');
  const letters = 'e\u0302\u0301';
  return [
    ['largest', largest(path, filling)],
    ['of unknown fields', `{${flood}}`],
    ['of small elements', each((share) => list(share, '{}'))],
    ['of long texts', each((share) => `"${letters.repeat(Math.floor((mostBytes * share - 100) / Buffer.byteLength(letters)))}"`)],
  ];
}

/** As large as the description allows, and as a body may be. */
function largest(path: string, filling: Filling): string {
  if (path.startsWith('/api/v1/calendars')) return JSON.stringify(longestCalendar);
  for (let most = 20_000; ; most = Math.floor(most / 2)) {
    const body = JSON.stringify(filled('', filling.schema ?? {}, { ...filling, most }));
    if (Buffer.byteLength(body) <= mostBytes) return body;
  }
}

const resolved = (schema: Schema, schemas: Filling['schemas']): Schema =>
  schema.$ref === undefined ? schema : (schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});

function filled(name: string, given: Schema, filling: Filling & { readonly most: number }): unknown {
  const schema = resolved(given, filling.schemas);
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return filled(name, first, filling);
  if (schema.enum) return schema.enum[0];
  const [type] = [schema.type].flat();
  if (type === 'array') {
    const count = Math.min(schema.maxItems ?? (schema.items?.format === 'uuid' ? 1_000 : 20), filling.most);
    return Array.from({ length: count }, (_, index) =>
      schema.items?.format === 'uuid' ? uuid(index) : filled(name, schema.items ?? {}, filling),
    );
  }
  if (type === 'object')
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, one]) => [field, filled(field, one, filling)]));
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return 1;
  if (schema.format === 'uuid') return filling.unit;
  if (/(On|^date|Date|^from|^to)$/.test(name)) return '2026-01-05';
  if (name === 'hours') return '10';
  return 'ế'.repeat(Math.min(schema.maxLength ?? 20, filling.most));
}

/** A file of 20 MB. */
const file = (): Uint8Array => Buffer.from(`%PDF-1.7\n${' '.repeat(20 * 1024 * 1024 - 100)}\n%%EOF\n`);

const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
