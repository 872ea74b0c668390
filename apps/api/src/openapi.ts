import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { mostErrors, problems } from './http/problem.js';

type Operations = OpenAPIObject['paths'][string];
type Operation = NonNullable<Operations['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];

const methods = ['get', 'post', 'patch', 'put', 'delete'] as const;
const always = [429, 500, 503];
const ofCommands = [403, 409, 412];

/** The description of the API, OpenAPI 3.1, the same at each start of the same build. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const info = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tinh Gọn')
    .setDescription(
      'The register of administrative procedures and its way to simplification. Errors are problem documents (RFC 9457) with a literal `code`.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, info, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
  });
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: problemSchema } };
  for (const [path, item] of Object.entries(document.paths))
    for (const method of methods) {
      const operation = item[method];
      if (operation) complete(operation, path, method);
    }
  return document;
}

const problemSchema = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' as const },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    code: { type: 'string' as const, enum: Object.keys(problems) },
    detail: { type: 'string' as const },
    errors: { ...list('path', 'message'), maxItems: mostErrors },
    moreErrors: { type: 'integer' as const, description: 'How many faults there are besides those in `errors`.' },
    unmet: list('code', 'message', 'path'),
  },
};

function list(...names: readonly string[]) {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  return { type: 'array' as const, items: { type: 'object' as const, properties } };
}

const nameOf = (parameter: Parameter): string | undefined => ('name' in parameter ? parameter.name : undefined);

/** Adds what is true of every call: headers, and the problems that it may answer with. */
function complete(operation: Operation, path: string, method: (typeof methods)[number]): void {
  if (!path.startsWith('/api/')) return;
  const read = operation.parameters ?? [];
  const isCommand = read.some((one) => nameOf(one) === 'If-Match');
  const statuses = [
    ...(method === 'get' ? [400] : [400, 413, 415]),
    401,
    ...(path.includes('{') ? [404] : []),
    ...(isCommand ? ofCommands : []),
    ...(method === 'post' && path.endsWith('/attachments') ? [408] : []),
    ...always,
  ];
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const status of statuses) operation.responses[String(status)] ??= { description: describeStatus(status, path), content };
  operation.parameters = [...read, languages, correlationId];
  if (isCommand && path.startsWith('/api/v1/procedures')) for (const status of ['200', '201']) addHeaders(operation.responses[status]);
}

function describeStatus(status: number, path: string): string {
  return Object.entries(problems)
    .filter(([code, problem]) => problem.status === status && (!code.startsWith('file-') || path.includes('/attachments')))
    .map(([code]) => `\`${code}\``)
    .join(', ');
}

function addHeaders(response: object | undefined): void {
  const text = { type: 'string' as const };
  if (response)
    Object.assign(response, {
      headers: {
        ETag: { description: 'The revision in quotes.', schema: text },
        Location: { description: 'Of what was made or changed.', schema: text },
      },
    });
}

const header = (name: string, description: string, schema: object): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});
const languages = header('Accept-Language', 'Of problem documents: `vi` or `en`. (Default: en)', { type: 'string' });
const correlationId = header('X-Correlation-Id', 'Joins events, log lines and traces; answered in the same header. (Default: a new one)', {
  type: 'string',
  format: 'uuid',
});
