import { Alert, List, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { saidInPlace } from '../../api/problem';
import { numberText } from '../../format/format';
import { useUnits } from '../../frame/units';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { useWords } from '../../words/words';
import type { Preview, Step } from './reorganisations-queries';
import { stepText } from './step-words';

interface Props {
  readonly label: string;
  readonly steps: readonly Step[];
  readonly preview: Preview;
}

/** What a plan would move today, step by step, and what stands against it. */
export function PreviewTable({ label, steps, preview }: Props): ReactNode {
  const { say, language } = useWords();
  const { nameOf } = useUnits();
  const number = (count: number): string => numberText(count, language);
  const counted = ({ count, more }: { readonly count: number; readonly more: boolean }): string =>
    say(more ? 'units.countMore' : 'units.count', { number: number(count) });
  return (
    <>
      {preview.unmet.length > 0 && <Unmet unmet={preview.unmet} />}
      <Wide label={label}>
        <Table aria-label={label}>
          <Titles
            of={[
              say('reorganisation.step'),
              say('reorganisation.procedures'),
              say('reorganisation.claims'),
              say('reorganisation.people'),
              say('reorganisation.tasks'),
              say('reorganisation.targets'),
              say('reorganisation.recommendations'),
            ]}
          />
          <Table.Tbody>
            {preview.steps.map((moved, index) => {
              const step = steps[index];
              return (
                <Table.Tr key={index}>
                  <Table.Td>{step && stepText(step, { say, language, nameOf })}</Table.Td>
                  <Table.Td>{counted(moved.procedures)}</Table.Td>
                  <Table.Td>{number(moved.claims)}</Table.Td>
                  <Table.Td>{number(moved.people + moved.programs)}</Table.Td>
                  <Table.Td>{counted(moved.openTasks)}</Table.Td>
                  <Table.Td>{number(moved.targets)}</Table.Td>
                  <Table.Td>{number(moved.recommendations)}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Wide>
    </>
  );
}

/** What stands against it, by step. */
export function Unmet({ unmet }: Pick<Preview, 'unmet'>): ReactNode {
  const { say, language } = useWords();
  const at = (path: string | undefined): string => {
    const [, step] = /^steps\.(\d+)/.exec(path ?? '') ?? [];
    return step === undefined ? '' : `${say('reorganisation.stepNumber', { number: numberText(Number(step) + 1, language) })} `;
  };
  return (
    <Alert role="alert" color="red" variant="light" title={say('reorganisation.unmet')} mb="md">
      <List size="sm">
        {unmet.map((one) => (
          <List.Item key={`${one.code} ${one.path ?? ''} ${one.message}`}>
            {at(one.path)}
            {at(one.path) === '' ? one.message : saidInPlace(one)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
