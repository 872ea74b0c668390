import { List, Text } from '@mantine/core';
import { dateText, numberText } from '../format/format';
import { Moment } from '../format/moment';
import { PageLink } from '../frame/link';
import { stageName } from '../words/codes';
import type { Words } from '../words/words';
import type { ProceduresAnswer } from './dashboard-queries';
import type { DashboardSearch } from './dashboard-search';
import type { Said } from './tile';

interface Week {
  /** Its Monday. */
  readonly since: string;
  readonly moved: ProceduresAnswer;
  readonly registered: ProceduresAnswer;
}

/** What was registered and what came further this week, with the newest of it. */
export function weekSaid({ since, moved, registered }: Week, search: DashboardSearch, { say, language }: Words): Said {
  const number = ({ total }: ProceduresAnswer): number => total?.count ?? 0;
  return {
    conclusion: say('dashboard.weekSays', {
      date: dateText(since),
      registered: numberText(number(registered), language),
      moved: numberText(number(moved), language),
    }),
    figures: {
      names: [say('dashboard.what')],
      columns: [say('dashboard.total')],
      rows: [
        {
          key: 'registered',
          names: [say('dashboard.registered')],
          figures: [{ number: number(registered), list: { to: '/procedures', search: { ...search, registeredFrom: since } } }],
        },
        {
          key: 'moved',
          names: [say('dashboard.moved')],
          figures: [{ number: number(moved), list: { to: '/procedures', search: { ...search, inStageFrom: since } } }],
        },
      ],
    },
    more: moved.items.length > 0 && (
      <List listStyleType="none" aria-label={say('dashboard.newest')}>
        {moved.items.map(({ id, title, stage, stageSince }) => (
          <List.Item key={id} mb={4}>
            <PageLink to="/procedures/$id" params={{ id }}>
              {title}
            </PageLink>
            <Text size="sm" c="dimmed">
              {stageName(stage, say)} · <Moment at={stageSince} />
            </Text>
          </List.Item>
        ))}
      </List>
    ),
  };
}
