import { Checkbox, Grid, Group, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { WordsField } from '../../form/words-field';
import { Page } from '../../frame/page';
import { unitsQuery } from '../../frame/units';
import { StateMark } from '../../table/state-mark';
import { Tree } from '../../table/tree';
import { pathUp, withAbove } from '../../table/tree-rows';
import { hasWords } from '../../words/fold';
import { useWords } from '../../words/words';
import { UnitPanel } from './unit-panel';
import { readUnitsSearch } from './units-search';

/** All units as they stand below one another, and what is done to them. */
export function UnitsPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/administration/units' });
  const navigate = useNavigate();
  const { items } = useSuspenseQuery(unitsQuery()).data;
  const change = (changed: Readonly<Record<string, unknown>>): void =>
    void navigate({ to: '/administration/units', search: readUnitsSearch({ ...search, ...changed }), replace: true });

  // What was merged stands where it went.
  const all = items.map((unit) => ({ ...unit, parent: unit.mergedInto ?? unit.parent, label: unit.name }));
  const tops = all.filter(({ level }) => level !== 'unit').map(({ id }) => id);
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set([...tops, ...(search.unit === undefined ? [] : pathUp(all, search.unit))]),
  );
  const { q = '' } = search;
  const chosen = items.find(({ id }) => id === search.unit);
  const shown = withAbove(all, ({ id, closed, name }) => (search.closed === true || !closed || id === search.unit) && hasWords(name, q));

  return (
    <Page title={say('units.title')}>
      <Group align="end" mb="md" role="search" aria-label={say('units.filters')}>
        <WordsField label={say('units.q')} words={q} seek={(words) => change({ q: words })} />
        <Checkbox
          label={say('units.closedToo')}
          checked={search.closed === true}
          onChange={({ currentTarget: { checked } }) => change({ closed: checked })}
        />
      </Group>
      <Grid>
        <Grid.Col span={{ base: 12, md: 5 }}>
          {shown.length === 0 ? (
            <Text>{say('units.none')}</Text>
          ) : (
            <Tree
              label={say('units.title')}
              items={shown}
              open={q === '' ? open : new Set(shown.map(({ id }) => id))}
              setOpen={setOpen}
              chosen={search.unit}
              choose={(unit) => change({ unit })}
              chosenInside={say('units.chosenInside')}
              mark={({ closed, mergedInto }) =>
                closed && <StateMark weight="plain">{say(mergedInto === null ? 'units.isClosed' : 'units.isMerged')}</StateMark>
              }
            />
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          {chosen ? (
            <UnitPanel key={chosen.id} unit={chosen} openUp={(unit) => setOpen(new Set([...open, unit]))} />
          ) : (
            <Text c="dimmed">{say('units.choose')}</Text>
          )}
        </Grid.Col>
      </Grid>
    </Page>
  );
}
