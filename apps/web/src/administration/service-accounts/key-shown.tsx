import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';

interface Props {
  readonly name: string;
  readonly secret: string;
  readonly close: () => void;
}

/** A key as it is shown once: to be copied, and gone when it is put away. */
export function KeyShown({ name, secret, close }: Props): ReactNode {
  const { say } = useWords();
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus(), [secret]);
  return (
    <Alert role="note" color="orange" variant="light" mb="md" title={say('serviceAccounts.key', { name })} ref={shown} tabIndex={-1}>
      <Text size="sm" mb="xs">
        {say('serviceAccounts.keyOnce')}
      </Text>
      <Code block mb="sm" tabIndex={0} data-key style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {secret}
      </Code>
      <Group>
        <CopyButton value={secret}>
          {({ copied, copy }) => <Button onClick={copy}>{say(copied ? 'serviceAccounts.copied' : 'serviceAccounts.copy')}</Button>}
        </CopyButton>
        <Button variant="default" onClick={close}>
          {say('serviceAccounts.kept')}
        </Button>
      </Group>
    </Alert>
  );
}
