import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage as transforms } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import type { ValidationArguments } from 'class-validator';

type Class = new () => object;
type Check = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** One rule of a field, as a decorator of class-validator states it. */
export interface Rule {
  readonly name: string;
  /** Whether it holds for each item of a list, not for the list. */
  readonly each: boolean;
  readonly constraints: readonly unknown[];
  readonly isMet: (value: unknown, within: object) => boolean;
  /** Completes a sentence that begins with the path; what was sent may decide what is said. */
  readonly message: (value: unknown, within: object) => string;
  /** Whether the message is the decorator's, not the library's. */
  readonly ownMessage: boolean;
}

export interface Field {
  readonly name: string;
  /** All must agree, or the field is not looked at. */
  readonly when: readonly ((within: object, value: unknown) => boolean)[];
  /** Those about the kind of value first, so that the others may rely on it. */
  readonly rules: readonly Rule[];
  /** Ids, which are the same in either case: they are made lower. */
  readonly isId: boolean;
  readonly change: (value: unknown, within: object) => unknown;
  readonly nested: Shape | null;
}

export interface Shape {
  readonly make: Class;
  readonly fields: ReadonlyMap<string, Field>;
}

const shapes = new Map<Class, Shape>();

/** What decorators of class-validator and class-transformer say of the class, read once. */
export function shapeOf(make: Class): Shape {
  const known = shapes.get(make);
  if (known) return known;
  const checks = getMetadataStorage().getTargetValidationMetadatas(make, '', false, false);
  const fields = new Map<string, Field>();
  for (const name of new Set(checks.map(({ propertyName }) => propertyName)))
    fields.set(
      name,
      fieldOf(
        make,
        name,
        checks.filter(({ propertyName }) => propertyName === name),
      ),
    );
  const shape = { make, fields };
  shapes.set(make, shape);
  return shape;
}

function fieldOf(make: Class, name: string, checks: readonly Check[]): Field {
  const rules = checks.flatMap(rulesOf).sort((one, other) => rank(one) - rank(other));
  const changes = transforms.findTransformMetadatas(make, name, TransformationType.PLAIN_TO_CLASS);
  const nested: unknown = checks.some(({ type }) => type === 'nestedValidation')
    ? transforms.findTypeMetadata(make, name).typeFunction()
    : undefined;
  return {
    name,
    when: checks.filter(({ type }) => type === 'conditionalValidation').map(({ constraints }) => constraints[0] as Field['when'][number]),
    rules,
    isId: rules.some((rule) => rule.name === 'isUuid'),
    change: (given, obj) =>
      changes.reduce<unknown>(
        (value, { transformFn }) => transformFn({ value, key: name, obj, type: TransformationType.PLAIN_TO_CLASS, options: {} }),
        given,
      ),
    nested: typeof nested === 'function' ? shapeOf(nested as Class) : null,
  };
}

function rulesOf(check: Check): readonly Rule[] {
  const { type, constraintCls, propertyName: property } = check;
  // The library's types say that these are always there.
  const { constraints = [], each = false, message, name = '' } = check as Partial<Check>;
  if (type !== 'customValidation') return [];
  const startsWithName = new RegExp(`^${property} `);
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => {
      const args = (value: unknown, object: object): ValidationArguments => ({ value, object, property, constraints, targetName: '' });
      const said = (value: unknown, object: object): string => {
        const sent = args(value, object);
        return (typeof message === 'function' ? message(sent) : message) ?? instance.defaultMessage?.(sent) ?? 'is not as it must be';
      };
      return {
        name,
        each,
        constraints,
        isMet: (value, object) => Boolean(instance.validate(value, args(value, object))),
        ownMessage: message !== undefined,
        // The library's sentences begin with the name of the property, which the path says already.
        message: (value, object) =>
          said(value, object).replace('each value in ', '').replace('$property', property).replace(startsWithName, ''),
      };
    });
}

const kinds: readonly string[] = ['isArray', 'isObject', 'isString', 'isInt', 'isBoolean'];
const sizes: readonly string[] = ['arrayMinSize', 'arrayMaxSize'];

function rank({ name, each }: Rule): number {
  if (each) return 3;
  if (kinds.includes(name)) return 0;
  return sizes.includes(name) ? 1 : 2;
}

/** The rule that is broken, or that a field is not there though it must be, or is none of the class. */
export type Broken = Rule | 'missing' | 'unknown';
type Fault = (path: string, broken: Broken, message?: string) => void;

/**
 * The value as an instance of its class, in one walk that tells of each wrong field once and looks at no list that is too long and nothing
 * below a field that is not known: what a call does not take costs little, however much of it is sent.
 */
export function readShape(shape: Shape, given: object, above: string, fault: Fault): object {
  const { make, fields } = shape;
  const read = new make() as Record<string, unknown>;
  for (const name of Object.keys(given)) if (!fields.has(name)) fault(join(above, name), 'unknown');
  for (const field of fields.values()) {
    const value = lowered(field, (given as Record<string, unknown>)[field.name]);
    const changed = field.change(value, given);
    if (field.when.every((applies) => applies(given, changed))) read[field.name] = readField(field, changed, { given, above, fault });
    else if (changed !== undefined) read[field.name] = changed;
  }
  return read;
}

interface At {
  readonly given: object;
  readonly above: string;
  readonly fault: Fault;
}

function readField(field: Field, value: unknown, { given, above, fault }: At): unknown {
  for (const rule of field.rules) {
    // As class-validator has it: what is no list is checked as if it were the only item.
    const looked: readonly unknown[] = rule.each && Array.isArray(value) ? value : [value];
    const wrong = looked.findIndex((one) => !rule.isMet(one, given));
    if (wrong < 0) continue;
    const path = join(above, field.name);
    if (value === undefined) fault(path, 'missing');
    else fault(path, rule, rule.message(looked[wrong], given));
    return value;
  }
  const { nested } = field;
  if (!nested) return value;
  const path = join(above, field.name);
  if (Array.isArray(value)) return value.map((item: object, index) => readShape(nested, item, join(path, String(index)), fault));
  if (typeof value === 'object' && value !== null) return readShape(nested, value, path, fault);
  return value;
}

function lowered({ isId }: Field, value: unknown): unknown {
  if (!isId) return value;
  if (typeof value === 'string') return value.toLowerCase();
  return Array.isArray(value) ? value.map((one: unknown) => (typeof one === 'string' ? one.toLowerCase() : one)) : value;
}

const join = (above: string, name: string): string => (above === '' ? name : `${above}.${name}`);

/** A field of the shape by its name; undefined where it has none. */
export const readShapeField = ({ fields }: Shape, name: string): Field | undefined => fields.get(name);
