import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Page } from '../frame/page';
import { useWords } from '../words/words';
import type { Order } from './bulk-queries';
import { Ordering } from './ordering';
import { readBulkSearch } from './bulk-search';
import { RunView } from './run-view';

/** One act with many procedures: what and with which, then what would become of each, and only then it is done and followed to its end. */
export function BulkPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/bulk' });
  const navigate = useNavigate();
  // What was looked at last, as long as the page is open: what it says of classified procedures is not left in the browser.
  const [looked, setLooked] = useState<{ readonly run: string; readonly order: Order } | null>(null);
  const { run } = search;
  const isLookedAt = looked !== null && looked.run === run;
  const show = (next: string | undefined): void =>
    void navigate({ to: '/bulk', search: (before) => readBulkSearch({ ...before, run: next }) });
  const look = (next: string, order: Order): void => {
    setLooked({ run: next, order });
    show(next);
  };

  return (
    <Page title={say('bulk.title')}>
      {/* What was typed and chosen stays while the outcome is looked at. */}
      {(run === undefined || isLookedAt) && (
        <div hidden={run !== undefined}>
          <Ordering search={search} looked={look} />
        </div>
      )}
      {run !== undefined && (
        <RunView key={run} id={run} order={isLookedAt ? looked.order : null} back={() => show(undefined)} looked={look} begun={show} />
      )}
    </Page>
  );
}
