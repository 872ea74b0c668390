import { Card, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { KeyValues } from '../table/key-values';
import { Wide } from '../table/wide';
import { optionStateWords, optionTypeWords } from '../words/codes';
import { useWords } from '../words/words';
import { compared } from './compared';
import { MeasuredText } from './measured';
import { OptionParts } from './option-parts';
import type { Option } from './procedure-queries';
import { SavingText } from './saving-text';

interface Props {
  /** Procedure id. */
  readonly procedure: string;
  readonly options: readonly Option[];
}

/** How it was, or is to be, simplified: the newest first, before and after side by side, with what each saves in a year. */
export function Options({ procedure, options }: Props): ReactNode {
  const { say } = useWords();
  if (options.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mt="xl" mb="xs">
        {say('options.title')}
      </Title>
      {options.toReversed().map((option) => (
        <OptionCard key={option.id} procedure={procedure} option={option} />
      ))}
    </section>
  );
}

function OptionCard({ procedure, option }: { readonly procedure: string; readonly option: Option }): ReactNode {
  const { say } = useWords();
  const {
    type,
    content,
    reason,
    status,
    saving,
    documentsToAmend,
    roadmap,
    days,
    conditions,
    check,
    decision,
    document,
    turnedDown,
    measured,
  } = option;
  return (
    <Card withBorder mb="md" component="article" aria-label={say(optionTypeWords[type])}>
      <KeyValues
        entries={[
          [say('options.type'), say(optionTypeWords[type])],
          [say('options.status'), say(optionStateWords[status])],
          [say('options.content'), content],
          [say('options.reason'), reason],
          [
            say('options.documents'),
            documentsToAmend
              .map(({ title, number, article, change }) => [title, number, article, change].filter(Boolean).join(', '))
              .join('\n'),
          ],
          [say('field.roadmap'), roadmap],
          [say('options.days'), days && `${String(days.before)} → ${String(days.after)}`],
          [say('options.conditions'), conditions && `${String(conditions.before)} → ${String(conditions.after)}`],
          [say('options.check'), check && `${say(check.passed ? 'options.passed' : 'options.failed')}\n${check.remarks}`],
          [say('options.decision'), decision && `${decision.number}, ${dateText(decision.date)}, ${decision.signer}`],
          [say('options.document'), document && [document.title, document.number, dateText(document.date)].filter(Boolean).join(', ')],
          [say('options.turnedDown'), turnedDown?.reason],
          [say('options.saving'), <SavingText key="saving" saving={saving} />],
          [say('options.measured'), measured && <MeasuredText key="measured" measured={measured} />],
        ]}
      />
      <Costs option={option} />
      {status === 'implemented' && <OptionParts procedure={procedure} option={option.id} />}
    </Card>
  );
}

/** Both costs, line by line. */
function Costs({ option }: { readonly option: Option }): ReactNode {
  const words = useWords();
  const { say } = words;
  return (
    <Wide label={say('options.costs')}>
      <Table captionSide="top">
        <Table.Caption>{say('options.costs')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('options.costOf')}</Table.Th>
            <Table.Th ta="end">{say('overtaken.before')}</Table.Th>
            <Table.Th ta="end">{say('overtaken.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {compared(option, words).map(({ key, name, before, after }) => (
            <Table.Tr key={key} fw={before === after ? 400 : 600}>
              <Table.Td>{name}</Table.Td>
              <Table.Td ta="end">{before}</Table.Td>
              <Table.Td ta="end">{after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
