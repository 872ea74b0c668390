import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { inKeyOrder } from './in-key-order.js';
import { lifecycleSchema } from './lifecycle-schema.js';
import type { AuthorityPolicy, LifecycleDefinition, Title } from './lifecycle.js';

/** A policy that was published, by its name. */
export interface PolicyReference {
  readonly id: string;
  readonly version: number;
}

/** A policy as it stands in a document. Its version is the one that it was made from; what is changed gets the next. */
export type WrittenPolicy = Omit<AuthorityPolicy, 'version'> & { readonly version?: number };

/** A lifecycle as administrators write it: with the policy in it, or the name of one; not all of it may be there yet. */
export interface LifecycleDocument extends Omit<LifecycleDefinition, 'authority' | 'title' | 'initial' | 'stages'> {
  readonly authority: PolicyReference | WrittenPolicy;
  readonly title: Partial<Title>;
  readonly initial?: string;
  readonly stages: Readonly<Record<string, { readonly title: Partial<Title>; readonly end?: true }>>;
}

/** What is wrong with the shape of a document. */
export interface ShapeError {
  /** In dot notation. */
  readonly path: string;
  /** English, for people. */
  readonly message: string;
  /** The same in Vietnamese. */
  readonly vi: string;
}

const mostErrors = 100;
const matches = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }).compile(lifecycleSchema);

/** Where the value differs from the JSON Schema; nothing when it is a document. */
export function shapeErrors(value: unknown): readonly ShapeError[] {
  if (matches(value)) return [];
  const errors = (matches.errors ?? []).slice(0, mostErrors).map(({ instancePath, keyword, params, message }: ErrorObject) => {
    const field = fieldOf(keyword, params);
    const at = instancePath.split('/').slice(1).map(unescaped);
    const path = [...at, ...(field === undefined ? [] : [field])].join('.');
    const { vi, en } = field === undefined ? inWords(keyword, params, message) : (sentences[keyword] ?? { vi: 'bị sai', en: 'is wrong' });
    return { path, message: en, vi };
  });
  return [...new Map(errors.map((error) => [`${error.path} ${error.message}`, error])).values()];
}

const notAName: Title = { vi: 'không phải là tên dùng được ở đây', en: 'is not a name that can stand here' };
const sentences: Readonly<Record<string, Title>> = {
  required: { vi: 'phải có', en: 'is required' },
  dependentRequired: { vi: 'phải có', en: 'is required' },
  additionalProperties: { vi: 'không phải là trường ở đây', en: 'is not a field here' },
  propertyNames: notAName,
};

/** What the validator of schemas says in its own terms. */
function inWords(keyword: string, params: Readonly<Record<string, unknown>>, message = 'is not as the schema has it'): Title {
  const limit = String(params['limit']);
  const types = [params['type']].flat().map((one) => String(one));
  const values = [params['allowedValues']]
    .flat()
    .map((one) => String(one))
    .join(', ');
  const value = String(params['allowedValue']);
  const said: Readonly<Record<string, Title>> = {
    type: { vi: `phải thuộc kiểu ${types.join(' hoặc ')}`, en: `must be of the type ${types.join(' or ')}` },
    enum: { vi: `phải là một trong: ${values}`, en: `must be one of ${values}` },
    const: { vi: `phải là ${value}`, en: `must be ${value}` },
    pattern: notAName,
    not: { vi: 'là từ không được dùng ở đây', en: 'is a word that cannot stand here' },
    oneOf: { vi: 'phải theo đúng một trong các dạng của lược đồ', en: 'must be exactly one of the forms that the schema has' },
    anyOf: { vi: 'phải theo một trong các dạng của lược đồ', en: 'must be one of the forms that the schema has' },
    minItems: { vi: `phải có ít nhất ${limit} mục`, en: `must have at least ${limit} items` },
    maxItems: { vi: `có nhiều nhất ${limit} mục`, en: `must have at most ${limit} items` },
    uniqueItems: { vi: 'không được có mục nào hai lần', en: 'must not hold anything twice' },
    minProperties: { vi: `phải có ít nhất ${limit} trường`, en: `must have at least ${limit} fields` },
    maxProperties: { vi: `có nhiều nhất ${limit} trường`, en: `must have at most ${limit} fields` },
    minLength: { vi: `phải có ít nhất ${limit} ký tự`, en: `must have at least ${limit} characters` },
    maxLength: { vi: `có nhiều nhất ${limit} ký tự`, en: `must have at most ${limit} characters` },
    minimum: { vi: `ít nhất là ${limit}`, en: `must be at least ${limit}` },
    maximum: { vi: `nhiều nhất là ${limit}`, en: `must be at most ${limit}` },
  }; // prettier-ignore
  return said[keyword] ?? { vi: 'không đúng với lược đồ', en: message };
}

/** The field that an error is about where its path names the object around it. */
function fieldOf(keyword: string, params: Readonly<Record<string, unknown>>): string | undefined {
  const name = { required: 'missingProperty', dependentRequired: 'missingProperty', additionalProperties: 'additionalProperty', propertyNames: 'propertyName' }[keyword]; // prettier-ignore
  const field = name === undefined ? undefined : params[name];
  return typeof field === 'string' ? field : undefined;
}

/** As JSON Pointer escapes (RFC 6901). */
const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** Whether the policy itself stands in the document. */
export function isWritten(authority: LifecycleDocument['authority']): authority is WrittenPolicy {
  return 'rules' in authority;
}

/** Whether two policies say the same, whatever their versions. */
export function sameRules(one: WrittenPolicy, other: WrittenPolicy): boolean {
  return (
    one.id === other.id && JSON.stringify(inKeyOrder([one.classes, one.rules])) === JSON.stringify(inKeyOrder([other.classes, other.rules]))
  );
}

/** Whether two lifecycles say the same, whatever their versions. */
export function sameLifecycle(one: LifecycleDocument, other: LifecycleDocument): boolean {
  return JSON.stringify(inKeyOrder({ ...one, version: 0 })) === JSON.stringify(inKeyOrder({ ...other, version: 0 }));
}
