import { Button, Fieldset, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { dateText, readDate } from '../../format/format';
import { useWords } from '../../words/words';
import type { Days } from './year';

interface Props {
  readonly add: (days: Pick<Days, 'holidays' | 'workingDays'>) => void;
}

const kinds = ['holiday', 'worked', 'swap'] as const;
type Kind = (typeof kinds)[number];

/** Adds a day off, a day that is worked, or two days that are swapped. */
export function AddDay({ add }: Props): ReactNode {
  const { say } = useWords();
  const [kind, setKind] = useState<Kind>('holiday');
  const [typed, type] = useState({ off: '', worked: '', name: '' });
  const [isTried, setTried] = useState(false);
  const [off, worked, name] = [readDate(typed.off), readDate(typed.worked), typed.name.trim()];
  const [asksOff, asksWorked, asksName] = [kind !== 'worked', kind !== 'holiday', kind !== 'swap'];
  const faults = {
    off: asksOff && off === null ? say('form.noDate') : null,
    worked: asksWorked && worked === null ? say('form.noDate') : null,
    name: asksName && name === '' ? say('form.needed') : null,
  };
  const put = (): void => {
    setTried(true);
    if (Object.values(faults).some((fault) => fault !== null)) return;
    const swapped = { off: off === null ? '' : dateText(off), worked: worked === null ? '' : dateText(worked) };
    add({
      holidays:
        asksOff && off !== null ? [{ date: off, name: asksName ? name : say('calendars.swappedOff', { date: swapped.worked }) }] : [],
      workingDays:
        asksWorked && worked !== null
          ? [{ date: worked, reason: asksName ? name : say('calendars.swappedWorked', { date: swapped.off }) }]
          : [],
    });
    type({ off: '', worked: '', name: '' });
    setTried(false);
  };
  const field = (which: keyof typeof typed, label: string): ReactNode => (
    <TextInput
      label={label}
      value={typed[which]}
      placeholder={which === 'name' ? undefined : say('form.dateLike')}
      inputMode={which === 'name' ? undefined : 'numeric'}
      maxLength={200}
      autoComplete="off"
      error={isTried ? faults[which] : null}
      onChange={({ currentTarget: { value } }) => type({ ...typed, [which]: value })}
    />
  );
  return (
    <Fieldset legend={say('calendars.add')}>
      <Stack gap="sm">
        <NativeSelect
          label={say('calendars.what')}
          value={kind}
          onChange={({ currentTarget: { value } }) => setKind(kinds.find((one) => one === value) ?? 'holiday')}
          data={[
            { value: 'holiday', label: say('calendars.holiday') },
            { value: 'worked', label: say('calendars.worked') },
            { value: 'swap', label: say('calendars.swap') },
          ]}
        />
        {asksOff && field('off', say('calendars.dayOff'))}
        {asksWorked && field('worked', say('calendars.dayWorked'))}
        {asksName && field('name', say('calendars.name'))}
        <Group>
          <Button variant="default" onClick={put}>
            {say('calendars.addIt')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
