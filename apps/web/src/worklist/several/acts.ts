import { lazy } from 'react';
import type { ComponentType } from 'react';
import { actionName, claimingWords } from '../../words/codes';
import type { Word } from '../../words/words';

/** An act that can be done with several at once: one form for all. What is about one procedure alone, such as an option, is not among them. */
interface Act {
  /** What stands in the call after the procedure. */
  readonly path: string;
  readonly Fields: ComponentType;
  /** Whether it says on which day it was done. */
  readonly isDated?: true;
}

/** Fetched when a form is first opened. */
const load = () => import('../../actions/action-fields');
const fieldsOf = (name: keyof Awaited<ReturnType<typeof load>>) => lazy(async () => ({ default: (await load())[name] }));
const ReasonFields = fieldsOf('ReasonFields');
const AssignFields = fieldsOf('AssignFields');
const ReviewFields = fieldsOf('ReviewFields');
const ProposeFields = fieldsOf('ProposeFields');
const DecisionFields = fieldsOf('DecisionFields');
const DatedFields = fieldsOf('DatedFields');
const DiscloseFields = fieldsOf('DiscloseFields');
const CheckFields = fieldsOf('CheckFields');

const action = (name: string, Fields: Act['Fields']): readonly [string, Act] => [name, { path: `actions/${name}`, Fields, isDated: true }];

const acts: Readonly<Record<string, Act>> = {
  claim: { path: 'claim', Fields: () => null },
  release: { path: 'release', Fields: ReasonFields },
  assign: { path: 'assign', Fields: AssignFields },
  ...Object.fromEntries([
    action('review', ReviewFields),
    action('propose', ProposeFields),
    action('publish', DecisionFields),
    action('approve-option', DecisionFields),
    action('disclose', DiscloseFields),
    action('apply', DatedFields),
    action('check-quality', CheckFields),
    action('reject-option', ReasonFields),
    action('return', ReasonFields),
    action('suspend', ReasonFields),
    action('resume', () => null),
    action('withdraw', ReasonFields),
  ]),
};

/** Undefined for what cannot be done with several at once. */
export const actNamed = (name: string): Act | undefined => (Object.hasOwn(acts, name) ? acts[name] : undefined);

export function actName(act: string, say: (word: Word) => string): string {
  const words: Readonly<Record<string, Word>> = claimingWords;
  const word = Object.hasOwn(words, act) ? words[act] : undefined;
  return word === undefined ? actionName(act, say) : say(word);
}
