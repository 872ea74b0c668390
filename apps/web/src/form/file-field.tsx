import { Group, Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import type { StoredFile } from '../api/upload';
import { useWords } from '../words/words';
import { useField } from './field';
import type { FieldProps } from './field';
import { FileDrop, Hash } from './file-drop';
import { useChanged, useSeveral } from './several';

/** Procedure id: to which the files of the form belong. */
export const ProcedureOfForm = createContext<string | null>(null);

/** A file of the procedure, such as a signed scan: brought at once, and named in the form by its hash. */
export function FileField(props: FieldProps): ReactNode {
  const { defaultValue, error, label, id, name, 'data-needed': needed } = useField(props);
  const [hash, setHash] = useState(defaultValue ?? '');
  const [named, call] = useNames();
  const procedure = useContext(ProcedureOfForm);
  const changed = useChanged(hash);
  if (procedure === null) return null;
  return (
    <div ref={changed}>
      <input type="hidden" name={name} value={hash} data-kind="text" data-needed={needed} />
      {hash === '' ? (
        <FileDrop id={id} label={label} procedure={procedure} error={error} taken={(file) => setHash(call(file))} />
      ) : (
        <Chosen {...{ label, procedure, hash }} name={named[hash]} drop={() => setHash('')} />
      )}
    </div>
  );
}

/** Files that are named beside an action or a comment. */
export function FilesField({ name, label, most = 20 }: Pick<FieldProps, 'name' | 'label'> & { readonly most?: number }): ReactNode {
  const procedure = useContext(ProcedureOfForm);
  const { values: hashes, set: setHashes, place } = useSeveral(name);
  const [named, call] = useNames();
  if (procedure === null) return null;
  return (
    <Stack gap="xs" ref={place}>
      {hashes.map((hash, at) => (
        <div key={hash}>
          <input type="hidden" name={`${name}.${String(at)}`} value={hash} data-kind="text" />
          <Chosen {...{ label, procedure, hash }} name={named[hash]} drop={() => setHashes(hashes.filter((one) => one !== hash))} />
        </div>
      ))}
      {hashes.length < most && (
        <FileDrop
          id={`field-${name}`}
          label={label}
          procedure={procedure}
          error={null}
          taken={(file) => {
            const hash = call(file);
            setHashes((before) => (before.includes(hash) ? before : [...before, hash]));
          }}
        />
      )}
    </Stack>
  );
}

/** What the files are called that were brought while the form was filled: by their hashes. @returns and keeps the name of one */
function useNames(): readonly [named: Readonly<Record<string, string>>, call: (file: StoredFile) => string] {
  const [named, setNamed] = useState<Readonly<Record<string, string>>>({});
  return [
    named,
    ({ hash, name }) => {
      setNamed((before) => ({ ...before, [hash]: name }));
      return hash;
    },
  ];
}

interface ChosenProps {
  readonly label: string;
  readonly procedure: string;
  readonly hash: string;
  /** Undefined for what was brought before: then the list of the procedure's files knows it. */
  readonly name: string | undefined;
  readonly drop: () => void;
}

function Chosen({ label, procedure, hash, name: called, drop }: ChosenProps): ReactNode {
  const { say } = useWords();
  const { data } = useQuery({
    ...api.queryOptions('get', '/api/v1/procedures/{id}/attachments', { params: { path: { id: procedure }, query: { limit: 200 } } }),
    enabled: called === undefined,
  });
  const name = called ?? data?.items.find((file) => file.hash === hash)?.name ?? '';
  return (
    <Stack gap={2}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Group gap="xs">
        <Text size="sm">
          <bdi>{name}</bdi>
        </Text>
        <Button variant="default" size="compact-sm" onClick={drop} aria-label={say('file.dropOne', { name })}>
          {say('file.drop')}
        </Button>
      </Group>
      <Hash hash={hash} />
    </Stack>
  );
}
