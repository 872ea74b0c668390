import { actionName, stageName } from '../words/codes';
import type { Word, Words } from '../words/words';
import type { Lifecycle, Step } from './lifecycle';

/** What a stage is called: as its definition says, else as the code is known. */
export function stageTitle({ stages }: Lifecycle, name: string, { say, language }: Words): string {
  const title = stages.find((stage) => stage.name === name)?.title[language]?.trim();
  return title === undefined || title === '' ? stageName(name, say) : title.charAt(0).toLocaleUpperCase() + title.slice(1);
}

const conditions: Readonly<Record<string, Word>> = {
  'check-failed': 'lifecycle.checkFailed',
  'option-abolishes': 'lifecycle.optionAbolishes',
};

/** What is done, and on which condition it leads here. */
export function stepTitle({ action, when }: Pick<Step, 'action' | 'when'>, { say }: Words): string {
  if (when === null) return actionName(action, say);
  const condition = Object.hasOwn(conditions, when) ? conditions[when] : undefined;
  return `${actionName(action, say)} (${condition === undefined ? when : say(condition)})`;
}
