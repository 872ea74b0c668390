import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useSession } from '../../api/session';
import { without } from '../../table/choosing';
import type { ChosenRows } from '../../table/choosing';
import type { Pages } from '../../table/pages';
import { WorkTable } from '../work-table';
import type { Work } from '../work-words';
import type { WorklistSearch } from '../worklist-search';
import { RunReport } from './run-report';
import { runs, useRun } from './runs';
import { SeveralBar } from './several-bar';

interface Props {
  readonly caption: string;
  readonly pages: Pages<Work, { readonly total?: { readonly count: number } }>;
  readonly search: WorklistSearch;
}

/** A list of work of which several can be chosen, what is done with them, and how far that came. */
export function Several({ caption, pages, search }: Props): ReactNode {
  const [chosen, choose] = useState<ChosenRows<Work>>(new Map());
  const session = useSession();
  const person = session.state === 'in' ? session.person.id : null;
  const run = useRun();

  useEffect(() => {
    if (person !== null) runs.of(person);
  }, [person]);
  // What is done is let go; what failed stays chosen.
  useEffect(() => {
    const done = run?.items.filter(({ result }) => result === 'done') ?? [];
    if (done.length > 0) choose((so) => (done.some(({ key }) => so.has(key)) ? without(so, done) : so));
  }, [run]);

  return (
    <>
      {run && <RunReport run={run} />}
      {pages.rows.length > 0 && run?.isGoing !== true && (
        <SeveralBar chosen={chosen} choose={choose} search={search} total={pages.first?.total?.count} />
      )}
      <WorkTable caption={caption} pages={pages} search={search} chosen={chosen} choose={choose} />
    </>
  );
}
