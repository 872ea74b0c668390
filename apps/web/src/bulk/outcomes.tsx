import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { numberText } from '../format/format';
import { Titles } from '../table/titles';
import { conditionName } from '../words/codes';
import type { Say } from '../words/words';
import { useWords } from '../words/words';
import type { BulkRun } from './bulk-queries';

/** What an outcome is called. @param outcome Null until it is known */
export function outcomeText(outcome: string | null, isPreview: boolean, say: Say): string {
  if (outcome === null) return say('bulk.waiting');
  if (outcome === 'accepted') return say(isPreview ? 'bulk.would' : 'bulk.accepted');
  return say('bulk.refused', { why: conditionName(outcome, say) });
}

/** How many there are of each outcome. */
export function Outcomes({ outcomes, isPreview }: { readonly outcomes: BulkRun['outcomes']; readonly isPreview: boolean }): ReactNode {
  const { say, language } = useWords();
  if (outcomes.length === 0) return null;
  return (
    <Table aria-label={say('bulk.outcomes')} maw={720}>
      <Titles of={[say('bulk.outcome'), say('bulk.number')]} />
      <Table.Tbody>
        {outcomes.map(({ outcome, count }) => (
          <Table.Tr key={outcome} data-outcome={outcome}>
            <Table.Td>{outcomeText(outcome, isPreview, say)}</Table.Td>
            <Table.Td>{numberText(count, language)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
