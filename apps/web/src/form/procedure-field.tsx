import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import type { Item } from '../table/pages';
import { useUnits } from '../frame/units';
import { useWords } from '../words/words';
import type { FieldProps } from './field';
import { list, useChoice } from './list';

const patienceMs = 250;
const mostShown = 20;

/** A procedure that the person sees, sought at the server by words of its title, code or field; its owner stands beside it. */
export function ProcedureField(props: FieldProps): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const [typed, type] = useState('');
  const [picked, pick] = useState<Item<'/api/v1/procedures'> | null>(null);
  const [sought] = useDebouncedValue(typed.trim(), patienceMs);
  // What stands in the field once one is chosen is its title, and nothing that is sought.
  const q = picked?.title === sought ? '' : sought.slice(0, 200);
  const { data } = useQuery({
    ...api.queryOptions('get', '/api/v1/procedures', { params: { query: { ...(q !== '' && { q }), limit: mostShown } } }),
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  const offered = picked && !found.some(({ id }) => id === picked.id) ? [picked, ...found] : found;
  return (
    <Select
      {...useChoice(props)}
      data={offered.map(({ id, title }) => ({ value: id, label: title }))}
      searchable
      clearable={props.optional === true}
      searchValue={typed}
      onSearchChange={type}
      onChange={(id) => pick(offered.find((one) => one.id === id) ?? null)}
      // The server has found them.
      filter={({ options }) => options}
      placeholder={say('form.procedureLike')}
      nothingFoundMessage={data ? say('form.noneFound') : say('waiting.title')}
      renderOption={({ option }) => {
        const one = offered.find(({ id }) => id === option.value);
        return (
          <span>
            {option.label}
            <br />
            <small>{one && [one.code, units.nameOf(one.owningUnit)].filter(Boolean).join(', ')}</small>
          </span>
        );
      }}
      {...list}
      maw={640}
    />
  );
}
