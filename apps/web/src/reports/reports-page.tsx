import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { useWords } from '../words/words';
import { lineOf, reportNames } from './reports';

/** Every report, with what it says. */
export function ReportsPage(): ReactNode {
  const { say } = useWords();
  return (
    <Page title={say('reports.title')}>
      <List listStyleType="none" spacing="md">
        {reportNames.map((name) => {
          const { title, says } = lineOf(name);
          return (
            <List.Item key={name}>
              <PageLink to="/reports/$name" params={{ name }} fw={600}>
                {say(title)}
              </PageLink>
              <Text>{say(says)}</Text>
            </List.Item>
          );
        })}
      </List>
    </Page>
  );
}
