import { prefer, usePreferences } from '../api/preferences';

interface LetterKeys {
  /** (Default: true) */
  readonly letterKeys: boolean;
  readonly switchLetterKeys: (on: boolean) => void;
}

/** Whether keys of one letter are commands, as the person likes it. */
export function useLetterKeys(): LetterKeys {
  const letterKeys = usePreferences()?.letterKeys ?? true;
  return { letterKeys, switchLetterKeys: (on) => prefer({ letterKeys: on }) };
}
