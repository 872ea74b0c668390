import { Group, Loader, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { saveFile } from '../format/save-file';
import { numberText } from '../format/format';
import { Refusal } from '../frame/refusal';
import { useWords } from '../words/words';

/** In ms; what is asked for is sealed within moments. */
const patienceMs = 500;

/** Waits until a bundle is there, and fetches it; tells how much of it has come. */
export function BundleDownload({ id }: { readonly id: string }): ReactNode {
  const { say, language } = useWords();
  const [come, setCome] = useState<number | null>(null);
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: async (signal: AbortSignal) => {
      const octets = await fetchBundle(id, signal, setCome);
      saveFile(octets, `bundle-${id}.zip`);
    },
  });
  useEffect(() => {
    const gone = new AbortController();
    mutate(gone.signal);
    return () => gone.abort();
  }, [id, mutate]);
  const megabytes = numberText(Math.ceil((come ?? 0) / 100_000) / 10, language);
  return (
    <div role="status" data-bundle={isSuccess ? 'kept' : 'under-way'}>
      {isPending && (
        <Group gap="xs" mb="md">
          <Loader size="xs" />
          <Text>{come === null ? say('audit.bundle.waits') : say('audit.bundle.comes', { megabytes })}</Text>
        </Group>
      )}
      {isSuccess && <Text mb="md">{say('audit.bundle.kept', { megabytes })}</Text>}
      {error && <Refusal error={error} />}
    </div>
  );
}

async function fetchBundle(id: string, signal: AbortSignal, come: (octets: number) => void): Promise<Blob> {
  for (;;) {
    const { response, data } = await client.GET('/api/v1/audit/bundles/{id}', { params: { path: { id } }, parseAs: 'stream', signal });
    const stream = data;
    if (response.status === 200 && stream) return counted(stream, response, come);
    await new Promise((go) => setTimeout(go, patienceMs));
    signal.throwIfAborted();
  }
}

/** The browser keeps what comes where it likes, which for much is a disk. */
function counted(stream: ReadableStream<Uint8Array<ArrayBuffer>>, { headers }: Response, come: (octets: number) => void): Promise<Blob> {
  let octets = 0;
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (piece, to) => {
      octets += piece.length;
      come(octets);
      to.enqueue(piece);
    },
  });
  return new Response(stream.pipeThrough(counting), { headers }).blob();
}
