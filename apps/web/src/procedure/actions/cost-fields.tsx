import { Fieldset, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { DecimalField, TextField, WholeField } from '../../form/fields';
import { RowsOfFields } from '../../form/rows';
import { useWords } from '../../words/words';

interface Props {
  /** The path of the cost in the body. */
  readonly name: string;
  readonly legend: string;
}

/** The cost form: hours, fees and services of each step, how often and for how many. */
export function CostFields({ name, legend }: Props): ReactNode {
  const { say } = useWords();
  return (
    <Fieldset legend={legend}>
      <Stack>
        <RowsOfFields
          legend={say('cost.lines')}
          row={(index) => {
            const at = `${name}.lines.${String(index)}`;
            return (
              <>
                <TextField name={`${at}.label`} label={say('cost.label')} optional />
                <DecimalField name={`${at}.hours`} label={say('cost.hours')} />
                <WholeField name={`${at}.fee`} label={say('cost.fee')} defaultValue="0" />
                <WholeField name={`${at}.service`} label={say('cost.service')} defaultValue="0" />
              </>
            );
          }}
        />
        <WholeField name={`${name}.hourlyWage`} label={say('cost.hourlyWage')} />
        <WholeField name={`${name}.timesPerYear`} label={say('cost.timesPerYear')} defaultValue="1" />
        <WholeField name={`${name}.subjectsPerYear`} label={say('cost.subjectsPerYear')} />
      </Stack>
    </Fieldset>
  );
}
