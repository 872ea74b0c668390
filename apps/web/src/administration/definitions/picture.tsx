import { Skeleton } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import type { Lifecycle } from '../../lifecycle/lifecycle';
import { loadPicture } from '../../lifecycle/lifecycle-queries';
import { useWords } from '../../words/words';

const LifecyclePicture = lazy(async () => ({ default: (await loadPicture()).LifecyclePicture }));

/** The picture of a lifecycle that no procedure stands in. */
export function Picture({ lifecycle }: { readonly lifecycle: Lifecycle }): ReactNode {
  const { say } = useWords();
  return (
    <Suspense fallback={<Skeleton height={320} />}>
      <LifecyclePicture lifecycle={lifecycle} label={say('definitions.view.picture')} />
    </Suspense>
  );
}
