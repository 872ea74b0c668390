import { Fieldset, NativeSelect, Stack } from '@mantine/core';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { DecimalField, MoneyField, TextField, ValuesOfForm, WholeField } from '../../form/fields';
import { Line } from '../../form/line';
import { RowsOfFields } from '../../form/rows';
import { rowsIn } from '../../form/values';
import { useWords } from '../../words/words';
import { CostSources } from './cost-sources';

interface Props {
  /** The path of the cost in the body. */
  readonly name: string;
  readonly legend: string;
}

/** The cost form: hours, fees and services of each step, how often and for how many. */
export function CostFields({ name, legend }: Props): ReactNode {
  const { say } = useWords();
  const values = useContext(ValuesOfForm);
  const [often, setOften] = useState<'timesPerYear' | 'everyYears'>(`${name}.everyYears` in values ? 'everyYears' : 'timesPerYear');
  const [lines, setLines] = useState(() => rowsIn(values, `${name}.lines`));
  const count = (set: HTMLElement): void => setLines(set.querySelectorAll(`[name^="${name}.lines."][name$=".hours"]`).length);
  return (
    <Fieldset legend={legend} onInput={({ currentTarget }) => count(currentTarget)}>
      <Stack>
        <RowsOfFields
          legend={say('cost.lines')}
          list={`${name}.lines`}
          most={500}
          row={(at) => (
            <>
              <TextField name={`${at}.label`} label={say('cost.label')} optional />
              <Line narrow>
                <DecimalField name={`${at}.hours`} label={say('cost.hours')} />
                <MoneyField name={`${at}.fee`} label={say('cost.fee')} defaultValue="0" />
                <MoneyField name={`${at}.service`} label={say('cost.service')} defaultValue="0" />
              </Line>
            </>
          )}
        />
        <Line narrow>
          <MoneyField name={`${name}.hourlyWage`} label={say('cost.hourlyWage')} />
          <WholeField name={`${name}.subjectsPerYear`} label={say('cost.subjectsPerYear')} />
        </Line>
        <Line narrow>
          <NativeSelect
            label={say('cost.often')}
            value={often}
            onChange={({ currentTarget: { value } }) => setOften(value === 'everyYears' ? 'everyYears' : 'timesPerYear')}
            data={[
              { value: 'timesPerYear', label: say('cost.timesPerYear') },
              { value: 'everyYears', label: say('cost.everyYears') },
            ]}
          />
          {often === 'timesPerYear' ? (
            <WholeField key={often} name={`${name}.timesPerYear`} label={say('cost.timesPerYear')} defaultValue="1" />
          ) : (
            <WholeField key={often} name={`${name}.everyYears`} label={say('cost.everyYears')} defaultValue="2" />
          )}
        </Line>
        <CostSources name={name} lines={lines} often={often} />
      </Stack>
    </Fieldset>
  );
}
