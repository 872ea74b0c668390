import { Button, Card, Group, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { client, command } from '../../api/client';
import { answerOf } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { useIsHere } from '../../frame/here';
import { useWords } from '../../words/words';
import { PreviewTable } from './preview-table';
import type { Preview, Step } from './reorganisations-queries';
import { PlanFields } from './step-fields';

type Body = Readonly<Record<string, unknown>>;

/** A plan is looked at first, and made of what was looked at. */
export function Planning(): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const [isOpen, open] = useState(false);
  const [looked, look] = useState<{ readonly body: Body; readonly preview: Preview } | null>(null);
  return (
    <section aria-label={say('reorganisation.plan')} data-noprint>
      <Group mb="sm">
        <Button size="compact-sm" variant={isOpen ? 'filled' : 'default'} data-action="plan-reorganisation" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {say('reorganisation.plan')}
        </Button>
      </Group>
      {isOpen && (
        <Card withBorder mb="md">
          <Title order={2} size="h5" mb="sm">
            {say('reorganisation.plan')}
          </Title>
          <CommandForm
            label={say('reorganisation.plan')}
            submit={say('reorganisation.look')}
            cancel={() => open(false)}
            typed={() => look(null)}
            send={async (body) => look({ body, preview: await previewOf(body) })}
          >
            <PlanFields />
          </CommandForm>
          {looked && (
            <>
              <Title order={3} size="h5" mt="md" mb="sm">
                {say('reorganisation.preview')}
              </Title>
              {/* The form sent it, and the answer says that it was one. */}
              <PreviewTable steps={looked.body.steps as readonly Step[]} preview={looked.preview} />
              {looked.preview.unmet.length === 0 && (
                <CommandForm
                  label={say('reorganisation.confirm')}
                  submit={say('reorganisation.confirm')}
                  send={async (_, key) => {
                    const { id } = await command('POST', '/api/v1/reorganisations', looked.body, { key });
                    if (isHere()) await navigate({ to: '/administration/reorganisations/$id', params: { id } });
                  }}
                >
                  {null}
                </CommandForm>
              )}
            </>
          )}
        </Card>
      )}
    </section>
  );
} // prettier-ignore

/** What the server makes of it; a refusal says what is wrong in which field. */
const previewOf = (body: Body): Promise<Preview> => answerOf(client.POST('/api/v1/reorganisations/preview', { body: body as never }));
