import { Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import classes from './history.module.css';
import { MomentField } from './moment-field';
import { usePlayer } from './player';

const settleMs = 150;

interface Props {
  readonly last: number;
  /** Revision that the page shows. */
  readonly at: number;
  /** Says who did what when by a revision. */
  readonly nameOf: (revision: number) => string;
  /** ISO 8601 of the first record; undefined while that is not loaded. */
  readonly since: string | undefined;
  readonly isWaiting: boolean;
  /** @param asOf Revision or ISO 8601 time; undefined for the present */
  readonly go: (asOf: string | undefined) => void;
}

/** Leads to any revision or moment: by a slider, step by step, playing, or typed. */
export function TimeTravel({ last, at, nameOf, since, isWaiting, go }: Props): ReactNode {
  const { say } = useWords();
  // Where the slider is held, until the page has come there.
  const [held, setHeld] = useState<number | null>(null);
  const settle = useDebouncedCallback((revision: number) => {
    setHeld(null);
    go(String(revision));
  }, settleMs);
  const player = usePlayer({ at, last, isWaiting, go: (revision) => go(String(revision)) });
  const place = held ?? at;
  const step = (by: number): void => {
    player.pause();
    go(String(Math.min(last, Math.max(0, at + by))));
  };
  return (
    <Stack component="section" gap="xs" mb="lg" aria-label={say('history.travel')} data-noprint>
      <input
        type="range"
        className={classes.slider}
        aria-label={say('history.slider')}
        aria-valuetext={nameOf(place)}
        min={0}
        max={last}
        value={place}
        onChange={({ currentTarget: { value } }) => {
          player.pause();
          setHeld(Number(value));
          settle(Number(value));
        }}
      />
      <Text size="sm">{nameOf(place)}</Text>
      <Group align="end">
        <Button variant="default" disabled={at === 0} onClick={() => step(-1)}>
          {say('history.previous')}
        </Button>
        {player.canPlay && last > 0 && (
          <Button variant="default" onClick={player.isPlaying ? player.pause : player.play}>
            {say(player.isPlaying ? 'history.pause' : 'history.play')}
          </Button>
        )}
        <Button variant="default" disabled={at === last} onClick={() => step(1)}>
          {say('history.next')}
        </Button>
        <MomentField since={since} go={go} />
      </Group>
    </Stack>
  );
}
