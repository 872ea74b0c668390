import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Suspense, lazy, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Refusal } from '../frame/refusal';
import { claimingWords } from '../words/codes';
import { useWords } from '../words/words';
import { sendClaiming } from './claim';
import type { Claiming } from './claim';
import type { Work } from './work-words';

/** Fetched with its fields when it is first opened. */
const ClaimingDialog = lazy(() => import('./claiming-dialog').then((one) => ({ default: one.ClaimingDialog })));

/** Whose work it is, and how it becomes somebody else's, right in the list. */
export function ClaimingCell({ work }: { readonly work: Work }): ReactNode {
  const { say } = useWords();
  const [begun, begin] = useState<Claiming | null>(null);
  const [wasBegun, remember] = useState(false);
  // Pressed again after it failed it is the same command.
  const key = useRef(crypto.randomUUID());
  const atOnce = useMutation({
    mutationFn: async ({ action }: Claiming) => {
      await sendClaiming(work, action, {}, key.current);
      key.current = crypto.randomUUID();
    },
  });
  return (
    <div>
      {work.claim !== null && <Text size="sm">{work.claim.name ?? say('history.erased')}</Text>}
      <Group gap={4}>
        {work.claiming.map((one) => (
          <Button
            key={one.action}
            size="compact-xs"
            variant="default"
            data-action={one.action}
            {...(one.needsReason && { 'aria-haspopup': 'dialog' as const })}
            aria-label={say('worklist.claimingOf', { what: say(claimingWords[one.action]), title: work.title })}
            loading={atOnce.isPending && atOnce.variables.action === one.action}
            onClick={() => {
              if (!one.needsReason) {
                atOnce.mutate(one);
                return;
              }
              remember(true);
              begin(one);
            }}
          >
            {say(claimingWords[one.action])}
          </Button>
        ))}
      </Group>
      {atOnce.isError && <Refusal error={atOnce.error} />}
      <Suspense>{wasBegun && <ClaimingDialog work={work} begun={begun} close={() => begin(null)} />}</Suspense>
    </div>
  );
}
