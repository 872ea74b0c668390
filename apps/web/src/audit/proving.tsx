import { Alert, Button, Card, Group, Skeleton } from '@mantine/core';
import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { client, answerOf } from '../api/client';
import { CommandForm } from '../form/command-form';
import { useWords } from '../words/words';
import type { Word } from '../words/words';
import { BundleDownload } from './bundle-download';
import { BundleFields } from './bundle-fields';

/** Fetched by whoever verifies something here. */
const Verifier = lazy(() => import('../verifier/verifier').then((one) => ({ default: one.Verifier })));

const acts = { 'ask-bundle': 'audit.bundle.ask', 'verify-bundle': 'audit.bundle.verify' } as const satisfies Readonly<Record<string, Word>>;
type Act = keyof typeof acts;

/** Takes a part of the log away with its proofs, and verifies what was taken away before. */
export function Proving(): ReactNode {
  const { say, language } = useWords();
  const [begun, begin] = useState<Act | null>(null);
  const [bundle, setBundle] = useState<string | null>(null);
  const ask = async ({ scope, ...rest }: Readonly<Record<string, unknown>>): Promise<void> => {
    const { id } = await answerOf(client.POST('/api/v1/audit/bundles', { body: scope === 'all' ? { all: true } : rest }));
    begin(null);
    setBundle(id);
  };
  return (
    <section aria-label={say('audit.proving')} data-noprint>
      <Group gap="xs" mb="sm">
        {(['ask-bundle', 'verify-bundle'] as const).map((name) => (
          <Button
            key={name}
            data-action={name}
            size="compact-sm"
            variant={name === begun ? 'filled' : 'default'}
            aria-expanded={name === begun}
            onClick={() => begin(name === begun ? null : name)}
          >
            {say(acts[name])}
          </Button>
        ))}
      </Group>
      {begun !== null && (
        <Card withBorder mb="md">
          {begun === 'ask-bundle' ? (
            <CommandForm label={say(acts[begun])} submit={say(acts[begun])} cancel={() => begin(null)} send={ask}>
              <Alert color="blue" variant="light">
                {say('audit.bundle.effect')}
              </Alert>
              <BundleFields />
            </CommandForm>
          ) : (
            <Suspense fallback={<Skeleton h={240} />}>
              <Verifier language={language} />
            </Suspense>
          )}
        </Card>
      )}
      {bundle !== null && <BundleDownload key={bundle} id={bundle} />}
    </section>
  );
}
