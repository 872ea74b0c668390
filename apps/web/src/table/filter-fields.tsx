import { Button, Group, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { WordsField } from '../form/words-field';
import { UnitFilter } from '../frame/unit-filter';
import { classificationWords, kindWords, knownStages, stageName } from '../words/codes';
import { useWords } from '../words/words';
import { classifications, groups, kinds } from './filters';
import type { Filters } from './filters';

interface Props {
  /** What they narrow down, for whoever does not see it. */
  readonly label: string;
  readonly filters: Filters;
  /** @param changed Empty takes a filter away */
  readonly change: (changed: Readonly<Record<string, string>>) => void;
  /** Whether all are shown at first, or only the words. (Default: only the words) */
  readonly isOpen?: boolean;
  /** Beside the words. */
  readonly children?: ReactNode;
  /** In which orders the list can be had. */
  readonly sort: { readonly by: string; readonly orders: readonly { readonly value: string; readonly label: string }[] };
}

/** Everything that a list of procedures can be narrowed down by. */
export function FilterFields({ label, filters, change, sort, isOpen: opensWith = false, children }: Props): ReactNode {
  const { say } = useWords();
  const id = useId();
  const [isOpen, { toggle }] = useDisclosure(opensWith);
  const any = { value: '', label: say('register.any') };
  return (
    <section role="search" aria-label={label} data-noprint>
      <Group align="end" mb="sm" gap="sm">
        <WordsField label={say('register.q')} words={filters.q ?? ''} seek={(q) => change({ q })} />
        <NativeSelect
          label={say('filters.sort')}
          value={sort.by}
          onChange={({ currentTarget: { value } }) => change({ sort: value })}
          data={[...sort.orders]}
        />
        <Button variant="default" aria-expanded={isOpen} aria-controls={id} onClick={toggle}>
          {say('filters.more')}
        </Button>
        {children}
      </Group>
      <Group align="end" mb="sm" gap="sm" id={id} display={isOpen ? undefined : 'none'}>
        <NativeSelect
          label={say('procedure.kind')}
          value={filters.kind ?? ''}
          onChange={({ currentTarget: { value } }) => change({ kind: value })}
          data={[any, ...kinds.map((kind) => ({ value: kind, label: say(kindWords[kind]) }))]}
        />
        <NativeSelect
          label={say('procedure.group')}
          value={filters.group ?? ''}
          onChange={({ currentTarget: { value } }) => change({ group: value })}
          data={[any, ...groups.map((group) => ({ value: group, label: group }))]}
        />
        <NativeSelect
          label={say('procedure.stage')}
          value={filters.stage ?? ''}
          onChange={({ currentTarget: { value } }) => change({ stage: value })}
          data={[any, ...knownStages.map((stage) => ({ value: stage, label: stageName(stage, say) }))]}
        />
        <UnitFilter unit={filters.unit} choose={(unit) => change({ unit })} />
        <WordsField label={say('procedure.field')} words={filters.field ?? ''} seek={(field) => change({ field })} />
        <NativeSelect
          label={say('procedure.classification')}
          value={filters.classification ?? ''}
          onChange={({ currentTarget: { value } }) => change({ classification: value })}
          data={[any, ...classifications.map((one) => ({ value: one, label: say(classificationWords[one]) }))]}
        />
      </Group>
    </section>
  );
}
