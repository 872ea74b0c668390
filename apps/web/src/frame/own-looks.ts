import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { chosenBefore, prefer, usePreferences } from '../api/preferences';
import { sessions, useSession } from '../api/session';
import { speak } from '../words/words';

/** Whose looks this browser took over when they signed in. */
const kept = 'tinhgon-looks-of';
const address = new URLSearchParams(window.location.search);

sessions.subscribe(() => {
  if (sessions.now().state === 'out') localStorage.removeItem(kept);
});

/** Has language and light be as the person likes them when they sign in. What the address or a switch before said goes before that. */
export function useOwnLooks(): void {
  const session = useSession();
  const preferences = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const person = session.state === 'in' ? session.person.id : null;
  useEffect(() => {
    if (person === null || preferences === undefined || localStorage.getItem(kept) === person) return;
    localStorage.setItem(kept, person);
    const chosen = chosenBefore();
    if (Object.keys(chosen).length > 0) prefer(chosen);
    const { language, theme } = { ...preferences, ...chosen };
    if (language !== undefined && !address.has('lang')) speak(language);
    if (theme !== undefined && !address.has('theme')) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [person, preferences, setColorScheme]);
}
