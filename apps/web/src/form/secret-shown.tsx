import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';

interface Props {
  readonly title: string;
  /** What it is for, and that it is told once. */
  readonly what: string;
  readonly secret: string;
  readonly close: () => void;
}

/** A key as it is shown once: to be copied, and gone when it is put away. */
export function SecretShown({ title, what, secret, close }: Props): ReactNode {
  const { say } = useWords();
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus(), [secret]);
  return (
    <Alert role="note" color="orange" variant="light" mb="md" w="100%" title={title} ref={shown} tabIndex={-1}>
      <Text size="sm" mb="xs">
        {what}
      </Text>
      <Code block mb="sm" tabIndex={0} data-secret style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {secret}
      </Code>
      <Group>
        <CopyButton value={secret}>
          {({ copied, copy }) => <Button onClick={copy}>{say(copied ? 'secret.copied' : 'secret.copy')}</Button>}
        </CopyButton>
        <Button variant="default" onClick={close}>
          {say('secret.kept')}
        </Button>
      </Group>
    </Alert>
  );
}
