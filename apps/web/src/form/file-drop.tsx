import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { readAnew } from '../api/client';
import { upload } from '../api/upload';
import type { StoredFile } from '../api/upload';
import { Refusal } from '../frame/refusal';
import { useWords } from '../words/words';
import type { Word } from '../words/words';
import classes from './file-drop.module.css';
import { faultOfFile, hashOf, mostMegabytes, takenNames, typeOf } from './file-limits';

interface Props {
  /** Ties the label to the control. */
  readonly id: string;
  readonly label: string;
  /** Procedure id: a file belongs to one. */
  readonly procedure: string;
  readonly error: string | null;
  /** Called once it is stored. (Default: it stands among the files of the procedure, no more) */
  readonly taken?: (file: StoredFile) => void;
}

interface Sending {
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
  readonly hash: string | undefined;
}

/** Takes a file by dropping or choosing it, and sends it at once; says before what is taken, and while how far it is. */
export function FileDrop({ id, label, procedure, error, taken }: Props): ReactNode {
  const { say } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const [fault, setFault] = useState<{ readonly word: Word; readonly name: string } | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const sender = useRef<AbortController | null>(null);

  const take = async (file: File): Promise<void> => {
    const word = faultOfFile(file);
    const type = typeOf(file);
    setRefusal(null);
    setFault(word === null ? null : { word, name: file.name });
    if (word !== null || type === undefined || sending) return;
    const { name } = file;
    const abort = new AbortController();
    sender.current = abort;
    setSending({ name, share: 0, hash: undefined });
    try {
      const hash = await hashOf(file);
      const progress = (share: number): void => setSending({ name, share, hash });
      progress(0);
      const stored = await upload(procedure, file, { type, signal: abort.signal, progress });
      taken?.(stored);
      void readAnew(({ queryKey }) => queryKey[1] === '/api/v1/procedures/{id}/attachments');
    } catch (reason) {
      if (!abort.signal.aborted) setRefusal(reason);
    } finally {
      setSending(null);
      if (input.current) input.current.value = '';
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void take(file);
  };
  const said = fault ? say(fault.word, { name: fault.name, most: mostMegabytes }) : error;

  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack gap={6}>
        <label htmlFor={id} className={classes.label}>
          {label}
        </label>
        <Text size="sm" c="dimmed" id={`${id}-limits`}>
          {say('file.limits', { types: takenNames.join(', '), most: mostMegabytes })}
        </Text>
        <input
          ref={input}
          id={id}
          type="file"
          accept={takenNames.join(',')}
          aria-describedby={said === null ? `${id}-limits` : `${id}-limits ${id}-error`}
          aria-invalid={said !== null}
          disabled={sending !== null}
          onChange={({ currentTarget: { files } }) => {
            const [file] = files ?? [];
            if (file) void take(file);
          }}
        />
        <div role="status">
          {sending && (
            <Stack gap={4}>
              <Text size="sm">{say('file.sending', { name: sending.name, percent: Math.round(sending.share * 100) })}</Text>
              <Progress
                value={sending.share * 100}
                aria-label={say('file.sending', { name: sending.name, percent: Math.round(sending.share * 100) })}
              />
              {sending.hash !== undefined && <Hash hash={sending.hash} />}
              <Group>
                <Button variant="default" size="compact-sm" onClick={() => sender.current?.abort()}>
                  {say('file.stop')}
                </Button>
              </Group>
            </Stack>
          )}
        </div>
        {said !== null && (
          <Text size="sm" c="error" id={`${id}-error`} role={fault ? 'alert' : undefined}>
            {said}
          </Text>
        )}
        {refusal !== null && <Refusal error={refusal} />}
      </Stack>
    </div>
  );
}

/** By what the file is known, for whoever compares it with the paper. */
export function Hash({ hash }: { readonly hash: string }): ReactNode {
  return (
    <Text size="xs" component="div" className={classes.hash}>
      {/* The name of the method. */}
      <abbr title={'Secure Hash Algorithm, 256 bit'}>{'SHA-256'}</abbr> <code>{hash}</code>
    </Text>
  );
}
