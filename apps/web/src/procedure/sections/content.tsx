import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { WhereItStands } from '../../lifecycle/where-it-stands';
import { PartsList } from '../../parts/parts-list';
import { useWords } from '../../words/words';
import { Facts } from '../facts';
import { Measured } from '../measured';
import { Options } from '../options';
import { Papers } from '../papers';
import type { SectionProps } from './sections';

/** What the procedure is, part by part, and how it is to be simplified. */
export function Content({ procedure }: SectionProps): ReactNode {
  const { say } = useWords();
  return (
    <>
      <WhereItStands procedure={procedure} />
      <Facts procedure={procedure} />
      <Title order={2} size="h4" mt="xl" mb="xs">
        {say('parts.title')}
      </Title>
      <PartsList parts={procedure.parts} />
      <Options procedure={procedure.id} options={procedure.options} />
      <Measured procedure={procedure} />
      <Papers procedure={procedure} />
    </>
  );
}
