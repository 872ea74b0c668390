import { Button, Card, Group, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { AssignFields } from '../actions/action-fields';
import { command } from '../api/client';
import type { components } from '../api/schema';
import { useSession } from '../api/session';
import { CommandForm } from '../form/command-form';
import { LongField } from '../form/fields';
import { claimingWords } from '../words/codes';
import { useWords } from '../words/words';
import { claimsQuery } from './procedure-queries';
import type { Procedure } from './procedure-queries';

type Claiming = components['schemas']['AllowedClaimAnswer'];

interface Props {
  readonly procedure: Procedure;
}

/** Whose work it is, and how it becomes somebody else's. */
export function Holder({ procedure }: Props): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const [begun, begin] = useState<Claiming['action'] | null>(null);
  const { holder, items, allowed } = useSuspenseQuery(claimsQuery(procedure.id)).data;
  const shown = allowed.find(({ action }) => action === begun) ?? null;
  const name = items.findLast(({ person }) => person === holder)?.name ?? say('history.erased');
  const me = session.state === 'in' ? session.person.id : null;
  if (holder === null && allowed.length === 0) return null;
  return (
    <section aria-label={say('claim.title')} data-noprint>
      <Group mb="md">
        <Text>{holder === null ? say('claim.nobody') : holder === me ? say('claim.mine') : say('claim.theirs', { name })}</Text>
        {allowed.map(({ action }) => (
          <Button
            key={action}
            data-action={action}
            variant={shown?.action === action ? 'filled' : 'default'}
            size="compact-sm"
            aria-expanded={shown?.action === action}
            onClick={() => begin(shown?.action === action ? null : action)}
          >
            {say(claimingWords[action])}
          </Button>
        ))}
      </Group>
      {shown && <ClaimingForm key={shown.action} claiming={shown} procedure={procedure} done={() => begin(null)} />}
    </section>
  );
}

interface FormProps extends Props {
  readonly claiming: Claiming;
  readonly done: () => void;
}

function ClaimingForm({ claiming: { action, needsReason }, procedure, done }: FormProps): ReactNode {
  const { say } = useWords();
  const send = async (body: object, key: string): Promise<void> => {
    await command('POST', `/api/v1/procedures/${procedure.id}/${action}`, body, { key, revision: procedure.revision });
    done();
  };
  return (
    <Card withBorder mb="md">
      <Title order={2} size="h5" mb="sm">
        {say(claimingWords[action])}
      </Title>
      <CommandForm label={say(claimingWords[action])} submit={say(claimingWords[action])} send={send} cancel={done}>
        {action === 'assign' && <AssignFields near={procedure.owningUnit} />}
        {action === 'release' && <LongField name="reason" label={say('field.reason')} optional={!needsReason} />}
      </CommandForm>
    </Card>
  );
}
