import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

const patienceMs = 250;

interface Props {
  readonly label: string;
  /** What the address says. */
  readonly words: string;
  readonly seek: (words: string) => void;
}

/** Words to look for: sought when whoever types pauses; what is typed meanwhile is never overwritten. */
export function WordsField({ label, words, seek }: Props): ReactNode {
  const [typed, setTyped] = useState(words);
  const sought = useRef(words);
  const soon = useDebouncedCallback((next: string) => {
    sought.current = next.trim();
    seek(sought.current);
  }, patienceMs);

  // Only what comes from elsewhere, such as from the field at the top, stands in the field as it came.
  useEffect(() => {
    if (words === sought.current) return;
    sought.current = words;
    setTyped(words);
  }, [words]);

  return (
    <TextInput
      type="search"
      label={label}
      value={typed}
      maxLength={200}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        soon(value);
      }}
    />
  );
}
