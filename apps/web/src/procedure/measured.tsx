import { Button, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import type { components } from '../api/schema';
import { CommandForm } from '../form/command-form';
import { ChoiceField, DateField, TextField, ValuesOfForm } from '../form/fields';
import { valuesAt } from '../form/leaves';
import { Line } from '../form/line';
import { dateText, numberText } from '../format/format';
import { KeyValues } from '../table/key-values';
import { optionTypeWords } from '../words/codes';
import { useWords } from '../words/words';
import { CostFields } from './actions/cost-fields';
import { may } from './may';
import type { Procedure } from './procedure-queries';

type MeasuredCost = components['schemas']['MeasuredAnswer'];

/** What it was measured to cost as it stands, and a form to measure it, or what an option really saved. */
export function Measured({ procedure }: { readonly procedure: Procedure }): ReactNode {
  const { say } = useWords();
  const [isBegun, begin] = useState(false);
  const { asOf } = useSearch({ from: '/_signed-in/procedures/$id/' });
  const mayMeasure = asOf === undefined && may(procedure, 'measure');
  if (procedure.measured === null && !mayMeasure) return null;
  return (
    <section aria-labelledby="measured">
      <Title order={2} size="h4" mt="xl" mb="xs" id="measured">
        {say('measured.title')}
      </Title>
      {procedure.measured && (
        <KeyValues entries={[[say('measured.asItStands'), <MeasuredText key="it" measured={procedure.measured} />]]} />
      )}
      {mayMeasure && (
        <div data-noprint>
          <Button variant="default" my="sm" data-action="measure" aria-expanded={isBegun} onClick={() => begin(!isBegun)}>
            {say('measured.measure')}
          </Button>
          {isBegun && <MeasureForm procedure={procedure} close={() => begin(false)} />}
        </div>
      )}
    </section>
  );
}

/** What was measured, when, and by which paper it is shown. */
export function MeasuredText({ measured: { figures, on, evidence } }: { readonly measured: MeasuredCost }): ReactNode {
  const { say, language } = useWords();
  const paper = [evidence.title, evidence.number, dateText(evidence.date)].filter(Boolean).join(', ');
  return say('measured.text', { cost: say('money.year', { dong: numberText(figures.year, language) }), on: dateText(on), paper });
}

function MeasureForm({ procedure, close }: { readonly procedure: Procedure; readonly close: () => void }): ReactNode {
  const { say } = useWords();
  const implemented = procedure.options.filter(({ status }) => status === 'implemented');
  const last = implemented.at(-1);
  const cost = procedure.measured?.cost ?? last?.after ?? procedure.review?.complianceCost;
  const send = async ({ optionId, ...body }: Readonly<Record<string, unknown>>, key: string): Promise<void> => {
    const sent = optionId === asItStands ? body : { ...body, optionId };
    await command('POST', `/api/v1/procedures/${procedure.id}/measurements`, sent, { key });
    close();
  };
  const choices = implemented.map(({ id, type, content }) => ({
    value: id,
    label: `${say(optionTypeWords[type])}: ${content.slice(0, 80)}`,
  }));
  return (
    <ValuesOfForm value={cost ? valuesAt('cost', cost) : {}}>
      <CommandForm label={say('measured.measure')} submit={say('measured.send')} send={send} cancel={close}>
        <ChoiceField
          name="optionId"
          label={say('measured.of')}
          choices={[...(procedure.stage === 'abolished' ? [] : [{ value: asItStands, label: say('measured.asItStands') }]), ...choices]}
        />
        <CostFields name="cost" legend={say('measured.cost')} />
        <TextField name="evidence.title" label={say('measured.paper')} />
        <Line narrow>
          <TextField name="evidence.number" label={say('field.document.number')} optional />
          <DateField name="evidence.date" label={say('measured.paperDate')} />
        </Line>
        <DateField name="occurredOn" label={say('measured.on')} optional />
      </CommandForm>
    </ValuesOfForm>
  );
}

/** Of no option. */
const asItStands = 'as-it-stands';
