import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { isFinal } from '../actions/final';
import { ActButton } from '../form/act-button';
import { CommandForm } from '../form/command-form';
import { WholeField } from '../form/fields';
import { numberText } from '../format/format';
import { NotHad } from '../frame/not-had';
import { StateMark } from '../table/state-mark';
import type { Weight } from '../table/state-mark';
import { actionName } from '../words/codes';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { begin, turn, useRun } from './bulk-queries';
import type { BulkRun, Order } from './bulk-queries';
import { ItemsTable } from './items-table';
import { Outcomes } from './outcomes';

const words = {
  preview: 'bulk.state.preview',
  running: 'bulk.state.running',
  paused: 'bulk.state.paused',
  done: 'bulk.state.done',
  cancelled: 'bulk.state.cancelled',
  failed: 'bulk.state.failed',
} as const satisfies Record<BulkRun['state'], Word>;
const weights: Partial<Record<BulkRun['state'], Weight>> = { running: 'soon', paused: 'soon', failed: 'late' };

interface Props {
  readonly id: string;
  /** What was looked at; null where only its outcome is known any more. */
  readonly order: Order | null;
  readonly back: () => void;
  readonly looked: (run: string, order: Order) => void;
  /** @param run Its id */
  readonly begun: (run: string) => void;
}

/** What would become of each, or how far it has come and what became of each. */
export function RunView({ id, order, back, looked, begun }: Props): ReactNode {
  const { say, language } = useWords();
  const { run, items } = useRun(id);
  if (!run) return items.error ? <NotHad error={items.error} again={items.again} /> : <Text role="status">{say('bulk.reading')}</Text>;
  const { action, state, dryRun, reason, count, outcomes } = run;
  const known = outcomes.reduce((sum, one) => sum + one.count, 0);
  const open = outcomes.find(({ outcome }) => outcome === 'accepted')?.count ?? 0;
  const number = (figure: number): string => numberText(figure, language);
  const doubtful = order && outcomes.some(({ outcome }) => outcome === 'implausible-date') ? order : null;

  return (
    <Stack>
      <Title order={2} size="h4">
        {say('bulk.what', { name: actionName(action, say), number: number(count) })}
      </Title>
      {reason !== null && <Text>{say('bulk.because', { reason })}</Text>}
      <Group gap="xs" role="status">
        <StateMark weight={weights[state] ?? 'plain'}>{say(words[state])}</StateMark>
        <Text>{say('bulk.known', { known: number(known), count: number(count) })}</Text>
      </Group>
      <Progress value={count === 0 ? 100 : (100 * known) / count} aria-label={say('bulk.progress')} />
      <RunActs run={run} />
      <Outcomes outcomes={outcomes} isPreview={dryRun} />
      {state === 'preview' && doubtful && (
        <ActButton
          action="confirm-dates"
          act={async () => {
            const confirmed = { ...doubtful, body: { ...doubtful.body, confirm: ['implausible-date'] } };
            looked(await begin(confirmed, crypto.randomUUID()), confirmed);
          }}
        >
          {say('bulk.confirmDates')}
        </ActButton>
      )}
      {state === 'preview' && order && open > 0 && (
        <CommandForm
          label={say('bulk.sure')}
          submit={say('bulk.run', { name: actionName(action, say), number: number(count) })}
          send={async ({ expectedCount }, key) => begun(await begin(order, key, Number(expectedCount)))}
        >
          {isFinal(action) && <Text>{say('actions.final')}</Text>}
          <WholeField
            name="expectedCount"
            label={say('bulk.type', { number: number(count) })}
            help={say('bulk.typeHelp', { open: number(open), left: number(count - open) })}
          />
        </CommandForm>
      )}
      {state === 'preview' && !order && <Text>{say('bulk.previewOnly')}</Text>}
      <ItemsTable items={items} isPreview={dryRun} />
      <Group data-noprint>
        <Button variant="default" onClick={back}>
          {say(state === 'preview' ? 'bulk.mend' : 'bulk.another')}
        </Button>
      </Group>
    </Stack>
  );
}

/** What can be done with a run in its state. */
function RunActs({ run: { id, state, dryRun, outcomes } }: { readonly run: BulkRun }): ReactNode {
  const { say } = useWords();
  const isLeft = outcomes.some(({ outcome }) => outcome !== 'accepted') || state === 'cancelled' || state === 'failed';
  const hasEnded = state === 'done' || state === 'cancelled' || state === 'failed';
  const offered = [
    ...(state === 'running' && !dryRun ? (['pause'] as const) : []),
    ...(state === 'paused' ? (['resume'] as const) : []),
    ...(state === 'running' || state === 'paused' ? (['cancel'] as const) : []),
    ...(hasEnded && !dryRun && isLeft ? (['retry'] as const) : []),
  ];
  if (offered.length === 0) return null;
  return (
    <Group data-noprint>
      {offered.map((act) => (
        <ActButton key={act} action={act} act={() => turn(id, act)}>
          {say(actWords[act])}
        </ActButton>
      ))}
    </Group>
  );
}

const actWords = {
  pause: 'bulk.pause',
  resume: 'bulk.resume',
  cancel: 'bulk.cancel',
  retry: 'bulk.retry',
} as const satisfies Record<string, Word>;
