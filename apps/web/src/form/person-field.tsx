import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import type { components, paths } from '../api/schema';
import { useUnits } from '../frame/units';
import { roleWords } from '../words/codes';
import { useWords } from '../words/words';
import type { FieldProps } from './field';
import { list, useChoice } from './list';

type KnownPerson = components['schemas']['PersonAnswer'];
type Sought = Pick<NonNullable<paths['/api/v1/people']['get']['parameters']['query']>, 'unit' | 'role' | 'administered'>;

const patienceMs = 250;
const mostShown = 20;

interface Props extends FieldProps {
  /** Who can be chosen. (Default: everybody who is no program) */
  readonly among?: Sought;
  /** Unit id: who holds a role there or above is offered first. (Default: all by name) */
  readonly near?: string;
  readonly chosen?: (person: string) => void;
}

/** A person, sought at the server by words of the name without accents; unit and roles stand beside the name. */
export function PersonField({ among = {}, near, chosen, ...props }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const [typed, type] = useState('');
  const [chosenNow, pick] = useState<KnownPerson | null>(null);
  const field = useChoice(props);
  const begun = useQuery({
    ...api.queryOptions('get', '/api/v1/people/{id}', { params: { path: { id: field.defaultValue ?? '' } } }),
    enabled: field.defaultValue !== undefined,
  });
  const picked = chosenNow ?? begun.data ?? null;
  const begunName = begun.data?.name;
  useEffect(() => {
    if (begunName !== undefined) type((before) => (before === '' ? begunName : before));
  }, [begunName]);
  const [sought] = useDebouncedValue(typed.trim(), patienceMs);
  // What stands in the field once somebody is chosen is their name, and nothing that is sought.
  const q = picked?.name === sought ? '' : sought.slice(0, 200);
  const query = { ...among, ...(q !== '' && { q }), ...(near !== undefined && { near }), program: 'false', limit: mostShown } as const;
  const { data } = useQuery({
    ...api.queryOptions('get', '/api/v1/people', { params: { query } }),
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  const offered = picked && !found.some(({ id }) => id === picked.id) ? [picked, ...found] : found;
  const besides = ({ unit, roles }: KnownPerson): string =>
    [...new Set(roles.map(({ role }) => say(roleWords[role]))), unit === '' ? '' : units.nameOf(unit)].filter(Boolean).join(', ');

  return (
    <Select
      {...field}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      searchable
      clearable={props.optional === true}
      searchValue={typed}
      onSearchChange={type}
      onChange={(id) => {
        pick(offered.find((one) => one.id === id) ?? null);
        chosen?.(id ?? '');
      }}
      // The server has found them.
      filter={({ options }) => options}
      placeholder={say('form.personLike')}
      nothingFoundMessage={data ? say('form.noneFound') : say('waiting.title')}
      renderOption={({ option }) => {
        const one = offered.find(({ id }) => id === option.value);
        return (
          <span>
            {option.label}
            <br />
            <small>{one && besides(one)}</small>
          </span>
        );
      }}
      {...list}
      maw={480}
    />
  );
}
