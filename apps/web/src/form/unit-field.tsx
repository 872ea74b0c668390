import { Select } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useUnits } from '../frame/units';
import type { Unit } from '../frame/units';
import { hasWords } from '../words/fold';
import { useWords } from '../words/words';
import type { FieldProps } from './field';
import { list, useChoice } from './list';

/** As many as can be looked through; words narrow them down. */
const mostShown = 100;

interface Props extends FieldProps {
  /** Which units can be chosen. (Default: those that are open) */
  readonly among?: (unit: Unit) => boolean;
  readonly chosen?: (unit: string) => void;
}

const isOpen = ({ closed }: Unit): boolean => !closed;

/** A unit, chosen by words of its name without accents; the unit above it stands beside it. */
export function UnitField({ among = isOpen, chosen, ...props }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const field = useChoice(props);
  // Kept here: the field itself forgets what is being typed whenever units are loaded anew.
  const [typed, type] = useState<string | null>(null);
  // What it begins with is shown, whatever has become of it.
  const data = units.all
    .filter((unit) => among(unit) || unit.id === field.defaultValue)
    .map(({ id, name }) => ({ value: id, label: name }));
  const above = new Map(units.all.map(({ id, parent }) => [id, parent === null ? '' : units.nameOf(parent)]));
  return (
    <Select
      {...field}
      data={data}
      searchable
      clearable={props.optional === true}
      searchValue={typed ?? data.find(({ value }) => value === field.defaultValue)?.label ?? ''}
      onSearchChange={type}
      placeholder={say('form.choose')}
      nothingFoundMessage={say('form.noneFound')}
      limit={mostShown}
      filter={({ options, search }) => options.filter((one) => 'label' in one && hasWords(one.label, search))}
      renderOption={({ option }) => (
        <span>
          {option.label}
          <br />
          <small>{above.get(option.value)}</small>
        </span>
      )}
      {...list}
      onChange={(unit) => chosen?.(unit ?? '')}
      maw={480}
    />
  );
}
