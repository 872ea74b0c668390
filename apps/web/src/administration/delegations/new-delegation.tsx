import { Fieldset, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ChoiceField, DateField, FlagField, LongField } from '../../form/fields';
import { PersonField } from '../../form/person-field';
import { dateText, today } from '../../format/format';
import { useWords } from '../../words/words';
import { delegable, delegableName } from './delegable';

/** What a delegation is made of. */
export function NewDelegationFields(): ReactNode {
  const { say } = useWords();
  const [what, choose] = useState('');
  return (
    <>
      <PersonField name="from" label={say('delegations.from')} among={{ administered: 'true' }} />
      <PersonField name="to" label={say('delegations.to')} among={{ administered: 'true' }} />
      <ChoiceField
        name="actions"
        label={say('delegations.what')}
        choices={[
          { value: 'all', label: say('delegations.all') },
          { value: 'some', label: say('delegations.some') },
        ]}
        chosen={choose}
      />
      {what === 'some' && (
        <Fieldset legend={say('delegations.which')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
            {delegable.map((action) => (
              <FlagField key={action} name={`some.${action}`} label={delegableName(action, say)} />
            ))}
          </SimpleGrid>
        </Fieldset>
      )}
      <DateField name="startsOn" label={say('delegations.startsOn')} defaultValue={dateText(today())} />
      <DateField name="endsOn" label={say('delegations.endsOn')} help={say('delegations.endsOnHelp')} />
      <LongField name="reason" label={say('field.reason')} />
    </>
  );
}

/** The body of the call, of what the form holds. */
export function delegationIn({ some, ...body }: Readonly<Record<string, unknown>>): object {
  return body.actions === 'some' ? { ...body, actions: flagged(some) } : body;
}

/** The names of the boxes that are ticked. */
const flagged = (boxes: unknown): readonly string[] =>
  Object.entries(boxes ?? {}).flatMap(([name, isTicked]) => (isTicked === true ? [name] : []));
