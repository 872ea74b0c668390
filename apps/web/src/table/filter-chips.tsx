import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useUnits } from '../frame/units';
import { classificationWords, kindWords, stageName } from '../words/codes';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { filterNames } from './filters';
import type { Filters } from './filters';

interface Props {
  readonly filters: Filters;
  readonly change: (changed: Readonly<Record<string, string>>) => void;
}

const names = {
  q: 'register.q',
  kind: 'procedure.kind',
  group: 'procedure.group',
  stage: 'procedure.stage',
  unit: 'procedure.owningUnit',
  field: 'procedure.field',
  classification: 'procedure.classification',
} as const satisfies Record<(typeof filterNames)[number], Word>;

/** The filters that apply; a press takes one away. */
export function FilterChips({ filters, change }: Props): ReactNode {
  const { say } = useWords();
  const valueOf = useFilterValues(filters);
  const applied = filterNames.filter((name) => filters[name] !== undefined);
  if (applied.length === 0) return null;
  return (
    <Group gap="xs" mb="sm" role="group" aria-label={say('filters.applied')} data-noprint>
      {applied.map((name) => {
        const what = `${say(names[name])}: ${valueOf(name)}`;
        return (
          <Button
            key={name}
            variant="light"
            size="compact-sm"
            rightSection={<span aria-hidden="true">×</span>}
            aria-label={say('filters.remove', { what })}
            onClick={() => change({ [name]: '' })}
            maw="100%"
          >
            {what}
          </Button>
        );
      })}
      {applied.length > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={() => change(Object.fromEntries(applied.map((name) => [name, ''])))}>
          {say('filters.removeAll')}
        </Button>
      )}
    </Group>
  );
}

/** What the filters say in words. */
function useFilterValues(filters: Filters): (name: (typeof filterNames)[number]) => string {
  const { say } = useWords();
  const units = useUnits();
  const { kind, stage, unit, classification } = filters;
  return (name) => {
    switch (name) {
      case 'kind':
        return kind ? say(kindWords[kind]) : '';
      case 'stage':
        return stage === undefined ? '' : stageName(stage, say);
      case 'unit':
        return unit === undefined ? '' : units.nameOf(unit);
      case 'classification':
        return classification ? say(classificationWords[classification]) : '';
      case 'q':
        return `“${filters.q ?? ''}”`;
      case 'group':
      case 'field':
        return filters[name] ?? '';
    }
  };
}
