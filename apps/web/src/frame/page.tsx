import { Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { brand } from '../theme/brand';
import { Printed } from './printed';

interface Props {
  readonly title: string;
  /** Beside the heading. */
  readonly aside?: ReactNode;
  /** Whether something that belongs to it is still under way. (Default: false) */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** A page: its one heading, its one `main`, its title in the tab. Focus goes to the heading when the page changes. */
export function Page({ title, aside, busy = false, children }: Props): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${brand.name}`;
  }, [title]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <main id="main" aria-busy={busy}>
      <header data-heading>
        <Title order={1} size="h2" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {aside}
      </header>
      {children}
      <Printed />
    </main>
  );
}
