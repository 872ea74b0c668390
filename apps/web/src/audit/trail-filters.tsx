import { Group, NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { DayFilter } from '../form/day-filter';
import { PersonField } from '../form/person-field';
import { WordsField } from '../form/words-field';
import { inOrder } from '../format/format';
import { UnitFilter } from '../frame/unit-filter';
import { chosenTypes, typeName } from '../why/event-words';
import { actionName, eventTypes, knownActions } from '../words/codes';
import { useWords } from '../words/words';
import { trailResults } from './audit-search';
import type { AuditSearch } from './audit-search';
import { resultWords } from './trail-words';

interface Props {
  readonly search: AuditSearch;
  readonly change: (changed: Readonly<Record<string, string>>) => void;
}

/** Narrows the trail down: by words, person, unit, action, type, result and days. */
export function TrailFilters({ search, change }: Props): ReactNode {
  const { say } = useWords();
  const any = { value: '', label: say('register.any') };
  const named = (values: readonly string[], nameOf: (value: string) => string) =>
    values.map((value) => ({ value, label: nameOf(value) })).sort((one, other) => inOrder(one.label, other.label));
  return (
    <Group align="end" mb="md" role="search" aria-label={say('audit.filters')}>
      <WordsField label={say('audit.words')} words={search.q ?? ''} seek={(q) => change({ q })} />
      <PersonField
        key={search.actor ?? ''}
        name="actor"
        label={say('audit.actor')}
        optional
        {...(search.actor !== undefined && { defaultValue: search.actor })}
        chosen={(actor) => change({ actor })}
      />
      <UnitFilter unit={search.unit} choose={(unit) => change({ unit })} />
      <NativeSelect
        label={say('audit.action')}
        value={search.action ?? ''}
        onChange={({ currentTarget: { value } }) => change({ action: value })}
        data={[any, ...named(knownActions, (value) => actionName(value, say))]}
      />
      <NativeSelect
        label={say('audit.type')}
        value={search.type ?? ''}
        onChange={({ currentTarget: { value } }) => change({ type: value })}
        data={[any, ...named([...new Set([...eventTypes, ...chosenTypes])], (value) => typeName(value, say))]}
      />
      <NativeSelect
        label={say('audit.result')}
        value={search.result ?? ''}
        onChange={({ currentTarget: { value } }) => change({ result: value })}
        data={[any, ...trailResults.map((value) => ({ value, label: say(resultWords[value]) }))]}
      />
      <DayFilter name="from" label={say('security.from')} day={search.from} choose={(from) => change({ from })} />
      <DayFilter name="to" label={say('security.to')} day={search.to} choose={(to) => change({ to })} />
    </Group>
  );
}
