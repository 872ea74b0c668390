import type { Command } from './commands';

/** What the page itself offers to do: each control that begins an action is on the page, and says so. */
export const pageCommands = (): readonly Command[] =>
  [...document.querySelectorAll<HTMLButtonElement>('main [data-action]:not(:disabled)')].map((control, index) => ({
    id: `page ${String(index)}`,
    name: control.ariaLabel ?? control.textContent,
    group: 'page',
    run: () => {
      control.focus();
      control.click();
    },
  }));
