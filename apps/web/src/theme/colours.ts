import { localStorageColorSchemeManager } from '@mantine/core';

const kept = 'tinhgon-colours';
export const keptColours = localStorageColorSchemeManager({ key: kept });

/** Light or dark as the address asks, and keeps it. @returns what to begin with: what was kept, else light */
export function startColours(): 'light' | 'dark' {
  const asked = new URLSearchParams(window.location.search).get('theme');
  if (asked === 'light' || asked === 'dark') localStorage.setItem(kept, asked);
  const scheme = localStorage.getItem(kept) === 'dark' ? 'dark' : 'light';
  document.documentElement.dataset.mantineColorScheme = scheme;
  return scheme;
}
