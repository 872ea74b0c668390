import { Button, Card, Group, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api, command } from '../api/client';
import { useSession } from '../api/session';
import { CommandForm } from '../form/command-form';
import { ChoiceField, LongField } from '../form/fields';
import { useUnits } from '../frame/units';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { claimingOf, peopleToChoose } from './claiming';
import type { Claiming } from './claiming';
import { claimsQuery } from './procedure-queries';
import type { Procedure } from './procedure-queries';

interface Props {
  readonly procedure: Procedure;
  /** Person id: for whom the caller acts; nothing for oneself. */
  readonly actingFor: string | undefined;
}

/** Whose work it is, and how it becomes somebody else's. */
export function Holder({ procedure, actingFor }: Props): ReactNode {
  const { say } = useWords();
  const session = useSession();
  const [begun, begin] = useState<Claiming | null>(null);
  const { holder, items } = useSuspenseQuery(claimsQuery(procedure.id)).data;
  if (session.state !== 'in') return null;
  const me = { id: session.person.id, roles: session.person.roles, actingFor };
  const open = claimingOf(procedure, holder, me);
  const shown = open.find((one) => one === begun) ?? null;
  const name = items.findLast(({ person }) => person === holder)?.name ?? '';
  if (holder === null && open.length === 0) return null;
  return (
    <section aria-label={say('claim.title')} data-noprint>
      <Group mb="md">
        <Text>{holder === null ? say('claim.nobody') : holder === me.id ? say('claim.mine') : say('claim.theirs', { name })}</Text>
        {open.map((one) => (
          <Button
            key={one}
            data-claiming={one}
            variant={shown === one ? 'filled' : 'default'}
            size="compact-sm"
            aria-expanded={shown === one}
            onClick={() => begin(shown === one ? null : one)}
          >
            {say(words[one])}
          </Button>
        ))}
      </Group>
      {shown !== null && (
        <ClaimingForm key={shown} claiming={shown} needsReason={holder !== me.id} {...{ procedure, actingFor }} done={() => begin(null)} />
      )}
    </section>
  );
}

const words = { claim: 'claim.claim', release: 'claim.release', assign: 'claim.assign' } as const satisfies Record<Claiming, Word>;

interface FormProps extends Props {
  readonly claiming: Claiming;
  /** Taking work from somebody is told why. */
  readonly needsReason: boolean;
  readonly done: () => void;
}

function ClaimingForm({ claiming, needsReason, procedure, actingFor, done }: FormProps): ReactNode {
  const { say } = useWords();
  const send = async (body: object, key: string): Promise<void> => {
    await command('POST', `/api/v1/procedures/${procedure.id}/${claiming}`, body, { key, revision: procedure.revision, actingFor });
    done();
  };
  return (
    <Card withBorder mb="md">
      <Title order={2} size="h5" mb="sm">
        {say(words[claiming])}
      </Title>
      <CommandForm label={say(words[claiming])} submit={say(words[claiming])} send={send} cancel={done}>
        {claiming === 'assign' && <PersonField owningUnit={procedure.owningUnit} />}
        {claiming !== 'claim' && <LongField name="reason" label={say('field.reason')} optional={claiming === 'release' && !needsReason} />}
      </CommandForm>
    </Card>
  );
}

function PersonField({ owningUnit }: { readonly owningUnit: string }): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const { data } = useQuery(api.queryOptions('get', '/api/v1/people'));
  const people = peopleToChoose(data?.items ?? [], units.all, owningUnit);
  return (
    <ChoiceField
      name="person"
      label={say('claim.person')}
      choices={people.map(({ id, name, unit }) => ({ value: id, label: `${name}, ${units.nameOf(unit)}` }))}
    />
  );
}
