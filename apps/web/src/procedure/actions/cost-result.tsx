import { Alert, Text } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { answerOf, client } from '../../api/client';
import { readBody } from '../../form/body';
import { typeInto } from '../../form/field';
import { Refusal } from '../../frame/refusal';
import { useWords } from '../../words/words';
import { costsIn } from './costs-in';
import type { Costs } from './costs-in';
import { SavingText } from '../saving-text';

const patienceMs = 400;

/** What both costs of an option come to, counted by the server while they are typed. */
export function CostResult(): ReactNode {
  const { say } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const [costs, setCosts] = useState<Costs | null>(null);
  const read = useDebouncedCallback((form: HTMLFormElement) => setCosts(costsIn(readBody(form).body)), patienceMs);

  useEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    const typed = ({ target }: Event): void => {
      if (target instanceof HTMLInputElement) keepOneWage(form, target);
      read(form);
    };
    form.addEventListener('input', typed);
    read(form);
    return () => form.removeEventListener('input', typed);
  }, [read]);

  const counted = useQuery({
    queryKey: ['compliance-cost', costs],
    enabled: costs !== null,
    retry: false,
    staleTime: 'static',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      if (!costs) throw new Error('Nothing is counted before both costs are there.');
      return answerOf(client.POST('/api/v1/compliance-cost', { body: costs, signal }));
    },
  });
  return (
    <Alert color="blue" variant="light" title={say('cost.result')} ref={place}>
      <div role="status">
        {costs === null && <Text size="sm">{say('cost.incomplete')}</Text>}
        {costs !== null && counted.error && <Refusal error={counted.error} />}
        {costs !== null && counted.data && <SavingText saving={counted.data} />}
      </div>
    </Alert>
  );
}

/** Both costs are counted with one wage: what is typed before stands after, too, until somebody writes another one there. */
function keepOneWage(form: HTMLFormElement, { name, value }: HTMLInputElement): void {
  const after = form.elements.namedItem('option.after.hourlyWage');
  if (!(after instanceof HTMLInputElement)) return;
  if (name === after.name && document.activeElement === after) after.dataset.own = '';
  if (name === 'option.before.hourlyWage' && after.dataset.own === undefined) typeInto(after, value);
}
