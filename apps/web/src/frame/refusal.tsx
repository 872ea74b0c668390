import { Alert, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { useWords } from '../words/words';

interface Props {
  readonly error: unknown;
  /** What else there is to say. */
  readonly children?: ReactNode;
}

/** Says what was refused, or failed, and each reason. */
export function Refusal({ error, children }: Props): ReactNode {
  const { say } = useWords();
  const problem = error instanceof ApiProblem ? error : null;
  const title = problem === null ? say('failed.unexpected') : problem.status === 0 ? say('failed.unreachable') : problem.message;
  // One reason that is the title itself is said once.
  const reasons = problem?.unmet.filter(({ message }) => message !== title) ?? [];
  return (
    <Alert role="alert" color="red" variant="light" title={title}>
      {reasons.length > 0 && (
        <List size="sm">
          {reasons.map(({ code, message, path }) => (
            <List.Item key={`${code} ${path ?? ''}`}>{message}</List.Item>
          ))}
        </List>
      )}
      {problem && problem.unmet.length === 0 && problem.detail !== problem.message && <Text size="sm">{problem.detail}</Text>}
      {children}
    </Alert>
  );
}
