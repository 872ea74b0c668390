import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

type Schema = Readonly<Record<string, unknown>>;
const { components } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  components: { schemas: Readonly<Record<string, Schema>> };
};

/** As described, and nothing besides: an object has no field that the description does not name. What is put together of parts is closed as a whole. */
function closed(schema: unknown, isPart = false): unknown {
  if (Array.isArray(schema)) return schema.map((one) => closed(one, isPart));
  if (typeof schema !== 'object' || schema === null) return schema;
  const fields = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part, name === 'allOf')]));
  if ('allOf' in schema) return { ...fields, unevaluatedProperties: false };
  return !isPart && 'properties' in schema && !('additionalProperties' in schema) ? { ...fields, additionalProperties: false } : fields;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { date: true, uuid: true, binary: true } });
ajv.addSchema({ $id: 'openapi', components: { schemas: { ...(closed(components.schemas) as object), ...openParts() } } });

/** Those that others are put together of stay open. */
function openParts(): object {
  return { HistoryItemAnswer: components.schemas['HistoryItemAnswer'] };
}

/** What the description has against the value; empty where it is as described. */
export function faultsOf(value: unknown, schema: string): readonly string[] {
  const matches = ajv.compile({ $ref: `openapi#/components/schemas/${schema}` });
  if (matches(JSON.parse(JSON.stringify(value)))) return [];
  return (matches.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
}
