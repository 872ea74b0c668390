import type { Lifecycle } from '../../lifecycle/lifecycle';
import { stageTitle } from '../../lifecycle/titles';
import { actionName, kindWords, roleName } from '../../words/codes';
import type { Word, Words } from '../../words/words';
import { clockStopWords, conditionWords, countingWords, inputWords, levelWords, measureWords, placeWords, requirementWords } from './names';

const partWords: Readonly<Record<string, Word>> = {
  title: 'definitions.name',
  initial: 'definitions.initial',
  calendar: 'definitions.calendar',
  stages: 'definitions.stage',
  transitions: 'definitions.action',
  deadlines: 'definitions.deadlines',
  punctuality: 'definitions.punctuality',
  rules: 'definitions.rules',
  classes: 'definitions.classes',
  authority: 'definitions.policy',
};

/** What is said of a row, whatever it is about. */
const fieldWords: Readonly<Record<string, Word>> = {
  title: 'definitions.name',
  vi: 'definitions.inVi',
  en: 'definitions.inEn',
  end: 'definitions.isEnd',
  action: 'definitions.action',
  from: 'definitions.from',
  to: 'definitions.to',
  instead: 'definitions.hasInstead',
  when: 'definitions.when',
  requires: 'definitions.requires',
  inputs: 'definitions.inputs',
  authority: 'definitions.rule',
  differentFrom: 'definitions.differentFrom',
  worklist: 'definitions.worklist',
  stage: 'definitions.stage',
  days: 'definitions.days',
  ministry: 'definitions.ofMinistry',
  service: 'definitions.ofService',
  counting: 'definitions.counting',
  warnBefore: 'definitions.warnBefore',
  escalateAfter: 'definitions.escalateAfter',
  stopsWhile: 'definitions.stopsWhile',
  role: 'definitions.role',
  at: 'definitions.at.place',
  owners: 'definitions.owners',
  publisher: 'definitions.publisher',
  approver: 'definitions.approver',
  nationalDatabase: 'definitions.nationalDatabase',
};

/** Where in a definition something stands, in words as far as there are any. @param path As differences have it */
export function placeInWords(path: readonly string[], lifecycle: Lifecycle, words: Words): string {
  const { say } = words;
  const [top = '', ...below] = path[0] === 'authority' && path.length > 2 ? path.slice(1) : path;
  const part = wordOf(partWords, top, words);
  if (below.length === 0) return part;
  if (top === 'title' || top === 'authority') return [part, ...below.map((field) => wordOf(fieldWords, field, words))].join(' › ');
  const [row = '', ...fields] = below;
  const [name = '', number = ''] = row.split(/(?= \(\d+\)$)/);
  const named: Readonly<Record<string, () => string>> = {
    stages: () => stageTitle(lifecycle, name, words),
    transitions: () => actionName(name, say),
    deadlines: () => (lifecycle.stages.some((stage) => stage.name === name) ? stageTitle(lifecycle, name, words) : actionName(name, say)),
    rules: () => ruleName(name, words),
    classes: () => className(name, words),
    punctuality: () => wordOf(measureWords, name, words),
  };
  const rowName = Object.hasOwn(named, top) ? (named[top]?.() ?? name) : name;
  return [part, `${rowName}${number}`, ...fields.map((field) => wordOf(fieldWords, field, words))].join(' › ');
}

/** A value of a definition, in words as far as there are any. @param path As differences have it */
export function valueInWords(path: readonly string[], value: unknown, lifecycle: Lifecycle, words: Words): string {
  const { say } = words;
  if (Array.isArray(value))
    return value.length === 0
      ? say('definitions.emptyList')
      : value.map((one: unknown) => valueInWords(path, one, lifecycle, words)).join(', ');
  if (value === null) return say('definitions.nobody');
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  if (typeof value !== 'string') return JSON.stringify(value);
  const field = path.at(-1) ?? '';
  const codes = Object.hasOwn(codesOf, field) ? codesOf[field] : undefined;
  if (codes !== undefined) return wordOf(codes, value, words);
  if (stageFields.includes(field)) return stageName(value, lifecycle, words);
  if (field === 'action' || field === 'differentFrom') return actionName(value, say);
  if (field === 'role') return roleName(value, say);
  if (field === 'authority') return ruleName(value, words);
  return value === '' ? say('definitions.emptyText') : value;
}

const codesOf: Readonly<Record<string, Readonly<Record<string, Word>>>> = {
  kind: kindWords,
  at: placeWords,
  requires: requirementWords,
  inputs: inputWords,
  when: conditionWords,
  counting: countingWords,
  stopsWhile: clockStopWords,
  owners: levelWords,
  publisher: levelWords,
  approver: levelWords,
};
const stageFields: readonly string[] = ['initial', 'from', 'to', 'stage'];

/** A stage as transitions name it. */
export function stageName(name: string, lifecycle: Lifecycle, words: Words): string {
  const { say } = words;
  if (name === 'same') return say('definitions.same.stage');
  if (name === 'origin') return say('definitions.origin');
  return name === 'open' ? say('lifecycle.anyOpen') : stageTitle(lifecycle, name, words);
}

/** A rule of the policy: the action, and what it is about where there are several. */
export function ruleName(rule: string, { say }: Words): string {
  if (rule === 'as-corrected') return say('definitions.asCorrected');
  const [action = '', about] = rule.split(':');
  return about === undefined ? actionName(action, say) : `${actionName(action, say)} (${about})`;
}

/** What a class of the policy holds: a group of internal procedures, or a kind. */
export function className(name: string, { say }: Words): string {
  return Object.hasOwn(kindWords, name) ? wordOf(kindWords, name, { say }) : say('dashboard.internalGroup', { group: name });
}

function wordOf(words: Readonly<Record<string, Word>>, code: string, { say }: Pick<Words, 'say'>): string {
  const word = Object.hasOwn(words, code) ? words[code] : undefined;
  return word === undefined ? code : say(word);
}
