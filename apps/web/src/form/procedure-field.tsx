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

type Found = Item<'/api/v1/procedures'>;

/** Procedures that the person sees, by words of title, code or field; undefined while nothing is known. @param unit Of it and of units below. (Default: of all) */
export function useProceduresLike(words: string, unit?: string): readonly Found[] | undefined {
  const [sought] = useDebouncedValue(words.trim(), patienceMs);
  const q = sought.slice(0, 200);
  const query = { ...(q !== '' && { q }), ...(unit !== undefined && { unit }), limit: mostShown };
  const { data } = useQuery({ ...api.queryOptions('get', '/api/v1/procedures', { params: { query } }), placeholderData: keepPreviousData });
  return data?.items;
}

/** A procedure that the person sees, sought at the server by words of its title, code or field; its owner stands beside it. */
export function ProcedureField(props: FieldProps): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const [typed, type] = useState('');
  const [picked, pick] = useState<Found | null>(null);
  // What stands in the field once one is chosen is its title, and nothing that is sought.
  const known = useProceduresLike(picked?.title === typed.trim() ? '' : typed);
  const found = known ?? [];
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
      nothingFoundMessage={known ? say('form.noneFound') : say('waiting.title')}
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
