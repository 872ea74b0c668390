import { NativeSelect, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { definitionQuery } from '../../lifecycle/lifecycle-queries';
import { useWords } from '../../words/words';
import type { Definition } from './definitions-queries';
import { DifferencesTable } from './differences-table';

interface Props {
  readonly definition: Definition;
  readonly version: number;
  readonly other: number | undefined;
  readonly choose: (version: number) => void;
}

/** What a version says otherwise than another one. */
export function DifferenceView({ definition: { id, versions, current }, version, other, choose }: Props): ReactNode {
  const { say } = useWords();
  const others = versions.filter((one) => one.version !== version);
  const before = others.find((one) => one.version === other) ?? others.findLast((one) => one.version < version) ?? others[0];
  if (!before) return <Text>{say('definitions.onlyOne')}</Text>;
  return (
    <Stack>
      <NativeSelect
        label={say('definitions.heldAgainst')}
        maw={360}
        value={String(before.version)}
        onChange={({ currentTarget: { value } }) => choose(Number(value))}
        data={others.toReversed().map((one) => ({
          value: String(one.version),
          label: `${String(one.version)}${one.version === current ? ` (${say('definitions.current')})` : ''}`,
        }))}
      />
      <Differences id={id} before={before.version} after={version} />
    </Stack>
  );
}

interface Versions {
  readonly id: string;
  readonly before: number;
  readonly after: number;
}

export function Differences({ id, before, after }: Versions): ReactNode {
  const old = useSuspenseQuery(definitionQuery(id, before)).data;
  const next = useSuspenseQuery(definitionQuery(id, after)).data;
  return <DifferencesTable before={old} after={next} titles={[before, after]} />;
}
