import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { useUnits } from '../frame/units';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { countedNames } from './counted-search';
import type { Counted, OnTimeState } from './counted-search';

const onTimeWords = {
  'signedBeforeEffect.met': ['dashboard.signedBeforeEffect', 'dashboard.met'],
  'signedBeforeEffect.late': ['dashboard.signedBeforeEffect', 'dashboard.late'],
  'signedBeforeEffect.open': ['dashboard.signedBeforeEffect', 'dashboard.open'],
  'signedBeforeEffect.unknown': ['dashboard.signedBeforeEffect', 'dashboard.unknown'],
  'disclosedAfterSigning.met': ['dashboard.disclosedAfterSigning', 'dashboard.met'],
  'disclosedAfterSigning.late': ['dashboard.disclosedAfterSigning', 'dashboard.late'],
  'disclosedAfterSigning.open': ['dashboard.disclosedAfterSigning', 'dashboard.open'],
  'disclosedAfterSigning.unknown': ['dashboard.disclosedAfterSigning', 'dashboard.unknown'],
} as const satisfies Record<OnTimeState, readonly [Word, Word]>;

interface Props {
  readonly counted: Counted;
  readonly change: (changed: Readonly<Record<string, string>>) => void;
}

/** The filters by which a figure led here; a press takes one away. */
export function CountedChips({ counted, change }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const { waitsFor, onTime, registeredFrom, inStageFrom } = counted;
  const texts: Readonly<Record<(typeof countedNames)[number], string | null>> = {
    waitsFor: waitsFor === undefined ? null : say('register.waitsFor', { unit: units.nameOf(waitsFor) }),
    onTime: onTime === undefined ? null : onTimeWords[onTime].map((word) => say(word)).join(': '),
    registeredFrom: registeredFrom === undefined ? null : say('register.registeredFrom', { date: dateText(registeredFrom) }),
    inStageFrom: inStageFrom === undefined ? null : say('register.inStageFrom', { date: dateText(inStageFrom) }),
  };
  const chips = countedNames.flatMap((name) => {
    const text = texts[name];
    return text === null ? [] : [{ name, text }];
  });
  if (chips.length === 0) return null;
  return (
    <Group gap="xs" mb="sm" role="group" aria-label={say('register.counted')}>
      {chips.map(({ name, text }) => (
        <Button
          key={name}
          variant="light"
          size="compact-sm"
          rightSection={<span aria-hidden="true">×</span>}
          aria-label={say('register.removeCounted', { what: text })}
          onClick={() => change({ [name]: '' })}
        >
          {text}
        </Button>
      ))}
    </Group>
  );
}
