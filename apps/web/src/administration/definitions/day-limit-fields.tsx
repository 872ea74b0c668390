import { Checkbox, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import { isObject, objectAt } from './document';
import type { Path } from './document';
import { WrittenChoice, WrittenDays } from './fields';
import { countingWords } from './names';
import { useWriting } from './writing';

/** A number of days, by level where they differ, and which days count. */
export function DayLimitFields({ path }: { readonly path: Path }): ReactNode {
  const { say } = useWords();
  const { document, change } = useWriting();
  const byLevel = isObject(objectAt(document, ...path)['days']);
  return (
    <>
      <Checkbox
        label={say('definitions.byLevel')}
        checked={byLevel}
        onChange={({ currentTarget: { checked } }) => change([...path, 'days'], checked ? { ministry: 10, service: 5 } : 5)}
      />
      {byLevel ? (
        <Group align="start">
          <WrittenDays path={[...path, 'days', 'ministry']} label={say('definitions.daysMinistry')} />
          <WrittenDays path={[...path, 'days', 'service']} label={say('definitions.daysService')} />
        </Group>
      ) : (
        <WrittenDays path={[...path, 'days']} label={say('definitions.days')} />
      )}
      <WrittenChoice
        path={[...path, 'counting']}
        label={say('definitions.counting')}
        choices={Object.entries(countingWords).map(([value, word]) => ({ value, label: say(word) }))}
      />
    </>
  );
}
