import type { Kind } from './kinds';

const money: readonly string[] = ['service', 'hourlyWage', 'once', 'year', 'saving'];
const long: readonly string[] = [
  ...['reason', 'findings', 'remarks', 'note', 'content', 'change', 'roadmap', 'comment', 'description'],
  ...['steps', 'subjects', 'form', 'result', 'conditions', 'summary', 'manner', 'agency', 'fees'],
];
const decimal: readonly string[] = ['hours', 'cutPercent'];

/** The kind of a value that stands at a path of a body, a record or a procedure. */
export function kindOf(path: string, value: string | number | boolean): Exclude<Kind, 'password'> {
  const last =
    path
      .replace(/(\.\d+)+$/, '')
      .split('.')
      .at(-1) ?? '';
  if (typeof value === 'boolean') return 'flag';
  // A fee of a way is money or words, one of a cost is money; either is read and written alike.
  if (last === 'fee') return 'fee';
  if (typeof value === 'number') return money.includes(last) ? 'money' : 'whole';
  if (decimal.includes(last)) return 'decimal';
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'date';
  return long.includes(last) || value.length > 80 || value.includes('\n') ? 'long' : 'text';
}
