import { Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { components } from '../api/schema';
import { dateText, numberText } from '../format/format';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { StateMark } from '../table/state-mark';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { actionName, metricText, stageName } from '../words/codes';
import { useWords } from '../words/words';
import { planQuery } from './programmes-queries';
import { wholeText } from './targets';

type Plan = components['schemas']['PlanAnswer'];
type Holding = Plan['procedures'][number];

/** A target looked at from its deadline: what is missing, by when each step must be done, and who holds it up. */
export function TargetPlan({ programme, target }: { readonly programme: string; readonly target: string }): ReactNode {
  const { say, language } = useWords();
  const { data: plan, error, refetch } = useQuery(planQuery(programme, target));
  if (error) return <NotHad error={error} again={() => void refetch()} />;
  if (!plan) return <Text>{say('programmes.planning')}</Text>;
  const { metric, deadline, value, missing, fewest, ways, units, procedures } = plan;
  const title = say('programmes.planOf', { metric: metricText(metric, say) });
  return (
    <Stack gap="sm" mt="lg" component="section" aria-labelledby="plan-of-target">
      <Title order={2} size="h3" id="plan-of-target">
        {title}
      </Title>
      <Text>
        {missing === null
          ? say(value === null ? 'programmes.missingOfNothing' : 'programmes.missingUnknown')
          : missing === 0
            ? say('programmes.missingNothing')
            : say('programmes.missing', { what: wholeText(metric, numberText(missing, language), say), date: dateText(deadline) })}{' '}
        {fewest && fewest.number > 0 && say(fewest.reaches ? 'programmes.fewest' : 'programmes.fewestTooFew', { number: numberText(fewest.number, language) })}
      </Text>
      {ways.length === 0 && <Text>{say('programmes.nobodyHolds')}</Text>}
      {ways.length > 0 && <Ways ways={ways} />}
      {units.length > 0 && <Units units={units} />}
      {procedures.length > 0 && <Procedures title={say('programmes.holding')} procedures={procedures} />}
      {fewest && fewest.procedures.length > 0 && <Procedures title={say('programmes.fewestTitle')} procedures={fewest.procedures} />}
      <Text size="sm" c="dimmed">
        {say('programmes.planBasis')}
      </Text>
    </Stack>
  );
} // prettier-ignore

function Ways({ ways }: { readonly ways: Plan['ways'] }): ReactNode {
  const { say, language } = useWords();
  const basis = { p90: 'programmes.basisP90', limit: 'programmes.basisLimit', assumed: 'programmes.basisAssumed' } as const;
  return (
    <Wide label={say('programmes.ways')}>
      <Table aria-label={say('programmes.ways')}>
        <Titles of={[say('procedure.stage'), say('procedure.group'), say('programmes.procedures'), say('programmes.steps')]} />
        <Table.Tbody>
          {ways.map(({ definition, kind, group, stage, procedures, steps }) => (
            <Table.Tr key={[definition.id, definition.version, kind, group, stage].join('/')}>
              <Table.Td>{stageName(stage, say)}</Table.Td>
              <Table.Td>{group ?? ''}</Table.Td>
              <Table.Td>{numberText(procedures, language)}</Table.Td>
              <Table.Td>
                {steps === null
                  ? say('programmes.noWay')
                  : steps.map(({ action, latestOn, days, basis: on }) => (
                      <Text size="sm" key={action}>
                        {say('programmes.step', {
                          action: actionName(action, say),
                          date: latestOn === null ? say('programmes.outsideCalendar') : dateText(latestOn),
                          days: numberText(days, language),
                          basis: say(basis[on]),
                        })}
                      </Text>
                    ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Units({ units }: { readonly units: Plan['units'] }): ReactNode {
  const { say, language } = useWords();
  return (
    <Wide label={say('programmes.units')}>
      <Table aria-label={say('programmes.units')}>
        <Titles of={[say('procedure.owningUnit'), say('programmes.procedures'), say('programmes.late'), say('programmes.stuck'), say('programmes.nextOn')]} />
        <Table.Tbody>
          {units.map(({ unit, unitName, procedures, late, stuck, nextOn }) => (
            <Table.Tr key={unit}>
              <Table.Td>{unitName}</Table.Td>
              <Table.Td>{numberText(procedures, language)}</Table.Td>
              <Table.Td>{numberText(late, language)}</Table.Td>
              <Table.Td>{numberText(stuck, language)}</Table.Td>
              <Table.Td>{nextOn === null ? '' : dateText(nextOn)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
} // prettier-ignore

function Procedures({ title, procedures }: { readonly title: string; readonly procedures: readonly Holding[] }): ReactNode {
  const { say, language } = useWords();
  return (
    <div>
      <Title order={3} size="h4" mb="xs">
        {title}
      </Title>
      <Wide label={title}>
      <Table aria-label={title}>
        <Titles of={[say('procedure.title'), say('procedure.owningUnit'), say('programmes.next'), say('programmes.latest'), say('programmes.adds')]} />
        <Table.Tbody>
          {procedures.map(({ procedure, title: name, unitName, action, latestOn, late, adds }) => (
            <Table.Tr key={procedure}>
              <Table.Td>
                <PageLink to="/procedures/$id" params={{ id: procedure }}>
                  {name}
                </PageLink>
              </Table.Td>
              <Table.Td>{unitName}</Table.Td>
              <Table.Td>{action === null ? say('programmes.noWay') : actionName(action, say)}</Table.Td>
              <Table.Td>{latestOn !== null && <StateMark weight={late ? 'late' : 'plain'}>{dateText(latestOn)}</StateMark>}</Table.Td>
              <Table.Td>{adds === null ? '' : numberText(adds, language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide></div>
  );
} // prettier-ignore
