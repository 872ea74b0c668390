import { Button, Group, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { prefer } from '../api/preferences';
import { useSession } from '../api/session';
import { useTimes } from '../format/moment';
import { speak, useWords } from '../words/words';

/** Language, light and the way in which times are told, each one press; remembered for the person. */
export function LookSwitches(): ReactNode {
  const { say, language } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const isIn = useSession().state === 'in';
  const times = useTimes();
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <Group gap="xs" data-noprint>
      <Button
        variant="subtle"
        size="compact-sm"
        lang={other}
        onClick={() => {
          speak(other);
          prefer({ language: other });
        }}
      >
        {language === 'vi' ? 'English' : 'Tiếng Việt'}
      </Button>
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => {
          setColorScheme(isDark ? 'light' : 'dark');
          prefer({ theme: isDark ? 'light' : 'dark' });
        }}
      >
        {say(isDark ? 'look.light' : 'look.dark')}
      </Button>
      {isIn && (
        <Button variant="subtle" size="compact-sm" onClick={() => prefer({ times: times === 'relative' ? 'absolute' : 'relative' })}>
          {say(times === 'relative' ? 'look.absolute' : 'look.relative')}
        </Button>
      )}
    </Group>
  );
}
