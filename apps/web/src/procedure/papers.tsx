import { Group, Text, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answerOf, client } from '../api/client';
import type { operations } from '../api/schema';
import { ActButton } from '../form/act-button';
import { saveFile } from '../format/save-file';
import { useWords } from '../words/words';
import type { Word } from '../words/words';
import type { Procedure } from './procedure-queries';

type Asked = NonNullable<operations['Papers_read']['parameters']['query']>;
type PaperName = operations['Papers_read']['parameters']['path']['paper'];

const paperWords = {
  submission: 'papers.submission',
  'publication-decision': 'papers.publicationDecision',
  'option-decision': 'papers.optionDecision',
  'review-form': 'papers.reviewForm',
  'cost-form': 'papers.costForm',
  'review-results': 'papers.reviewResults',
} as const satisfies Record<PaperName, Word>;
const names = Object.keys(paperWords) as readonly PaperName[];
const aboutOptions: readonly PaperName[] = ['option-decision', 'review-results'];

/** Official papers about a procedure as it stands, or as it stood at the moment that is looked at, each to be kept and signed outside. */
export function Papers({ procedure: { id, decision, options, asOf: shown } }: { readonly procedure: Procedure }): ReactNode {
  const { say } = useWords();
  const { asOf } = useSearch({ from: '/_signed-in/procedures/$id/' });
  const approval = options.findLast((option) => option.decision)?.decision;
  // A revision is asked about by where it stands in the log.
  const then = asOf === undefined ? {} : { asOf: /^\d+$/.test(asOf) ? shown.position : asOf };
  const keep = (paper: PaperName, query: Asked) => async (): Promise<void> => {
    const params = { path: { paper }, query: { ...query, ...then } };
    saveFile(await answerOf(client.GET('/api/v1/papers/{paper}', { params, parseAs: 'blob' })), `${say(paperWords[paper])}.docx`);
  };
  const by = ({ number, date }: { readonly number: string; readonly date: string }): Asked => ({ decision: number, decidedOn: date });
  return (
    <section aria-labelledby="papers" data-noprint>
      <Title order={2} size="h4" mt="xl" mb="xs" id="papers">
        {say('papers.title')}
      </Title>
      <Text mb="xs">{say('papers.says')}</Text>
      <Group gap="xs" align="end">
        {names
          .filter((name) => options.length > 0 || !aboutOptions.includes(name))
          .map((name) => (
            <ActButton key={name} act={keep(name, { procedures: id })} size="compact-sm">
              {say(paperWords[name])}
            </ActButton>
          ))}
        {decision && (
          <ActButton act={keep('publication-decision', by(decision))} size="compact-sm">
            {say('papers.whole', { number: decision.number })}
          </ActButton>
        )}
        {approval && (
          <ActButton act={keep('option-decision', by(approval))} size="compact-sm">
            {say('papers.whole', { number: approval.number })}
          </ActButton>
        )}
      </Group>
    </section>
  );
}
