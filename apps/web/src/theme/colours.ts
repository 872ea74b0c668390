import { localStorageColorSchemeManager } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';

const kept = 'tinhgon-colours';
export const keptColours = localStorageColorSchemeManager({ key: kept });

/** Light or dark as the address asks, and keeps it. @returns what to begin with: what was kept, else light */
export function startColours(): MantineColorScheme {
  const asked = new URLSearchParams(window.location.search).get('theme');
  if (asked === 'light' || asked === 'dark') localStorage.setItem(kept, asked);
  const scheme = keptColours.get('light');
  const isDark = scheme === 'dark' || (scheme === 'auto' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
  return scheme;
}
