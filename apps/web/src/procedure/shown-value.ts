import { choicesOf } from '../form/choice-field';
import type { Choice } from '../form/choice-field';
import { kindOf } from '../form/kind-of';
import { kinds } from '../form/kinds';
import { groups } from '../table/filters';
import { agencyRoleWords, classificationWords, clockWords, kindWords, optionTypeWords, stageName, timeUnitWords } from '../words/codes';
import type { Word, Words } from '../words/words';

/** What codes are called, by the last name of their path. */
const codes: Readonly<Record<string, Readonly<Record<string, Word>>>> = {
  kind: kindWords,
  classification: classificationWords,
  type: optionTypeWords,
  unit: timeUnitWords,
  role: agencyRoleWords,
  clocks: clockWords,
};
const unitPaths = /^(owningUnit|from|to|units(\.\d+)?)$/;

/** A value of a procedure or of a record, in words: codes by their names, units by theirs, money, dates and the rest by their kind. */
export function shownValue(path: string, value: unknown, words: Words, nameOf: (unit: string) => string): string {
  if (value === undefined || value === null || value === '') return words.say('value.none');
  if (Array.isArray(value)) return value.map((one, index) => shownValue(`${path}.${String(index)}`, one, words, nameOf)).join('\n');
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([name]) => name !== 'id')
      .map(([name, inner]: [string, unknown]) => shownValue(`${path}.${name}`, inner, words, nameOf))
      .join(', ');
  if (typeof value === 'string') {
    if (unitPaths.test(path)) return nameOf(value);
    const last = path.split('.').at(-1) ?? '';
    if (last === 'stage' || last === 'origin') return stageName(value, words.say);
    const names = Object.hasOwn(codes, last) ? codes[last] : undefined;
    const word = names && Object.hasOwn(names, value) ? names[value] : undefined;
    if (word !== undefined) return words.say(word);
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  return textBy(kindOf(path, value), value, words);
}

/** What a value can be, where it is one of a few. @param units Those that there are */
export function choicesAt(
  path: string,
  value: string | number | boolean,
  { say }: Words,
  units: readonly { readonly id: string; readonly name: string; readonly closed: boolean }[],
): readonly Choice[] | null {
  if (typeof value !== 'string') return null;
  if (unitPaths.test(path))
    return units.filter(({ id, closed }) => !closed || id === value).map(({ id, name }) => ({ value: id, label: name }));
  const last = path.split('.').at(-1) ?? '';
  if (path === 'group') return groups.map((group) => ({ value: group, label: group }));
  const names = Object.hasOwn(codes, last) ? codes[last] : undefined;
  return names && Object.hasOwn(names, value) ? choicesOf(names, say) : null;
}

function textBy(kind: ReturnType<typeof kindOf>, value: string | number | boolean, words: Words): string {
  switch (kind) {
    case 'flag':
      return kinds.flag.text(value === true, words);
    case 'money':
    case 'whole':
      return kinds[kind].text(Number(value), words);
    case 'fee':
      return kinds.fee.text(typeof value === 'number' ? value : String(value), words);
    case 'text':
    case 'long':
    case 'date':
    case 'decimal':
      return kinds[kind].text(String(value), words);
  }
}
