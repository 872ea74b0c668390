import { readShapeField } from '../http/shape-of.js';
import type { Field, Rule, Shape } from '../http/shape-of.js';

/** How the cells of a column are read. */
export type ColumnType =
  | { readonly name: 'text' | 'whole' | 'decimal' | 'date' | 'boolean' | 'unit' | 'amountOrText' | 'code' }
  | { readonly name: 'choice'; readonly choices: readonly string[] }
  | { readonly name: 'texts'; readonly choices: readonly string[] | null };

/** Fields of a body whose values spreadsheets would take for figures. */
const codes: readonly string[] = ['code', 'procedure', 'username', 'indicator', 'period'];
/** Lists are written as far as anybody writes them. */
const mostIndex = 499;

/**
 * How a column is read whose header is this path of the body, by what the body's class says of the field; undefined where the body has no such
 * field, or it holds others.
 */
export function typeAt(shape: Shape, path: string): ColumnType | undefined {
  const [name = '', ...below] = path.split('.');
  const field = readShapeField(shape, name);
  if (!field) return undefined;
  const isList = field.rules.some((rule) => rule.name === 'isArray');
  if (!isList) {
    if (field.nested) return below.length === 0 ? undefined : typeAt(field.nested, below.join('.'));
    return below.length === 0 ? typeOf(field, name) : undefined;
  }
  const [index, ...within] = below;
  if (index === undefined) return field.nested ? undefined : { name: 'texts', choices: choicesIn(field.rules.filter(({ each }) => each)) };
  if (!/^(0|[1-9]\d{0,2})$/.test(index) || Number(index) > mostIndex) return undefined;
  if (field.nested) return within.length === 0 ? undefined : typeAt(field.nested, within.join('.'));
  return within.length === 0 ? { name: 'text' } : undefined;
}

/** Fields of the body that must be there and hold no others, by their paths. */
export function requiredIn({ fields }: Shape): readonly string[] {
  return [...fields.values()].flatMap(({ name, when, nested }) => (when.length === 0 && !nested ? [name] : []));
}

function typeOf({ rules }: Field, name: string): ColumnType {
  const choices = choicesIn(rules);
  if (choices) return { name: 'choice', choices };
  const has = (rule: string): boolean => rules.some((one) => one.name === rule);
  if (has('isUuid')) return { name: 'unit' };
  if (has('isInt')) return { name: 'whole' };
  if (has('hours') || has('decimal') || has('decimalText') || has('figure')) return { name: 'decimal' };
  if (has('calendarDate')) return { name: 'date' };
  if (has('isBoolean')) return { name: 'boolean' };
  if (has('amountOrText')) return { name: 'amountOrText' };
  return { name: codes.includes(name) ? 'code' : 'text' };
}

function choicesIn(rules: readonly Rule[]): readonly string[] | null {
  const [values] = rules.find(({ name }) => name === 'isIn')?.constraints ?? [];
  return Array.isArray(values) ? values.filter((one): one is string => typeof one === 'string') : null;
}
