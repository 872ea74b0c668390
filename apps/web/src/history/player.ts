import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useState } from 'react';

const everyMs = 2_500;

interface Playing {
  readonly at: number;
  readonly last: number;
  /** Nothing is shown yet of where it is, so the next waits. */
  readonly isWaiting: boolean;
  readonly go: (revision: number) => void;
}

interface Player {
  /** Not where the person wants nothing to move by itself. */
  readonly canPlay: boolean;
  readonly isPlaying: boolean;
  readonly play: () => void;
  readonly pause: () => void;
}

/** Goes on from revision to revision by itself, up to the last; begins anew where it stands there. */
export function usePlayer({ at, last, isWaiting, go }: Playing): Player {
  const canPlay = !useReducedMotion();
  const [isOn, setOn] = useState(false);
  const isPlaying = isOn && canPlay && at < last;
  useEffect(() => {
    if (!isPlaying || isWaiting) return;
    const timer = setTimeout(() => {
      go(at + 1);
      if (at + 1 >= last) setOn(false);
    }, everyMs);
    return () => clearTimeout(timer);
  });
  return {
    canPlay,
    isPlaying,
    play: () => {
      if (at >= last) go(0);
      setOn(true);
    },
    pause: () => setOn(false),
  };
}
