import type { ComponentType } from 'react';
import { AssignFields, ReasonFields, severalActs } from '../../actions/several-acts';
import { actionName, claimingWords } from '../../words/codes';
import type { Word } from '../../words/words';

/** An act that can be done with several at once: one form for all. */
interface Act {
  /** What stands in the call after the procedure. */
  readonly path: string;
  readonly Fields: ComponentType;
  /** Whether it says on which day it was done. */
  readonly isDated?: true;
}

const acts: Readonly<Record<string, Act>> = {
  claim: { path: 'claim', Fields: () => null },
  release: { path: 'release', Fields: ReasonFields },
  assign: { path: 'assign', Fields: AssignFields },
  ...Object.fromEntries(
    Object.entries(severalActs).map(([name, Fields]): [string, Act] => [name, { path: `actions/${name}`, Fields, isDated: true }]),
  ),
};

/** Undefined for what cannot be done with several at once. */
export const actNamed = (name: string): Act | undefined => (Object.hasOwn(acts, name) ? acts[name] : undefined);

export function actName(act: string, say: (word: Word) => string): string {
  const words: Readonly<Record<string, Word>> = claimingWords;
  const word = Object.hasOwn(words, act) ? words[act] : undefined;
  return word === undefined ? actionName(act, say) : say(word);
}
