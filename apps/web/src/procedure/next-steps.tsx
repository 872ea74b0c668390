import { List } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { lastDayText } from '../format/format';
import { useUnits } from '../frame/units';
import { StateMark } from '../table/state-mark';
import { actionName } from '../words/codes';
import { useWords } from '../words/words';
import { deadlineWords, weightOf } from './deadline-words';
import type { Deadline } from './deadline-words';
import { deadlinesOfQuery } from './procedure-queries';
import type { Procedure } from './procedure-queries';
import { whoMay } from './who-may';

/** Who must do what by when, so that the procedure comes further. */
export function NextSteps({ procedure }: { readonly procedure: Procedure }): ReactNode {
  const { say } = useWords();
  const { nameOf } = useUnits();
  const { items } = useSuspenseQuery(deadlinesOfQuery(procedure.id)).data;
  const running = items.filter(({ endedOn, dueAt }) => endedOn === null && dueAt !== null);
  const steps = procedure.allowed.filter(({ isWork }) => isWork);
  const stay = running.filter(({ action }) => action === null);
  if (steps.length === 0 && stay.length === 0) return null;
  return (
    <section aria-label={say('nextSteps.title')} data-next-steps>
      <List mb="md" spacing={4} listStyleType="none" ps={0}>
        {steps.map((step) => (
          <List.Item key={step.action}>
            {say('nextSteps.step', { action: actionName(step.action, say), who: whoMay(step, say, nameOf) })}{' '}
            {running
              .filter(({ action }) => action === step.action)
              .map((deadline) => (
                <Due key={deadline.startedAt} deadline={deadline} />
              ))}
          </List.Item>
        ))}
        {stay.map((deadline) => (
          <List.Item key={deadline.startedAt}>
            {say('nextSteps.stay')} <Due deadline={deadline} />
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function Due({ deadline }: { readonly deadline: Deadline }): ReactNode {
  const { say } = useWords();
  const { state, dueAt, stopped } = deadline;
  return (
    <StateMark weight={weightOf(state)}>
      {say('nextSteps.due', { date: dueAt === null ? '' : lastDayText(dueAt) })}
      {stopped ? `, ${say('deadlines.stopped')}` : state === 'open' ? '' : `, ${say(deadlineWords[state])}`}
    </StateMark>
  );
}
