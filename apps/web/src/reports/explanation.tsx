import { Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { signedText } from '../format/format';
import { Moment } from '../format/moment';
import { Dialog } from '../frame/dialog';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { UnderWay } from '../frame/under-way';
import { More } from '../table/more';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { eventName } from '../words/codes';
import { useWords } from '../words/words';
import type { Say, Word } from '../words/words';
import type { CellWords } from './cells';
import { sumOf, valueOf } from './explained';
import type { Explained } from './explained';
import { explainQuery } from './report-queries';
import type { ExplainingEvent } from './report-queries';
import classes from './reports.module.css';
import type { ReportName } from './reports';

interface Props {
  readonly name: ReportName;
  readonly asked: Readonly<Record<string, string>>;
  /** Key of a row and of a column; null where nothing is explained. */
  readonly cell: { readonly row: string; readonly column: string } | null;
  /** Row and column in words. */
  readonly title: string;
  readonly words: CellWords;
  readonly close: () => void;
}

/** On which events a cell rests, and what each contributes. */
export function Explanation({ cell, title, close, ...props }: Props): ReactNode {
  return (
    <Dialog title={title} size="xl" opened={cell !== null} close={close}>
      {cell && <Events cell={cell} {...props} />}
    </Dialog>
  );
}

function Events({ name, asked, cell, words }: Pick<Props, 'name' | 'asked' | 'words'> & { readonly cell: NonNullable<Props['cell']> }): ReactNode {
  const { say, language } = useWords();
  const found = useInfiniteQuery(explainQuery(name, asked, cell));
  const [first] = found.data?.pages ?? [];
  const { error } = found;
  if (error instanceof ApiProblem && error.status === 501) return <Text>{say('reports.noCellExplanation')}</Text>;
  if (first === undefined)
    return error === null ? <UnderWay /> : <NotHad error={error} again={() => void found.refetch()} />;
  const events = found.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <>
      <Text fw={600}>{say('reports.value', { value: valueOf(cell.column, first.value, words) })}</Text>
      <Text size="sm" mb="sm" aria-live="polite">
        {events.length === 0 && !found.hasNextPage ? say('reports.noEvents') : sumText(sumOf(events), found.hasNextPage, words)}
      </Text>
      {events.length > 0 && (
        <Wide label={say('reports.events')}>
          <Table miw={440} aria-label={say('reports.events')}>
            <Titles of={[say('reports.event'), say('reports.recordedAt'), say('reports.contributes')]} />
            <Table.Tbody>
              {events.map((event) => (
                <Table.Tr key={event.position} data-event={event.type}>
                  <Table.Td className={classes.event ?? ''}>
                    <Where event={event} />
                  </Table.Td>
                  <Table.Td>
                    <Moment at={event.recordedAt} />
                  </Table.Td>
                  <Table.Td>
                    {event.contributes === null ? '–' : signedText(event.contributes, language)}
                    {event.part !== undefined && ` (${say(partWords[event.part])})`}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
      <More isOpen={found.hasNextPage} isWaiting={found.isFetchingNextPage} next={() => void found.fetchNextPage()} />
    </>
  );
} // prettier-ignore

const partWords = {
  numerator: 'reports.numerator',
  denominator: 'reports.denominator',
  sample: 'reports.sample',
} as const satisfies Record<NonNullable<ExplainingEvent['part']>, Word>;

/** What the events come to, as far as they are there. */
function sumText({ number, sum, numerator, denominator, samples }: Explained, isMore: boolean, { say, language }: CellWords): string {
  const text = (one: number): string => signedText(one, language).replace(/^\+/, '');
  const parts = [
    say(isMore ? 'reports.eventsMore' : 'reports.eventsAll', { number: text(number) }),
    ...(sum === null ? [] : [say('reports.sum', { sum: text(sum) })]),
    ...(numerator === null && denominator === null
      ? []
      : [say('reports.ratio', { numerator: text(numerator ?? 0), denominator: text(denominator ?? 0) })]),
    ...(samples === 0 ? [] : [say('reports.samples', { number: text(samples) })]),
  ];
  return parts.join(' ');
}

/** What happened, leading to the record of it, and to which procedure. */
function Where({ event: { stream, revision, type, title } }: { readonly event: ExplainingEvent }): ReactNode {
  const { say } = useWords();
  const [, kind = '', id = ''] = /^([a-z]+)-([0-9a-f-]{36})$/.exec(stream) ?? [];
  const what = textOf(type, revision, say);
  switch (kind) {
    case 'procedure':
      return (
        <>
          {title !== undefined && (
            <Text span size="sm" display="block">
              {title}
            </Text>
          )}
          <PageLink to="/procedures/$id/history" params={{ id }} search={{ asOf: String(revision) }}>
            {what}
          </PageLink>
        </>
      );
    case 'programme':
      return (
        <PageLink to="/programmes/$id" params={{ id }}>
          {what}
        </PageLink>
      );
    case 'indicator':
      return (
        <PageLink to="/indicators/$id" params={{ id }}>
          {what}
        </PageLink>
      );
    default:
      return what;
  }
}

const textOf = (type: string, revision: number, say: Say): string => `${eventName(type, say)}, ${say('history.revision', { revision })}`;
