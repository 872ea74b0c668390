import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useSession } from '../../api/session';
import { asListed, withAll, without } from '../../table/choosing';
import type { ChosenRows } from '../../table/choosing';
import type { Pages } from '../../table/pages';
import { WorkTable } from '../work-table';
import { workKey } from '../work-words';
import type { Work } from '../work-words';
import type { WorklistSearch } from '../worklist-search';
import { RunReport } from './run-report';
import { isOver } from './run';
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
  const keyed = pages.rows.map((row) => ({ key: workKey(row), row }));
  const isFound = useRef(false);

  useEffect(() => {
    if (person !== null) runs.of(person);
  }, [person]);
  // What is done is let go; what failed stays chosen.
  useEffect(() => {
    const done = run?.items.filter(({ result }) => result === 'done') ?? [];
    if (done.length > 0) choose((so) => (done.some(({ key }) => so.has(key)) ? without(so, done) : so));
  }, [run]);

  // So it is after a reload, as far as it is listed.
  useEffect(() => {
    if (!run || !isOver(run) || keyed.length === 0 || isFound.current) return;
    isFound.current = true;
    const failed = run.items.filter(({ result }) => result === 'failed');
    choose((so) =>
      withAll(
        so,
        keyed.filter((row) => failed.some(({ key }) => key === row.key)),
      ),
    );
  });

  return (
    <>
      {run && <RunReport run={run} />}
      {keyed.length > 0 && (!run || isOver(run)) && (
        <SeveralBar chosen={asListed(chosen, keyed)} choose={choose} search={search} total={pages.first?.total?.count} />
      )}
      <WorkTable caption={caption} pages={pages} search={search} chosen={chosen} choose={choose} />
    </>
  );
}
