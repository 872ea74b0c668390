import { Button, Group, Paper, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { numberText } from '../../format/format';
import { Refusal } from '../../frame/refusal';
import { withAll } from '../../table/choosing';
import type { ChosenRows } from '../../table/choosing';
import { useWords } from '../../words/words';
import { workKey } from '../work-words';
import type { Work } from '../work-words';
import type { WorklistSearch } from '../worklist-search';
import classes from './several.module.css';
import { actName, actNamed } from './acts';
import { allMatching, mostAtOnce } from './look-ahead';
import { actsOf } from './preview';

/** Fetched with its forms when it is first opened. */
const SeveralDialog = lazy(() => import('./several-dialog').then((one) => ({ default: one.SeveralDialog })));

interface Props {
  readonly chosen: ChosenRows<Work>;
  readonly choose: (chosen: ChosenRows<Work>) => void;
  readonly search: WorklistSearch;
  /** How many match in all. */
  readonly total: number | undefined;
}

/** How many pieces of work are chosen, and what can be done with them together. */
export function SeveralBar({ chosen, choose, search, total }: Props): ReactNode {
  const { say, language } = useWords();
  const [act, begin] = useState<string | null>(null);
  const all = useMutation({
    mutationFn: async () =>
      choose(
        withAll(
          chosen,
          (await allMatching(search)).map((row) => ({ key: workKey(row), row })),
        ),
      ),
  });
  const works = [...chosen.values()];
  const number = (count: number): string => numberText(count, language);
  const most = Math.min(total ?? 0, mostAtOnce);
  return (
    <>
      <Paper withBorder p="xs" mb="sm" className={classes.bar ?? ''} role="region" aria-label={say('several.title')} data-noprint>
        <Group gap="xs">
          <Text fw={600} aria-live="polite">
            {say('several.chosen', { number: number(works.length) })}
          </Text>
          {most > works.length && (
            <Button variant="subtle" size="compact-sm" loading={all.isPending} onClick={() => all.mutate()}>
              {say('several.all', { number: number(most) })}
            </Button>
          )}
          {works.length > 0 && (
            <>
              <Button variant="subtle" size="compact-sm" onClick={() => choose(new Map())}>
                {say('several.none')}
              </Button>
              {actsOf(works).map(
                (one) =>
                  actNamed(one.act) && (
                    <Button
                      key={one.act}
                      size="compact-sm"
                      variant="default"
                      data-action={one.act}
                      aria-haspopup="dialog"
                      onClick={() => begin(one.act)}
                    >
                      {actName(one.act, say)}
                      {one.number < works.length && ` (${number(one.number)}/${number(works.length)})`}
                    </Button>
                  ),
              )}
            </>
          )}
        </Group>
        {all.isError && <Refusal error={all.error} />}
      </Paper>
      <Suspense>{act !== null && <SeveralDialog key={act} act={act} works={works} close={() => begin(null)} />}</Suspense>
    </>
  );
}
