import { actionTitles } from './lifecycle.js';
import type { AnyAction, Title, Transition } from './lifecycle.js';
import type { LifecycleDocument } from './lifecycle-document.js';

type Language = keyof Title;

const insteadTitles: Readonly<Record<NonNullable<Transition['instead']>['when'], Title>> = {
  'check-failed': { vi: 'không đạt', en: 'failed' },
  'option-abolishes': { vi: 'phương án bãi bỏ', en: 'option abolishes' },
};

/** Words of the diagram language that no state may be called. */
const reserved = /^(state|note|end|direction|class|classdef|style|as|default)$/i;

/**
 * The definition as a Mermaid state diagram, stages by their titles. What is open everywhere and leads nowhere, such as a
 * suspension, stands in a comment. (https://mermaid.js.org/syntax/stateDiagram.html)
 */
export function lifecycleDiagram(definition: LifecycleDocument, language: Language = 'vi'): string {
  const { stages, transitions, initial } = definition;
  const names = Object.keys(stages);
  const idle = transitions.filter(({ from, to }) => from === 'open' && to === 'same').map(({ action }) => labelOf(action, language));
  const lines = [
    ...names.map((name) => `state "${textOf(stages[name]?.title[language], name)}" as ${idOf(name)}`),
    ...(initial === undefined ? [] : [`[*] --> ${idOf(initial)}`]),
    ...transitions.flatMap((transition) => edges(transition, definition, language)),
    ...names.filter((name) => stages[name]?.end === true).map((name) => `${idOf(name)} --> [*]`),
    ...(idle.length > 0 ? [`%% ${idle.join(', ')}`] : []),
  ];
  return ['stateDiagram-v2', ...lines.map((line) => `  ${line}`), ''].join('\n');
}

function edges(
  { action, from, to, instead }: Transition,
  { stages, transitions }: LifecycleDocument,
  language: Language,
): readonly string[] {
  if (action === 'register' || (from === 'open' && to === 'same')) return [];
  const origins = transitions.flatMap((one) => (one.action === 'propose-option' && one.from !== 'open' ? one.from : []));
  const targets = (target: string, stage: string): readonly string[] =>
    target === 'same' ? [stage] : target === 'origin' ? [...new Set(origins)] : [target];
  const leaving = from === 'open' ? Object.keys(stages).filter((name) => stages[name]?.end !== true) : from;
  const label = labelOf(action, language);
  return leaving.flatMap((stage) => [
    ...targets(to, stage).map((target) => `${idOf(stage)} --> ${idOf(target)} : ${label}`),
    ...(instead
      ? targets(instead.to, stage).map((target) => `${idOf(stage)} --> ${idOf(target)} : ${label} (${insteadTitles[instead.when][language]})`)
      : []),
  ]); // prettier-ignore
}

const idOf = (name: string): string => (reserved.test(name) ? `${name}_` : name);

/** A draft may name an action that there is not. */
function labelOf(action: AnyAction, language: Language): string {
  return Object.hasOwn(actionTitles, action) ? actionTitles[action][language] : action;
}

/** Quotes, line ends and semicolons would end the title. */
function textOf(title: string | undefined, name: string): string {
  const text = (title ?? '').replace(/[\p{C}\s]+/gu, ' ').trim();
  return (text === '' ? name : text).replace(/[#";]/g, (character) => `#${String(character.codePointAt(0))};`);
}
