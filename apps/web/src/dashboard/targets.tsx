import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { decimalText, numberText } from '../format/format';
import { PageLink } from '../frame/link';
import { Meter } from '../table/meter';
import { metricText } from '../words/codes';
import { useWords } from '../words/words';
import type { Words } from '../words/words';
import type { ProgressAnswer } from './dashboard-queries';
import type { Said } from './tile';

/** A programme that is under way, and how far it is. */
export interface UnderWay {
  readonly id: string;
  readonly title: string;
  readonly targets: ProgressAnswer['targets'];
}

type Target = UnderWay['targets'][number];

/** How many targets of the programmes that are under way are reached, and each with its meter. */
export function targetsSaid(programmes: readonly UnderWay[], { say, language }: Words): Said {
  const all = programmes.flatMap(({ targets }) => targets.filter(isActive));
  if (all.length === 0) return { conclusion: say('dashboard.noTargets'), figures: null };
  const reached = all.filter((target) => target.reached).length;
  return {
    conclusion: say('dashboard.targetsSays', { reached: numberText(reached, language), all: numberText(all.length, language) }),
    figures: null,
    more: programmes.map((programme) => <Meters key={programme.id} {...programme} />),
  };
}

const isActive = ({ state }: Target): boolean => state === 'active';

function Meters({ id, title, targets }: UnderWay): ReactNode {
  const { say, language } = useWords();
  return (
    <Stack gap="xs">
      <PageLink to="/programmes/$id" params={{ id }}>
        {title}
      </PageLink>
      {targets.filter(isActive).map(({ id: target, metric, value, threshold, reached, overdue, workingDaysLeft }) => (
        <div key={target}>
          <Text size="sm">
            {metricText(metric, say)}:{' '}
            {value === null
              ? say('dashboard.nothingYet')
              : say('dashboard.ofThreshold', { value: decimalText(value, language), threshold: decimalText(threshold, language) })}
            {!reached && overdue && `, ${say('dashboard.targetOver')}`}
            {!reached && !overdue && workingDaysLeft !== null && `, ${say('dashboard.targetLeft', { days: numberText(workingDaysLeft, language) })}`}
          </Text>
          {value !== null && <Meter value={value} threshold={threshold} reached={reached} />}
        </div>
      ))}
    </Stack>
  );
} // prettier-ignore
