import { useUnits } from '../frame/units';
import { dateText, momentText } from '../format/format';
import { actionName, classificationWords, kindWords, optionTypeWords, stageName } from '../words/codes';
import type { Word } from '../words/words';
import { useWords } from '../words/words';

export type Value = string | number | boolean;

/** What an object holds, leaf by leaf, each by its path in dot notation. */
export function leavesOf(value: unknown, path = ''): readonly (readonly [path: string, value: Value])[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => leavesOf(inner, path === '' ? name : `${path}.${name}`));
}

/** By the last name of a path: which words stand for its codes. */
const codes: Readonly<Record<string, Readonly<Record<string, Word>>>> = {
  kind: kindWords,
  classification: classificationWords,
  type: optionTypeWords,
};

/** Says a value of a record as pages say it: days as dates, codes in words, units by name. */
export function useValueText(): (path: string, value: Value) => string {
  const { say, language } = useWords();
  const units = useUnits();
  return (path, value) => {
    if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
    const text = String(value);
    const name = path.split('.').at(-1) ?? '';
    if (name === 'stage') return stageName(text, say);
    if (name === 'action') return actionName(text, say);
    if (name === 'owningUnit' || /(^|\.)units\.\d+$/.test(path)) return units.nameOf(text);
    const words = Object.hasOwn(codes, name) ? codes[name] : undefined;
    const word = words !== undefined && Object.hasOwn(words, text) ? words[text] : undefined;
    if (word !== undefined) return say(word);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dateText(text);
    return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? momentText(text, language) : text;
  };
}
