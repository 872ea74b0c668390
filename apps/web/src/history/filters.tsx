import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { inOrder } from '../format/format';
import { eventName } from '../words/codes';
import { useWords } from '../words/words';
import type { Entry } from './history-queries';
import type { HistorySearch } from './history-search';

const pauseMs = 250;

interface Props {
  readonly search: HistorySearch;
  /** All that was loaded, whatever is filtered: whoever acted there can be chosen. */
  readonly entries: readonly Entry[];
  readonly change: (changed: Readonly<Record<string, string | boolean>>) => void;
}

/** Narrows the history down by kind of record, by who acted and by words. */
export function Filters({ search, entries, change }: Props): ReactNode {
  const { say } = useWords();
  const seek = useDebouncedCallback((q: string) => change({ q }), pauseMs);
  const any = { value: '', label: say('register.any') };
  const types = [...new Set([...entries.map(({ type }) => type), ...(search.type === undefined ? [] : [search.type])])];
  const actors = new Map(entries.map(({ actor }) => [actor.id, actor.name ?? say('history.erased')]));
  if (search.actor !== undefined && !actors.has(search.actor)) actors.set(search.actor, search.actor);
  return (
    <Group align="end" mb="md" role="search" aria-label={say('history.filters')} data-noprint>
      <TextInput
        label={say('register.q')}
        type="search"
        defaultValue={search.q ?? ''}
        maxLength={200}
        onChange={({ currentTarget: { value } }) => seek(value)}
      />
      <NativeSelect
        label={say('history.type')}
        value={search.type ?? ''}
        onChange={({ currentTarget: { value } }) => change({ type: value })}
        data={[
          any,
          ...types.map((type) => ({ value: type, label: eventName(type, say) })).toSorted((one, other) => inOrder(one.label, other.label)),
        ]}
      />
      <NativeSelect
        label={say('history.actor')}
        value={search.actor ?? ''}
        onChange={({ currentTarget: { value } }) => change({ actor: value })}
        data={[any, ...[...actors].map(([value, label]) => ({ value, label })).toSorted((one, other) => inOrder(one.label, other.label))]}
      />
      <Checkbox
        mb={8}
        label={say('history.refused')}
        checked={search.refused === true}
        onChange={({ currentTarget: { checked } }) => change({ refused: checked })}
      />
    </Group>
  );
}
