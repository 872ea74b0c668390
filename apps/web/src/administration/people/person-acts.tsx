import type { ReactNode } from 'react';
import { client, command } from '../../api/client';
import { useSession } from '../../api/session';
import { Acts } from '../../form/acts';
import type { Act } from '../../form/acts';
import { ChoiceField, DateField } from '../../form/fields';
import { UnitField } from '../../form/unit-field';
import { classificationWords, roleWords } from '../../words/codes';
import { useWords } from '../../words/words';
import { useClearancesToGive } from './clearances';
import { useErasing } from './erasing';
import type { Person } from './people-queries';
import { roles } from './people-search';

/** What administrators do about somebody. */
export function PersonActs({ person }: { readonly person: Person }): ReactNode {
  const { say } = useWords();
  const { id, name, unit, clearance, program } = person;
  const session = useSession();
  const own = session.state === 'in' ? session.person.id : '';
  const clearances = useClearancesToGive();
  const erasing = useErasing(person);
  const path = `/api/v1/people/${id}`;
  const endSessions = async (): Promise<void> => {
    await client.POST('/api/v1/auth/logout-everywhere', { body: { person: id } });
  };
  const acts: readonly (Act | false)[] = [
    {
      name: 'grant-role',
      title: say('people.grant'),
      effect: say('people.grantEffect'),
      fields: (
        <>
          <ChoiceField name="role" label={say('people.role')} choices={roles.map((one) => ({ value: one, label: say(roleWords[one]) }))} />
          <UnitField
            name="unit"
            label={say('procedure.owningUnit')}
            among={({ closed, administered }) => !closed && administered}
            {...(unit !== '' && { defaultValue: unit })}
          />
          <DateField name="from" label={say('people.from')} help={say('people.fromHelp')} optional />
          <DateField name="to" label={say('people.to')} help={say('people.toHelp')} optional />
        </>
      ),
      send: (body, key) => command('POST', `${path}/roles`, body, { key }),
    },
    // Nobody says of themselves what they may see.
    id !== own && {
      name: 'set-clearance',
      title: say('people.setClearance'),
      effect: say('people.clearanceEffect', { name }),
      fields: (
        <ChoiceField
          name="clearance"
          label={say('people.clearance')}
          help={say('people.clearanceHelp')}
          choices={clearances.map((one) => ({ value: one, label: say(classificationWords[one]) }))}
          {...(clearance !== undefined && { defaultValue: clearance })}
        />
      ),
      send: (body, key) => command('POST', `${path}/clearance`, body, { key }),
    },
    !program && {
      name: 'end-sessions',
      title: say('people.endSessions'),
      effect: say('people.endSessionsEffect', { name }),
      send: endSessions,
    },
    erasing ?? false,
  ];
  return <Acts label={say('people.personActs', { name })} acts={acts.filter((act) => act !== false)} />;
}
