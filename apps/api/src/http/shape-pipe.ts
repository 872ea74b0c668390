import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { faultInVietnamese } from './faults-in-vietnamese.js';
import { poisoned } from './json-body.js';
import { mostErrors, Problem, shortened } from './problem.js';
import type { FieldProblem, ProblemCode } from './problem.js';
import { readShape, shapeOf } from './shape-of.js';
import type { Broken, Rule } from './shape-of.js';

type Class = new () => object;

/** Classes that say nothing of a shape: what has them is checked elsewhere. */
const shapeless: readonly unknown[] = [undefined, Object, Array, String, Number, Boolean];

/**
 * Checks bodies and queries against their classes; says `invalid-body` or `invalid-query` with the first fields that are wrong, each once, and how
 * many more there are.
 */
export class ShapePipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type !== 'body' && type !== 'query') return value;
    if (type === 'query') refusePoisoned(value);
    return shapeless.includes(metatype) ? value : read(type === 'body' ? 'invalid-body' : 'invalid-query', value ?? {}, metatype as Class);
  }
}

function read(code: ProblemCode, value: unknown, make: Class): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'must be a JSON object';
    throw new Problem(code, { detail: `The body ${message}.`, errors: [{ path: '', message }] });
  }
  const { shape, errors, faults } = readAs(make, value);
  const [first] = errors;
  if (!first) return shape;
  throw new Problem(code, { detail: `${shortened(first.path)} ${first.message}.`, errors, moreErrors: faults - errors.length });
}

/** The value as an instance of its class, with the first fields that are wrong and how many there are. */
export function readAs<Shape extends object>(
  make: new () => Shape,
  value: object,
): { readonly shape: Shape; readonly errors: readonly FieldProblem[]; readonly faults: number } {
  const errors: FieldProblem[] = [];
  let faults = 0;
  const shape = readShape(shapeOf(make), value, '', (path, broken, message) => {
    if (++faults <= mostErrors) errors.push({ path, ...sentences(broken, message) });
  });
  return { shape: shape as Shape, errors, faults };
}

/** The pipe drops these names without a word, and the database takes no NUL; in bodies they never come so far. */
function refusePoisoned(query: unknown): void {
  const errors = Object.entries(query ?? {}).flatMap(([path, value]) => [
    ...(poisoned.includes(path) ? [{ path, message: 'is not a field here' }] : []),
    ...(String(value).includes('\0') ? [{ path, message: 'must not hold a NUL character' }] : []),
  ]);
  if (errors.length > 0) throw new Problem('invalid-query', { errors });
}

function sentences(broken: Broken, message = ''): Omit<FieldProblem, 'path'> {
  if (broken === 'unknown') return { message: 'is not a field here', vi: 'không phải là trường được chấp nhận' };
  if (broken === 'missing') return { message: 'is required', vi: 'là bắt buộc' };
  const { name, ownMessage, each } = broken;
  const said = english[name]?.(broken) ?? message;
  const vi = vietnamese[name]?.(broken) ?? faultInVietnamese(message) ?? 'không hợp lệ';
  return { message: ownMessage ? message : each ? `each ${said}` : said, vi };
}

type Sentence = (rule: Rule) => string;
const most = ({ constraints }: Rule): string => String(constraints[0]);
const choices = ({ constraints: [values] }: Rule): string =>
  Array.isArray(values) ? values.map((one) => String(one ?? 'null')).join(', ') : '';
const counted = (count: string, one: string): string => `${count} ${one}${count === '1' ? '' : 's'}`;

/** What rules of the library say, in words. */
const english: Readonly<Record<string, Sentence>> = {
  isString: () => 'must be text',
  maxLength: (rule) => `must have at most ${counted(most(rule), 'character')}`,
  minLength: (rule) => `must have at least ${counted(most(rule), 'character')}`,
  isInt: () => 'must be a whole number',
  min: (rule) => `must be at least ${most(rule)}`,
  max: (rule) => `must be at most ${most(rule)}`,
  isBoolean: () => 'must be true or false',
  isUuid: () => 'must be a UUID',
  isIn: (rule) => `must be one of ${choices(rule)}`,
  isArray: () => 'must be a list',
  arrayMinSize: (rule) => `must have at least ${counted(most(rule), 'item')}`,
  arrayMaxSize: (rule) => `must have at most ${counted(most(rule), 'item')}`,
  arrayUnique: () => 'must not hold anything twice',
  isObject: () => 'must be an object',
  matches: () => 'does not have the form that is taken here',
  isEmail: () => 'must be an e-mail address',
};

const vietnamese: Readonly<Record<string, Sentence>> = {
  isString: () => 'phải là chữ',
  notBlank: () => 'không được để trống',
  maxLength: (rule) => `quá dài, tối đa ${most(rule)} ký tự`,
  minLength: (rule) => `quá ngắn, tối thiểu ${most(rule)} ký tự`,
  isInt: () => 'phải là số nguyên',
  min: (rule) => `quá nhỏ, tối thiểu là ${most(rule)}`,
  max: (rule) => `quá lớn, tối đa là ${most(rule)}`,
  isBoolean: () => 'phải là true hoặc false',
  isUuid: () => 'phải là UUID',
  isIn: (rule) => `phải là một trong các giá trị ${choices(rule)}`,
  isArray: () => 'phải là danh sách',
  arrayMinSize: (rule) => `cần ít nhất ${most(rule)} mục`,
  arrayMaxSize: (rule) => `quá nhiều phần tử, tối đa ${most(rule)}`,
  arrayUnique: () => 'không được lặp lại',
  isObject: () => 'phải là đối tượng',
  isEmail: () => 'phải là địa chỉ thư điện tử',
  seen: () => 'không được chứa ký tự điều khiển hoặc ký tự không nhìn thấy',
  username: () => 'phải có từ 2 đến 64 chữ không dấu, chữ số, dấu chấm, gạch, bắt đầu bằng chữ hoặc số',
  actions: () => 'chưa chọn việc nào',
  officialCode: () => 'không phải là mã thủ tục hợp lệ',
  calendarDate: () => 'phải là ngày có thật, dạng YYYY-MM-DD',
  hours: () => 'phải là số giờ, ví dụ "0.5"',
  insteadOf: () => 'chỉ được nhập một trong hai',
};
