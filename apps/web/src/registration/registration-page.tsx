import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import type { SignedInPerson } from '../api/session';
import { useDraft } from '../form/draft';
import { Page } from '../frame/page';
import { useUnits } from '../frame/units';
import { useWords } from '../words/words';
import { RegistrationForm } from './registration-form';
import { isKeptAsDraft, unitsToChoose } from './registration';

/** Where a procedure begins. */
export function RegistrationPage(): ReactNode {
  const session = useSession();
  return session.state === 'in' ? <Registration person={session.person} /> : null;
}

function Registration({ person }: { readonly person: SignedInPerson }): ReactNode {
  const { say } = useWords();
  const units = unitsToChoose(useUnits().all, person.unit);
  const draft = useDraft('registration', { mayKeep: isKeptAsDraft });
  return (
    <Page title={say('registration.title')} busy={units.length === 0 || draft === null}>
      {draft && (
        <>
          <Group mb="md" mih={36}>
            <Text c="dimmed" size="sm" role="status">
              {say(draft.isKept ? 'registration.kept' : 'registration.begin')}
            </Text>
            {draft.isKept && (
              <Button variant="default" size="compact-sm" onClick={draft.discard}>
                {say('registration.discard')}
              </Button>
            )}
          </Group>
          {units.length > 0 && <RegistrationForm key={draft.filling} units={units} own={person.unit} draft={draft} />}
        </>
      )}
    </Page>
  );
}
