import { Button, Group } from '@mantine/core';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { ChoiceField, DecimalField, TextField, ValuesOfForm } from '../../form/fields';
import type { Choice } from '../../form/choice-field';
import { Line } from '../../form/line';
import { RowsOfFields } from '../../form/rows';
import { useWords } from '../../words/words';
import type { Say } from '../../words/words';

interface Props {
  /** The path of the cost in the body. */
  readonly name: string;
  /** How many lines the cost has. */
  readonly lines: number;
  readonly often: 'timesPerYear' | 'everyYears';
}

/** Where the figures of a cost come from, and what each source says where they differ; nobody has to say. */
export function CostSources({ name, lines, often }: Props): ReactNode {
  const { say } = useWords();
  const begun = useContext(ValuesOfForm);
  const [isOpen, setOpen] = useState(() => Object.keys(begun).some((path) => path.startsWith(`${name}.inputs.`)));
  if (!isOpen)
    return (
      <Group>
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          {say('cost.saySources')}
        </Button>
      </Group>
    );
  return (
    <RowsOfFields
      legend={say('cost.sources')}
      list={`${name}.inputs`}
      most={500}
      optional
      row={(at) => (
        <>
          <ChoiceField name={`${at}.input`} label={say('cost.input')} choices={figuresOf(lines, often, say)} />
          <Line narrow>
            <TextField name={`${at}.source`} label={say('cost.source')} />
            <TextField name={`${at}.method`} label={say('cost.method')} />
          </Line>
          <RowsOfFields
            legend={say('cost.figures')}
            list={`${at}.figures`}
            most={50}
            optional
            row={(figure, index) => (
              <DecimalField
                name={figure}
                label={say('cost.figureOf', { at: index + 1 })}
                {...(index === 0 && { help: say('cost.figuresHelp') })}
              />
            )}
          />
        </>
      )}
    />
  );
}

/** By the paths with which a cost names its figures. */
function figuresOf(lines: number, often: Props['often'], say: Say): readonly Choice[] {
  const ofLines = Array.from({ length: lines }, (_, at) =>
    (['hours', 'fee', 'service'] as const).map((what) => ({
      value: `lines.${String(at)}.${what}`,
      label: say('cost.ofLine', { at: at + 1, what: say(`cost.${what}`) }),
    })),
  );
  const ofAll = (['hourlyWage', 'subjectsPerYear', often] as const).map((what) => ({ value: what, label: say(`cost.${what}`) }));
  return [...ofLines.flat(), ...ofAll];
}
