import { actionName, knownActions } from '../../words/codes';
import type { Word, Words } from '../../words/words';

const general = {
  read: 'serviceAccounts.read',
  commands: 'serviceAccounts.commands',
  administer: 'serviceAccounts.administer',
} as const satisfies Record<string, Word>;
type General = keyof typeof general;

export const generalScopes = Object.keys(general) as readonly General[];
/** Each command on procedures by its own name. */
export const singleScopes: readonly string[] = knownActions;

const isGeneral = (scope: string): scope is General => Object.hasOwn(general, scope);

/** What a key covers, in words. */
export const scopeName = (scope: string, say: Words['say']): string => (isGeneral(scope) ? say(general[scope]) : actionName(scope, say));
