import { Button, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { PageLink } from '../frame/link';
import { useUnits } from '../frame/units';
import { Titles } from '../table/titles';
import { metricText } from '../words/codes';
import { useWords } from '../words/words';
import { readProgrammeSearch } from './programme-search';
import type { Standing } from './programmes-queries';
import { HowFar, Outlook, Published } from './standing-text';
import { scopeText } from './targets';

interface Props {
  /** Id of the programme that plans for them. (Default: none, as of a day that is over) */
  readonly programme?: string;
  readonly targets: readonly Standing[];
  /** Begins to take one back. (Default: none may be) */
  readonly withdraw?: (target: Standing) => void;
  /** Begins to state what a paper says of one. (Default: none may be) */
  readonly state?: (target: Standing) => void;
}

/** Each target with how far it is and what becomes of it. */
export function TargetsTable({ programme, targets, withdraw, state }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  return (
    <Table miw={680} aria-label={say('programmes.targets')}>
      <Titles
        of={[
          say('programmes.metric'),
          say('programmes.value'),
          say('programmes.outlook'),
          say('programmes.scope'),
          say('programmes.deadline'),
          ...(state ? [say('programmes.stateFigure')] : []),
          ...(withdraw ? [say('programmes.withdraw')] : []),
        ]}
      />
      <Table.Tbody>
        {targets.map((target) => (
          <Table.Tr key={target.id}>
            <Table.Td>
              {metricText(target.metric, say)}
              {programme !== undefined && target.state === 'active' && (
                <Text size="sm">
                  <PageLink
                    to="/programmes/$id"
                    params={{ id: programme }}
                    search={readProgrammeSearch({ target: target.id })}
                    aria-label={say('programmes.planOf', { metric: metricText(target.metric, say) })}
                  >
                    {say('programmes.plan')}
                  </PageLink>
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <HowFar target={target} />
              <Published target={target} />
              {(target.withoutBaseline ?? 0) > 0 && (
                <Text size="sm">{say('programmes.without', { count: target.withoutBaseline ?? 0 })}</Text>
              )}
            </Table.Td>
            <Table.Td>
              <Outlook target={target} />
            </Table.Td>
            <Table.Td>
              {scopeText(target.scope, say, (unit) => units.nameOf(unit))}
              {target.baseline?.year !== undefined && (
                <Text size="sm">{say('programmes.against', { year: String(target.baseline.year) })}</Text>
              )}
            </Table.Td>
            <Table.Td>{dateText(target.deadline)}</Table.Td>
            {state && (
              <Table.Td>
                {target.state !== 'withdrawn' && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    data-action="state-figure"
                    aria-haspopup="dialog"
                    aria-label={say('programmes.stateFigureOf', { metric: metricText(target.metric, say) })}
                    onClick={() => state(target)}
                  >
                    {say('programmes.stateFigure')}
                  </Button>
                )}
              </Table.Td>
            )}
            {withdraw && (
              <Table.Td>
                {target.state === 'active' && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    data-action="withdraw-target"
                    aria-haspopup="dialog"
                    onClick={() => withdraw(target)}
                  >
                    {say('programmes.withdraw')}
                  </Button>
                )}
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
