import { Alert, Button, Card, Group, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { valuesAt } from '../../form/leaves';
import type { Values } from '../../form/values';
import { dateText } from '../../format/format';
import { useIsHere } from '../../frame/here';
import { useWords } from '../../words/words';
import { PlanForm } from './plan-form';
import type { Reorganisation } from './reorganisations-queries';

/** Plans another reorganisation. */
export function Planning(): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  return (
    <Opened action="plan-reorganisation" title={say('reorganisation.plan')}>
      {(close) => (
        <PlanForm
          name="plan-reorganisation"
          label={say('reorganisation.plan')}
          submit={say('reorganisation.confirm')}
          send={async (body, how) => {
            const { id } = await command('POST', '/api/v1/reorganisations', body, how);
            if (isHere()) await navigate({ to: '/administration/reorganisations/$id', params: { id } });
          }}
          close={close}
        />
      )}
    </Opened>
  );
}

/** Plans one otherwise that has not begun. */
export function Amending({ plan }: { readonly plan: Reorganisation }): ReactNode {
  const { say } = useWords();
  return (
    <Opened action="amend-reorganisation" title={say('reorganisation.amend')}>
      {(close, done) => (
        <PlanForm
          name={`amend-reorganisation-${plan.id}`}
          label={say('reorganisation.amend')}
          submit={say('reorganisation.amendConfirm')}
          begin={valuesOf(plan)}
          revision={plan.revision}
          send={async (body, how) => {
            await command('POST', `/api/v1/reorganisations/${plan.id}/amend`, body, how);
            done();
          }}
          close={close}
        />
      )}
    </Opened>
  );
}

/** A plan as a form begins with it. */
function valuesOf({ title, decision, effectiveOn, steps }: Reorganisation): Values {
  const which = steps.map(({ procedures }) => ({ which: procedures ? 'procedures' : 'fields' }));
  return {
    ...valuesAt('', { title, decision: { number: decision.number, date: dateText(decision.date) }, effectiveOn: dateText(effectiveOn) }),
    ...valuesAt('steps', steps),
    ...valuesAt('steps', which),
  };
}

interface OpenedProps {
  /** Names what the form does, for tools. */
  readonly action: string;
  readonly title: string;
  /** @param done Closes it, and says that it was done */
  readonly children: (close: () => void, done: () => void) => ReactNode;
}

/** A button, and the form that it opens. */
function Opened({ action, title, children }: OpenedProps): ReactNode {
  const { say } = useWords();
  const [isOpen, open] = useState(false);
  const [isDone, setDone] = useState(false);
  const turn = (after: boolean, isItDone = false): void => {
    open(after);
    setDone(isItDone);
  };
  return (
    <section aria-label={title} data-noprint>
      <Group mb="sm">
        <Button
          size="compact-sm"
          variant={isOpen ? 'filled' : 'default'}
          data-action={action}
          aria-expanded={isOpen}
          onClick={() => turn(!isOpen)}
        >
          {title}
        </Button>
      </Group>
      {isOpen && (
        <Card withBorder mb="md">
          <Title order={2} size="h5" mb="sm">
            {title}
          </Title>
          {children(
            () => turn(false),
            () => turn(false, true),
          )}
        </Card>
      )}
      <div role="status">
        {isDone && (
          <Alert color="teal" variant="light" mb="md">
            {say('acts.done', { title })}
          </Alert>
        )}
      </div>
    </section>
  );
}
