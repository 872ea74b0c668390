import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import { momentText } from '../format/format';
import { brand } from '../theme/brand';
import { useWords } from '../words/words';

/** Says on paper when and by whom it was printed, and from which address. */
export function Printed(): ReactNode {
  const { say, language } = useWords();
  const colorScheme = useComputedColorScheme('light');
  const session = useSession();
  const [at, setAt] = useState(() => new Date());
  useEffect(() => {
    const paper = window.matchMedia('print');
    const root = document.documentElement;
    const turn = (): void => {
      // Paper is white, and is made as soon as the listeners have returned.
      if (paper.matches) flushSync(() => setAt(new Date()));
      root.dataset.mantineColorScheme = paper.matches ? 'light' : colorScheme;
    };
    paper.addEventListener('change', turn);
    return () => paper.removeEventListener('change', turn);
  }, [colorScheme]);
  if (session.state !== 'in') return null;
  return (
    <p data-print>
      {say('print.from', {
        brand: brand.name,
        name: session.person.name,
        moment: momentText(at.toISOString(), language),
        address: window.location.href,
      })}
    </p>
  );
}
