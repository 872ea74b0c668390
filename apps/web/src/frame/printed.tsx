import { useComputedColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import { momentText } from '../format/format';
import { brand } from '../theme/brand';
import { useWords } from '../words/words';
import { imprintNow, prepareImprint } from './imprint';
import type { PageImprint } from './imprint';

/** Between one look at what is on the screen and the next; paper is made before anything can be asked for. */
const prepareEveryMs = 2_000;
/** Millimetres of a side, as on papers: telephones still tell such dots apart. */
const dotSide = 0.4;

/** Says on paper when and by whom it was printed, from which address, as of which position of the log, and by which checkpoint that can be verified. */
export function Printed(): ReactNode {
  const { say, language } = useWords();
  const colorScheme = useComputedColorScheme('light');
  const session = useSession();
  const isIn = session.state === 'in';
  const queries = useQueryClient();
  const [{ at, page }, print] = useState<{ readonly at: Date; readonly page: PageImprint | null }>(() => ({ at: new Date(), page: null }));
  useEffect(() => {
    const paper = window.matchMedia('print');
    const root = document.documentElement;
    const turn = (): void => {
      // Paper is white, and is made as soon as the listeners have returned.
      if (paper.matches) flushSync(() => print({ at: new Date(), page: imprintNow(queries, language) }));
      root.dataset.mantineColorScheme = paper.matches ? 'light' : colorScheme;
    };
    paper.addEventListener('change', turn);
    return () => paper.removeEventListener('change', turn);
  }, [colorScheme, queries, language]);
  useEffect(() => {
    if (!isIn) return;
    const timer = setInterval(() => {
      // What cannot be had is not printed, and the page says so.
      if (!document.hidden) void prepareImprint(queries, language).catch(() => undefined);
    }, prepareEveryMs);
    return () => clearInterval(timer);
  }, [isIn, queries, language]);
  if (!isIn) return null;
  return (
    <footer data-print>
      <p>
        {say('print.from', {
          brand: brand.name,
          name: session.person.name,
          moment: momentText(at.toISOString(), language),
          address: window.location.href,
        })}
      </p>
      {page && <Imprint {...page} />}
    </footer>
  );
}

function Imprint({ between, imprint, code }: PageImprint): ReactNode {
  const { say } = useWords();
  const read = between && (between.from === between.to ? say('print.asOf', { position: between.to }) : say('print.between', between));
  const side = `${String((code?.dots ?? 0) * dotSide)}mm`;
  return (
    <>
      <p>
        {read} {imprint?.line ?? say('print.notFetched')}
      </p>
      {imprint?.code && code && (
        <figure>
          <svg
            viewBox={`0 0 ${String(code.dots)} ${String(code.dots)}`}
            width={side}
            height={side}
            shapeRendering="crispEdges"
            role="img"
            aria-label={imprint.code.says}
          >
            <path d={code.path} />
          </svg>
          <figcaption>{imprint.code.says}</figcaption>
        </figure>
      )}
    </>
  );
}
