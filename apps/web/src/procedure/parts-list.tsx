import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { KeyValues } from '../table/key-values';
import { useWords } from '../words/words';
import type { Procedure } from './procedure-queries';

/** What the procedure asks of whom, part by part. */
export function PartsList({ parts }: { readonly parts: Procedure['parts'] }): ReactNode {
  const { say } = useWords();
  const { steps, manner, dossier, timeLimitDays, subjects, agency, form, result, conditions, fees, legalBasis } = parts;
  if (Object.keys(parts).length === 0) return <Text c="dimmed">{say('parts.none')}</Text>;
  return (
    <KeyValues
      entries={[
        [say('parts.steps'), steps],
        [say('parts.manner'), manner],
        [say('parts.dossier'), dossier && [...dossier.documents, say('parts.sets', { sets: dossier.sets })].join('\n')],
        [say('parts.timeLimitDays'), timeLimitDays === undefined ? null : say('parts.days', { days: timeLimitDays })],
        [say('parts.subjects'), subjects],
        [say('parts.agency'), agency],
        [say('parts.form'), form],
        [say('parts.result'), result],
        [say('parts.conditions'), conditions],
        [say('parts.fees'), fees],
        [say('parts.legalBasis'), legalBasis?.join('\n')],
      ]}
    />
  );
}
