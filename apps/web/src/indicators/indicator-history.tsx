import { List, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { numberText } from '../format/format';
import { Moment } from '../format/moment';
import { useActorText } from '../frame/actor-text';
import { NotHad } from '../frame/not-had';
import { UnderWay } from '../frame/under-way';
import { useUnits } from '../frame/units';
import { More } from '../table/more';
import { useWords } from '../words/words';
import { figureText, periodText } from './figure-text';
import { indicatorHistoryQuery } from './indicator-queries';
import type { Happening } from './indicator-queries';

/** What happened with an indicator, newest first: who reported, corrected, verified, returned and reminded. */
export function IndicatorHistory({ id }: { readonly id: string }): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const units = useUnits();
  const found = useInfiniteQuery(indicatorHistoryQuery(id));
  const what = ({ type, unit, period, value = '', reminded = 0 }: Happening): string => {
    const about = {
      ...{ unit: unit === undefined ? '' : units.nameOf(unit), period: periodText(period ?? null, say), value: figureText(value, words) },
      count: numberText(reminded, language),
    };
    switch (type) {
      case 'IndicatorDefined':
        return say('indicators.wasDefined');
      case 'IndicatorReported':
        return say('indicators.wasReported', about);
      case 'IndicatorVerified':
        return say('indicators.wasVerified', about);
      case 'IndicatorReturned':
        return say('indicators.wasReturned', about);
      case 'IndicatorReminded':
        return say('indicators.wasReminded', about);
      default:
        return type;
    }
  };
  const who = useActorText();
  return (
    <section aria-label={say('indicators.history')}>
      <Title order={2} size="h4" mt="lg" mb="sm">
        {say('indicators.history')}
      </Title>
      {found.error && <NotHad error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <UnderWay />}
      <List listStyleType="none" spacing="sm">
        {found.data?.pages
          .flatMap(({ items }) => items)
          .map((one) => (
            <List.Item key={one.position}>
              <Text>{what(one)}</Text>
              {one.reason !== undefined && <Text size="sm">{say('indicators.because', { reason: one.reason })}</Text>}
              <Text size="sm" c="dimmed">
                {who(one.actor)} · <Moment at={one.recordedAt} />
              </Text>
            </List.Item>
          ))}
      </List>
      <More isOpen={found.hasNextPage} isWaiting={found.isFetchingNextPage} next={() => void found.fetchNextPage()} />
    </section>
  );
}
