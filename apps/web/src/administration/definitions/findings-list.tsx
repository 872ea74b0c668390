import { Anchor, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import type { Finding } from './definitions-queries';
import { severityWords } from './names';

interface Props {
  readonly findings: readonly Finding[];
  /** Where it stands in the text. (Default: its path) */
  readonly placeOf?: (finding: Finding) => { readonly text: string; readonly go: () => void } | null;
}

const marks: Readonly<Record<Finding['severity'], string>> = { error: '●', doubt: '◐', warning: '○' };

/** What is amiss, errors first; each leads to where it stands. */
export function FindingsList({ findings, placeOf }: Props): ReactNode {
  const { say } = useWords();
  if (findings.length === 0) return <Text>{say('definitions.good')}</Text>;
  const order = Object.keys(marks);
  const sorted = findings.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  return (
    <List size="sm" listStyleType="none" spacing={4}>
      {sorted.map((finding) => {
        const { code, severity, path, message } = finding;
        const place = placeOf?.(finding) ?? null;
        return (
          <List.Item key={`${code} ${path} ${message}`}>
            <span aria-hidden="true">{marks[severity]} </span>
            <Text span size="sm" fw={600}>
              {say(severityWords[severity])}:{' '}
            </Text>
            {message}{' '}
            {place ? (
              <Anchor component="button" type="button" size="sm" onClick={place.go}>
                {place.text}
              </Anchor>
            ) : (
              <Text span size="sm" c="dimmed">
                {path}
              </Text>
            )}
          </List.Item>
        );
      })}
    </List>
  );
}
