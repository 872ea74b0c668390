import { Group, List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { numberText } from '../../format/format';
import { PageLink } from '../../frame/link';
import { NotHad } from '../../frame/not-had';
import { UnderWay } from '../../frame/under-way';
import { useUnits } from '../../frame/units';
import type { Unit } from '../../frame/units';
import { KeyValues } from '../../table/key-values';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { UnitActs } from './unit-acts';

const levelWords = { ministry: 'units.ministry', service: 'units.service', unit: 'units.unit' } as const satisfies Record<
  Unit['level'],
  Word
>;

interface Props {
  readonly unit: Unit;
  /** Has what is below a unit shown, where something came to stand there. */
  readonly openUp: (unit: string) => void;
}

/** One unit: where it stands, what it has, and what is done to it. */
export function UnitPanel({ unit, openUp }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const panel = useRef<HTMLElement>(null);
  // On a narrow screen it stands below the tree, out of sight.
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), []);
  const { id, name, level, parent, closed, mergedInto, administered } = unit;
  return (
    <section aria-labelledby="unit" ref={panel}>
      <Title order={2} size="h4" id="unit" mb="xs">
        {name}
      </Title>
      <KeyValues
        entries={[
          [say('units.level'), say(levelWords[level])],
          [say('units.parent'), parent === null ? null : units.nameOf(parent)],
          [say('units.state'), closed ? say(mergedInto === null ? 'units.isClosed' : 'units.isMerged') : null],
          [say('units.into'), mergedInto === null ? null : units.nameOf(mergedInto)],
        ]}
      />
      {administered && !closed ? (
        <Administered key={id} unit={unit} openUp={openUp} />
      ) : (
        <Text mt="md">{say(closed ? 'units.over' : 'units.others')}</Text>
      )}
    </section>
  );
}

function Administered({ unit, openUp }: Props): ReactNode {
  const { say, language } = useWords();
  const { data, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/units/{id}/use', { params: { path: { id: unit.id } } }));
  if (error) return <NotHad error={error} again={() => void refetch()} />;
  if (!data) return <UnderWay />;
  const counted = ({ count, more }: { readonly count: number; readonly more: boolean }): string =>
    say(more ? 'units.countMore' : 'units.count', { number: numberText(count, language) });
  return (
    <>
      <Title order={3} size="h5" mt="md">
        {say('units.has')}
      </Title>
      <List listStyleType="none" mb="md">
        <List.Item>{say('units.people', { number: numberText(data.people, language) })}</List.Item>
        <List.Item>{say('units.programs', { number: numberText(data.programs, language) })}</List.Item>
        <List.Item>{say('units.procedures', { number: counted(data.procedures) })}</List.Item>
        <List.Item>{say('units.tasks', { number: counted(data.openTasks) })}</List.Item>
        <List.Item>{say('units.below', { number: numberText(data.unitsBelow, language) })}</List.Item>
      </List>
      {/* Lists hold what is below, too: their figures are others. */}
      <Group mb="md" gap="md">
        <PageLink to="/administration/people" search={{ unit: unit.id, all: true }}>
          {say('units.seePeople')}
        </PageLink>
        <PageLink to="/procedures" search={{ unit: unit.id }}>
          {say('units.seeProcedures')}
        </PageLink>
      </Group>
      <UnitActs unit={unit} use={data} openUp={openUp} />
    </>
  );
}
