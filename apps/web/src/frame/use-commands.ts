import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { prefer } from '../api/preferences';
import { sessions, useSession } from '../api/session';
import { speak, useWords } from '../words/words';
import { useAccount, useActFor, useActingFor } from './account';
import { useChosenUnit } from './chosen-unit';
import { commandsOf } from './commands';
import type { Command, Here } from './commands';
import { useLetterKeys } from './letter-keys';
import { isOpenTo, places } from './places';

/** The commands of whoever is signed in, where they are. */
export function useCommands(show: Here['show']): readonly Command[] {
  const words = useWords();
  const session = useSession();
  const account = useAccount();
  const actingFor = useActingFor();
  const actFor = useActFor();
  const { unit, own, choose } = useChosenUnit();
  const letterKeys = useLetterKeys();
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  if (session.state !== 'in') return [];
  return commandsOf({
    ...words,
    ...letterKeys,
    isDark,
    actingFor,
    others: account?.mayActFor ?? [],
    units: own,
    unit,
    isOpen: (place) =>
      isOpenTo(place, {
        ...{ isActing: actingFor !== null, isAuditor: session.person.roles.includes('auditor') },
        administration: account?.administration ?? [],
      }),
    go: ({ to, byUnit }) => void navigate({ to, search: byUnit === true && unit !== undefined ? { unit } : {} }),
    actFor,
    workFor: (chosen) => {
      choose(chosen);
      if (places.some(({ to, byUnit }) => to === path && byUnit === true))
        void navigate({ to: '.', search: (before: object) => ({ ...before, unit: chosen }) });
    },
    speak: (language) => {
      speak(language);
      prefer({ language });
    },
    shine: (theme) => {
      setColorScheme(theme);
      prefer({ theme });
    },
    signOut: (where) => void sessions.end(where),
    show,
  });
}
