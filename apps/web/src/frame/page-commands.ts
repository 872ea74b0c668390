import type { Command } from './commands';

const controls = (): readonly HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>('main [data-action]:not(:disabled)')];
const nameOf = ({ ariaLabel, textContent }: HTMLButtonElement): string => ariaLabel ?? textContent;

/** What the page itself offers to do: each control that begins an action is on the page, and says so. */
export const pageCommands = (): readonly Command[] =>
  controls().map((control, index) => ({
    id: `page ${String(index)}`,
    name: nameOf(control),
    group: 'page',
    run: () => {
      // The page may have been read anew meanwhile, and its controls made again.
      const now = control.isConnected ? control : controls().find((one) => nameOf(one) === nameOf(control));
      now?.focus();
      now?.click();
    },
  }));
