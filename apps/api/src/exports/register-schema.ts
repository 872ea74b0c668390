import { format } from './sealed-lines.js';

interface Described {
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

const inDocument = '#/components/schemas/';
const here = '#/$defs/';
/** What the call for one procedure says of whoever asks, and no file does. */
const ofTheAsker: readonly string[] = ['allowed', 'otherActions', 'asOf'];

/** JSON Schema (2020-12) of each line of an export of the register, from the description of the API: what a file holds is what the call for one procedure shows. */
export function registerExportSchema({ components: { schemas = {} } = {} }: Described): object {
  const { properties, required, ...shown } = schemas['ProcedureAnswer'] as {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly required: readonly string[];
  };
  const procedure = {
    ...shown,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !ofTheAsker.includes(name))),
    required: required.filter((name) => !ofTheAsker.includes(name)),
    unevaluatedProperties: false,
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://tinhgon.local/register-export-${String(format.version)}.schema.json`,
    title: 'A line of an export of the register',
    description:
      'The first line is a header, the last a trailer; between them stand procedures in order of their ids. docs/exports.md says how lines are sealed.',
    oneOf: [lineOf('header', '#/$defs/Header'), lineOf('procedure', '#/$defs/Procedure'), lineOf('trailer', '#/$defs/Trailer')],
    $defs: { Header: header, Procedure: moved(procedure), Trailer: trailer, ...defsOf(procedure, schemas) },
  };
}

const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const strict = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const lineOf = (name: string, $ref: string): object => strict({ [name]: { $ref }, chain: sha256 });

const header = strict({
  format: { const: format.format },
  version: { const: format.version },
  position: { type: 'string', pattern: '^[0-9]+$', description: 'Of the log, at which every line reads.' },
  at: { type: 'string', format: 'date-time', description: 'When the register stood there.' },
  seen: strict({
    allUnits: { type: 'boolean', description: 'Whether whoever made it sees what all units own.' },
    clearance: { enum: ['none', 'confidential', 'secret', 'topSecret'], description: 'Up to which classification.' },
  }),
});
const trailer = strict({
  procedures: { type: 'integer', minimum: 0 },
  sha256: { ...sha256, description: 'Of all bytes before this line.' },
});

/** All that is referred to, and what that refers to. */
function defsOf(schema: unknown, schemas: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const found = new Map<string, unknown>();
  const follow = (node: unknown): void => {
    for (const name of referredTo(node)) {
      if (found.has(name)) continue;
      found.set(name, moved(schemas[name]));
      follow(schemas[name]);
    }
  };
  follow(schema);
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

const referredTo = (node: unknown): readonly string[] =>
  [...JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);

const moved = (node: unknown): unknown => JSON.parse(JSON.stringify(node).replaceAll(`"${inDocument}`, `"${here}`));
