import type { ReactNode } from 'react';
import { DateField, FlagField, LongField, TextField } from '../../form/fields';
import { PersonField } from '../../form/person-field';
import { dateText, today } from '../../format/format';
import { actionName } from '../../words/codes';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';

/** An act that can be done with several at once: one form for all. What is about one procedure alone, such as an option, is not among them. */
interface Act {
  /** What stands in the call after the procedure. */
  readonly path: string;
  readonly Fields: () => ReactNode;
  /** Whether nothing leads back. */
  readonly isFinal?: true;
  /** Whether it says on which day it was done. */
  readonly isDated?: true;
}

const action = (name: string, Fields: Act['Fields'], more: Pick<Act, 'isFinal'> = {}): readonly [string, Act] => [
  name,
  { path: `actions/${name}`, Fields, isDated: true, ...more },
];

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
    action('apply', DayFields),
    action('check-quality', CheckFields),
    action('reject-option', ReasonFields),
    action('return', ReasonFields),
    action('suspend', ReasonFields),
    action('resume', () => null),
    action('withdraw', ReasonFields, { isFinal: true }),
  ]),
};

/** Undefined for what cannot be done with several at once. */
export const actNamed = (name: string): Act | undefined => (Object.hasOwn(acts, name) ? acts[name] : undefined);

const claimingWords: Readonly<Record<string, Word>> = { claim: 'claim.claim', release: 'claim.release', assign: 'claim.assign' };

export function actName(act: string, say: (word: Word) => string): string {
  const word = Object.hasOwn(claimingWords, act) ? claimingWords[act] : undefined;
  return word === undefined ? actionName(act, say) : say(word);
}

function ReasonFields(): ReactNode {
  const { say } = useWords();
  return <LongField name="reason" label={say('field.reason')} />;
}

function AssignFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PersonField name="person" label={say('claim.person')} />
      <ReasonFields />
    </>
  );
}

function ReviewFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <FlagField name="necessary" label={say('review.necessary')} />
      <FlagField name="withinPowers" label={say('review.withinPowers')} />
      <FlagField name="reasonable" label={say('review.reasonable')} />
      <FlagField name="lawful" label={say('review.lawful')} />
      <LongField name="findings" label={say('field.findings')} />
    </>
  );
}

function ProposeFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="document.number" label={say('field.document.number')} />
      <DateField name="document.date" label={say('field.document.date')} />
      <LongField name="note" label={say('field.note')} optional />
    </>
  );
}

function DecisionFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextField name="decision.number" label={say('field.decision.number')} />
      <DateField name="decision.date" label={say('field.decision.date')} />
      <DateField name="decision.effectiveDate" label={say('field.decision.effectiveDate')} />
      <TextField name="decision.signer" label={say('field.decision.signer')} />
    </>
  );
}

function DayFields(): ReactNode {
  const { say } = useWords();
  return <DateField name="date" label={say('field.date')} defaultValue={dateText(today())} />;
}

function DiscloseFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <DayFields />
      <TextField name="office" label={say('field.office')} />
    </>
  );
}

function CheckFields(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <FlagField name="passed" label={say('field.passed')} />
      <LongField name="remarks" label={say('field.remarks')} />
    </>
  );
}
