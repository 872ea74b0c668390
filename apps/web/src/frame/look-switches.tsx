import { Button, Group, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { speak, useWords } from '../words/words';

/** Language and light, each one press. */
export function LookSwitches(): ReactNode {
  const { say, language } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <Group gap="xs" data-noprint>
      <Button
        variant="subtle"
        size="compact-sm"
        lang={language === 'vi' ? 'en' : 'vi'}
        onClick={() => speak(language === 'vi' ? 'en' : 'vi')}
      >
        {language === 'vi' ? 'English' : 'Tiếng Việt'}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
        {say(isDark ? 'look.light' : 'look.dark')}
      </Button>
    </Group>
  );
}
