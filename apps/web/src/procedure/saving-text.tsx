import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { components } from '../api/schema';
import { decimalKind } from '../form/number-fields';
import { numberText } from '../format/format';
import { useWords } from '../words/words';

type Saving = components['schemas']['SavingAnswer'];

/** What an option saves, in one sentence. */
export function SavingText({ saving: { before, after, saving, cutPercent } }: { readonly saving: Saving }): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const money = (dong: number): string => say('money.year', { dong: numberText(dong, language) });
  return (
    <Text>
      {say('cost.counted', { before: money(before.year), after: money(after.year), saving: money(saving) })}{' '}
      {cutPercent === null ? say('cost.noPercent') : say('cost.percent', { percent: decimalKind.text(cutPercent, words) })}
    </Text>
  );
}
