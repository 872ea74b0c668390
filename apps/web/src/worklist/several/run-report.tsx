import { Button, Card, Group, List, Progress, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberText } from '../../format/format';
import { PageLink } from '../../frame/link';
import { useWords } from '../../words/words';
import { actName } from './acts';
import { countOf, isOver } from './run';
import type { Item, Run } from './run';
import { runs } from './runs';
import classes from './several.module.css';

/** How far it came with several, and what came of each. */
export function RunReport({ run }: { readonly run: Run }): ReactNode {
  const { say, language } = useWords();
  const number = (count: number): string => numberText(count, language);
  const [done, failed] = [countOf(run, 'done'), countOf(run, 'failed')];
  const all = run.items.length;
  const name = actName(run.path.replace('actions/', ''), say);
  return (
    <Card withBorder mb="md" component="section" aria-label={say('several.progress')} data-noprint>
      <Title order={2} size="h5">
        {say('several.do', { name, number: number(all) })}
      </Title>
      <Progress value={(100 * (done + failed)) / all} my="xs" aria-label={say('several.progress')} />
      <Text role="status">
        {say(isOver(run) ? 'several.over' : run.isGoing ? 'several.going' : 'several.halted', {
          done: number(done),
          failed: number(failed),
          of: number(all),
        })}
      </Text>
      <details open={failed > 0}>
        <summary>{say('several.results')}</summary>
        <List size="sm" mt="xs" className={classes.results ?? ''} tabIndex={0} aria-label={say('several.results')}>
          {[...run.items]
            .sort((one, other) => weight[one.result] - weight[other.result])
            .map((item) => (
              <List.Item key={item.command}>
                <PageLink to="/procedures/$id" params={{ id: item.id }} search={item.actingFor === null ? {} : { for: item.actingFor }}>
                  {item.title}
                </PageLink>
                {': '}
                {item.result === 'failed' ? say('several.failed', { why: item.why ?? '' }) : say(resultWords[item.result])}
              </List.Item>
            ))}
        </List>
      </details>
      <Group mt="sm">
        {run.isGoing && (
          <Button variant="default" size="compact-sm" onClick={() => runs.stop()}>
            {say('several.stop')}
          </Button>
        )}
        {!run.isGoing && !isOver(run) && (
          <Button size="compact-sm" onClick={() => runs.goOn()}>
            {say('several.goOn')}
          </Button>
        )}
        {!run.isGoing && (
          <Button variant="default" size="compact-sm" onClick={() => runs.clear()}>
            {say(isOver(run) ? 'several.close' : 'several.giveUp')}
          </Button>
        )}
      </Group>
    </Card>
  );
}

const weight: Readonly<Record<Item['result'], number>> = { failed: 0, waiting: 1, done: 2 };
const resultWords = { waiting: 'several.isWaiting', done: 'several.isDone' } as const;
