import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { CommandForm } from '../form/command-form';
import { LongField } from '../form/fields';
import { PersonField } from '../form/person-field';
import { Dialog } from '../frame/dialog';
import { Refusal } from '../frame/refusal';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import type { Work } from './work-words';

type Claiming = Work['claiming'][number];

const words = { claim: 'claim.claim', release: 'claim.release', assign: 'claim.assign' } as const satisfies Record<
  Claiming['action'],
  Word
>;

/** Whose work it is, and how it becomes somebody else's, right in the list. */
export function ClaimingCell({ work }: { readonly work: Work }): ReactNode {
  const { say } = useWords();
  const [begun, begin] = useState<Claiming | null>(null);
  // Pressed again after it failed it is the same command.
  const key = useRef(crypto.randomUUID());
  const atOnce = useMutation({
    mutationFn: async ({ action }: Claiming) => {
      await send(work, action, {}, key.current);
      key.current = crypto.randomUUID();
    },
  });
  return (
    <div>
      {work.claim !== null && <Text size="sm">{work.claim.name}</Text>}
      <Group gap={4}>
        {work.claiming.map((one) => (
          <Button
            key={one.action}
            size="compact-xs"
            variant="default"
            data-claiming={one.action}
            aria-label={say('worklist.claimingOf', { what: say(words[one.action]), title: work.title })}
            loading={atOnce.isPending && atOnce.variables.action === one.action}
            onClick={() => (one.needsReason ? begin(one) : atOnce.mutate(one))}
          >
            {say(words[one.action])}
          </Button>
        ))}
      </Group>
      {atOnce.isError && <Refusal error={atOnce.error} />}
      <Dialog title={begun ? say(words[begun.action]) : ''} opened={begun !== null} close={() => begin(null)}>
        {begun && <ClaimingForm work={work} action={begun.action} done={() => begin(null)} />}
      </Dialog>
    </div>
  );
}

interface FormProps {
  readonly work: Work;
  readonly action: Claiming['action'];
  readonly done: () => void;
}

function ClaimingForm({ work, action, done }: FormProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      <Text mb="sm">{work.title}</Text>
      <CommandForm
        label={say(words[action])}
        submit={say(words[action])}
        send={async (body, key) => {
          await send(work, action, body, key);
          done();
        }}
        cancel={done}
      >
        {action === 'assign' && <PersonField name="person" label={say('claim.person')} near={work.owningUnit} />}
        <LongField name="reason" label={say('field.reason')} />
      </CommandForm>
    </>
  );
}

async function send(work: Work, action: Claiming['action'], body: object, key: string): Promise<void> {
  const { id, revision, actingFor } = work;
  await command('POST', `/api/v1/procedures/${id}/${action}`, body, { key, revision, ...(actingFor !== null && { actingFor }) });
}
