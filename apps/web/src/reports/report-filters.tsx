import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { DayFilter } from '../form/day-filter';
import { WordsField } from '../form/words-field';
import { dateText } from '../format/format';
import { UnitFilter } from '../frame/unit-filter';
import { useUnits } from '../frame/units';
import { groups, kinds } from '../table/filters';
import { kindWords, roleWords } from '../words/codes';
import { useWords } from '../words/words';
import type { Word } from '../words/words';
import { unitBasesOf } from './report-queries';
import { roles } from './report-search';
import type { By, ReportSearch, UnitBasis } from './report-search';
import type { ReportLine, ReportName } from './reports';

interface Props {
  readonly name: ReportName;
  readonly line: ReportLine;
  readonly search: ReportSearch;
  /** @param changed Empty takes a part away */
  readonly change: (changed: Readonly<Record<string, string>>) => void;
}

const byWords = {
  kind: 'procedure.kind',
  group: 'procedure.group',
  field: 'procedure.field',
  unit: 'procedure.owningUnit',
} as const satisfies Record<By, Word>;

const unitWords = { then: 'reports.unitsThen', today: 'reports.unitsToday' } as const satisfies Record<UnitBasis, Word>;

/** What the report is asked: of what it is, by what it groups, and of when. */
export function ReportFilters({ name, line: { filters, period, by, ofProgramme }, search, change }: Props): ReactNode {
  const { say } = useWords();
  const any = { value: '', label: say('register.any') };
  const bases = unitBasesOf(name, search);
  return (
    <Group align="end" mb="sm" gap="sm" role="search" aria-label={say('reports.filters')} data-noprint>
      {ofProgramme === true && <ProgrammeChoice programme={search.programme} choose={(programme) => change({ programme })} />}
      {by && (
        <NativeSelect
          label={say('reports.by')}
          value={search.by ?? by[0]}
          onChange={({ currentTarget: { value } }) => change({ by: value === by[0] ? '' : value })}
          data={by.map((one) => ({ value: one, label: say(byWords[one]) }))}
        />
      )}
      {filters.includes('kind') && (
        <NativeSelect
          label={say('procedure.kind')}
          value={search.kind ?? ''}
          onChange={({ currentTarget: { value } }) => change({ kind: value })}
          data={[any, ...kinds.map((kind) => ({ value: kind, label: say(kindWords[kind]) }))]}
        />
      )}
      {filters.includes('group') && (
        <NativeSelect
          label={say('procedure.group')}
          value={search.group ?? ''}
          onChange={({ currentTarget: { value } }) => change({ group: value })}
          data={[any, ...groups.map((group) => ({ value: group, label: group }))]}
        />
      )}
      {filters.includes('unit') && <UnitFilter unit={search.unit} choose={(unit) => change({ unit })} />}
      {filters.includes('field') && (
        <WordsField label={say('procedure.field')} words={search.field ?? ''} seek={(field) => change({ field })} />
      )}
      {filters.includes('role') && (
        <NativeSelect
          label={say('reports.role')}
          value={search.role ?? ''}
          onChange={({ currentTarget: { value } }) => change({ role: value })}
          data={[any, ...roles.map((role) => ({ value: role, label: say(roleWords[role]) }))]}
        />
      )}
      {period && (
        <>
          <DayFilter name="from" label={say('programmes.from')} day={search.from} choose={(from) => change({ from })} />
          <DayFilter name="to" label={say('programmes.to')} day={search.to} choose={(to) => change({ to })} />
        </>
      )}
      <DayFilter name="asOf" label={say('programmes.asOf')} day={search.asOf} choose={(asOf) => change({ asOf })} />
      <DayFilter name="with" label={say('reports.with')} day={search.with} choose={(day) => change({ with: day })} />
      {bases.length > 0 && (
        <NativeSelect
          label={say('reports.units')}
          value={bases.find((one) => one === search.units) ?? ''}
          onChange={({ currentTarget: { value } }) => change({ units: value })}
          data={[
            { value: '', label: say(bases.includes('then') ? 'reports.unitsRecorded' : 'reports.unitsThen') },
            ...bases.map((one) => ({ value: one, label: say(unitWords[one]) })),
          ]}
        />
      )}
    </Group>
  );
}

function ProgrammeChoice({ programme = '', choose }: { readonly programme: string | undefined; readonly choose: (id: string) => void }): ReactNode {
  const { say } = useWords();
  const { data } = useQuery(api.queryOptions('get', '/api/v1/programmes', { params: { query: { limit: 200 } } }));
  return (
    <NativeSelect
      label={say('reports.programme')}
      value={programme}
      onChange={({ currentTarget: { value } }) => choose(value)}
      data={[{ value: '', label: say('reports.choose') }, ...(data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))]}
      maw="100%"
    />
  );
} // prettier-ignore

/** What narrows the report down, and of when it is; a press takes one away. */
export function ReportChips({ name: report, line: { filters, period }, search, change }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const day = (word: Word, date: string | undefined): string | undefined => date && `${say(word)} ${dateText(date)}`;
  const field = (word: Word, text: string | undefined): string | undefined => text && `${say(word)}: ${text}`;
  const basis = unitBasesOf(report, search).find((one) => one === search.units);
  const named: readonly (readonly [name: string, text: string | undefined])[] = [
    ['kind', field('procedure.kind', search.kind && say(kindWords[search.kind]))],
    ['group', field('procedure.group', search.group)],
    ['unit', field('procedure.owningUnit', search.unit && units.nameOf(search.unit))],
    ['field', field('procedure.field', search.field)],
    ['role', field('reports.role', search.role && say(roleWords[search.role]))],
    ['from', period && day('programmes.from', search.from)],
    ['to', period && day('programmes.to', search.to)],
    ['asOf', day('programmes.asOf', search.asOf)],
    ['with', day('reports.with', search.with)],
    ['units', field('reports.units', basis && say(unitWords[basis]))],
  ];
  const isOther = (name: string): boolean =>
    !['kind', 'group', 'unit', 'field', 'role'].includes(name) || filters.some((one) => one === name);
  const applied = named.flatMap(([name, text]) => (text === undefined || text === '' || !isOther(name) ? [] : [{ name, text }]));
  if (applied.length === 0) return null;
  return (
    <Group gap="xs" mb="sm" role="group" aria-label={say('filters.applied')} data-noprint>
      {applied.map(({ name, text }) => (
        <Button
          key={name}
          variant="light"
          size="compact-sm"
          rightSection={<span aria-hidden="true">×</span>}
          aria-label={say('filters.remove', { what: text })}
          onClick={() => change({ [name]: '' })}
          maw="100%"
        >
          {text}
        </Button>
      ))}
      {applied.length > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={() => change(Object.fromEntries(applied.map(({ name }) => [name, ''])))}>
          {say('filters.removeAll')}
        </Button>
      )}
    </Group>
  );
}
