import { Card, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberText } from '../format/format';
import { KeyValues } from '../table/key-values';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import type { Procedure } from './procedure-queries';

type Option = Procedure['options'][number];

export const optionTypeWords = {
  abolish: 'optionType.abolish',
  merge: 'optionType.merge',
  cutStep: 'optionType.cutStep',
  cutDocument: 'optionType.cutDocument',
  cutCondition: 'optionType.cutCondition',
  cutFee: 'optionType.cutFee',
  cutTime: 'optionType.cutTime',
  cutFrequency: 'optionType.cutFrequency',
  useData: 'optionType.useData',
  delegate: 'optionType.delegate',
  digitise: 'optionType.digitise',
  postCheck: 'optionType.postCheck',
  standardForm: 'optionType.standardForm',
  extendValidity: 'optionType.extendValidity',
} as const satisfies Record<Option['type'], Word>;

/** How it was, or is to be, simplified: the newest first, with what each saves in a year. */
export function Options({ options }: { readonly options: readonly Option[] }): ReactNode {
  const { say, language } = useWords();
  if (options.length === 0) return null;
  const money = (dong: number): string => say('money.year', { dong: numberText(dong, language) });
  return (
    <section>
      <Title order={2} size="h4" mt="xl" mb="xs">
        {say('options.title')}
      </Title>
      {options.toReversed().map(({ id, type, content, reason, status, saving, documentsToAmend, check, turnedDown }) => (
        <Card key={id} withBorder mb="md">
          <KeyValues
            entries={[
              [say('options.type'), say(optionTypeWords[type])],
              [say('options.status'), status],
              [say('options.content'), content],
              [say('options.reason'), reason],
              [
                say('options.documents'),
                documentsToAmend.map(({ title, number, change }) => [title, number, change].filter(Boolean).join(', ')).join('\n'),
              ],
              [say('options.before'), money(saving.before.year)],
              [say('options.after'), money(saving.after.year)],
              [
                say('options.saving'),
                saving.cutPercent === null ? money(saving.saving) : `${money(saving.saving)} (${saving.cutPercent} %)`,
              ],
              [say('options.check'), check?.remarks],
              [say('options.turnedDown'), turnedDown?.reason],
            ]}
          />
        </Card>
      ))}
    </section>
  );
}
