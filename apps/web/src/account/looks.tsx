import { Group, NativeSelect, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { prefer, usePreferences } from '../api/preferences';
import type { Preferences } from '../api/preferences';
import { useTimes } from '../format/moment';
import { speak, useWords } from '../words/words';
import type { Word } from '../words/words';

type Theme = NonNullable<Preferences['theme']>;
type Times = NonNullable<Preferences['times']>;
const themes = { light: 'look.light', dark: 'look.dark', system: 'look.system' } as const satisfies Record<Theme, Word>;
const times = { absolute: 'look.absolute', relative: 'look.relative' } as const satisfies Record<Times, Word>;
/** Each as its speakers call it. */
const languages = { vi: 'Tiếng Việt', en: 'English' } as const;
const codes = <Code extends string>(words: Readonly<Record<Code, string>>): readonly Code[] => Object.keys(words) as Code[];

/** How the person likes the screens; kept for whatever device they use. */
export function Looks(): ReactNode {
  const { say, language } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const kept = usePreferences();
  const told = useTimes();
  if (kept === undefined) return null;
  return (
    <Group align="end">
      <NativeSelect
        label={say('look.language')}
        value={language}
        onChange={({ currentTarget: { value } }) => {
          const chosen = value === 'en' ? 'en' : 'vi';
          speak(chosen);
          prefer({ language: chosen });
        }}
      >
        {codes(languages).map((one) => (
          <option key={one} value={one} lang={one}>
            {languages[one]}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        label={say('look.theme')}
        value={colorScheme === 'auto' ? 'system' : colorScheme}
        onChange={({ currentTarget: { value } }) => {
          const chosen = codes(themes).find((one) => one === value) ?? 'light';
          setColorScheme(chosen === 'system' ? 'auto' : chosen);
          prefer({ theme: chosen });
        }}
        data={codes(themes).map((one) => ({ value: one, label: say(themes[one]) }))}
      />
      <NativeSelect
        label={say('look.times')}
        value={told}
        onChange={({ currentTarget: { value } }) => prefer({ times: codes(times).find((one) => one === value) ?? 'absolute' })}
        data={codes(times).map((one) => ({ value: one, label: say(times[one]) }))}
      />
    </Group>
  );
}
