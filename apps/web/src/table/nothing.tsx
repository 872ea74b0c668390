import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Takes the place of a list that has no rows. */
export function Nothing({ title, what }: { readonly title: string; readonly what: string }): ReactNode {
  return (
    <Stack gap="xs" py="xl" align="center">
      <Text fw={600}>{title}</Text>
      <Text c="dimmed">{what}</Text>
    </Stack>
  );
}
