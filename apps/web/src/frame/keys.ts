/** A press of a key, as far as it says which command is meant. */
interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly repeat: boolean;
}

interface Where {
  /** Whether what is typed goes into a field. */
  readonly inField: boolean;
  /** Whether a dialog is open, which has its own keys. */
  readonly inDialog: boolean;
  /** Whether keys without Ctrl or ⌘ count; whoever speaks to the machine, or has a tremor, switches them off. */
  readonly letterKeys: boolean;
}

/** What a press adds to the keys of a command: `mod+k`, `?` or `g`. @returns null where it means none */
export function keyOf(
  { key, ctrlKey, metaKey, altKey, isComposing, repeat }: Press,
  { inField, inDialog, letterKeys }: Where,
): string | null {
  // A letter that an input method still works on is no key: Telex makes đ of two d.
  if (isComposing || key === 'Process' || repeat || altKey) return null;
  if (ctrlKey || metaKey) return key.length === 1 && !inDialog ? `mod+${key.toLowerCase()}` : null;
  if (inField || inDialog || !letterKeys || key.length !== 1) return null;
  return key.toLowerCase();
}

interface Heard {
  /** What was pressed whole. */
  readonly keys: string | null;
  /** What was begun, and wants a further press. */
  readonly begun: string | null;
}

/** Keys may be two presses, one after the other, such as `g v`. @param begun What the press before began */
export function heard(begun: string | null, pressed: string | null, known: readonly string[]): Heard {
  if (pressed === null) return { keys: null, begun: null };
  const both = begun === null ? null : `${begun} ${pressed}`;
  if (both !== null && known.includes(both)) return { keys: both, begun: null };
  if (known.includes(pressed)) return { keys: pressed, begun: null };
  return { keys: null, begun: known.some((keys) => keys.startsWith(`${pressed} `)) ? pressed : null };
}

/** Whether what is typed into this goes into a field. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable="true"], [role="combobox"], [role="textbox"]') !== null;
