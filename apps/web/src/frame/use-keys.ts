import { useEffect, useRef } from 'react';
import type { Command } from './commands';
import { heard, isField, keyOf } from './keys';
import { useLetterKeys } from './letter-keys';

/** A second press counts this long after the first. */
const patienceMs = 1_500;

/** Runs commands by their keys. */
export function useKeys(commands: readonly Command[]): void {
  const { letterKeys } = useLetterKeys();
  const now = useRef(commands);
  const begun = useRef<{ readonly key: string; readonly at: number } | null>(null);
  useEffect(() => {
    now.current = commands;
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const inDialog = document.querySelector('[role="dialog"], [role="menu"]') !== null;
      const pressed = keyOf(event, { inField: isField(event.target), inDialog, letterKeys });
      const before = begun.current !== null && event.timeStamp - begun.current.at < patienceMs ? begun.current.key : null;
      const known = now.current.flatMap(({ keys }) => keys ?? []);
      const { keys, begun: next } = heard(before, pressed, known);
      begun.current = next === null ? null : { key: next, at: event.timeStamp };
      const command = keys === null ? undefined : now.current.find((one) => one.keys === keys);
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [letterKeys]);
}
